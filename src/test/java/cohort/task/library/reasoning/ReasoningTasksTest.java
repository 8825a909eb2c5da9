package cohort.task.library.reasoning;

import static cohort.task.library.LibraryTasks.input;
import static cohort.task.library.LibraryTasks.next;
import static cohort.task.library.LibraryTasks.obedient;
import static cohort.task.library.LibraryTasks.stepsOn;
import static cohort.task.library.LibraryTasks.task;
import static cohort.task.library.LibraryTasks.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Answer;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.IdealObserver;
import cohort.task.Response;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.library.LibraryTasks;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasoningTasksTest {
    private static final double[] WEIGHTS = {-10, -0.9, -0.7, -0.5, -0.3, 0.3, 0.5, 0.7, 0.9, 10};

    /** Rule, interval and place are in the inputs, and say which answer is right. */
    @Test
    void ruleAndPlaceFollowFromTheInputs() {
        Task task = task("hierarchical-reasoning");
        for (Trial trial : trials(task, 500)) {
            int rule = stepsOn(trial, 2) > 0 ? 1 : 0;
            assertThat(stepsOn(trial, 2 - rule)).isZero();
            int place = stepsOn(trial, 4) > 0 ? 1 : 0;
            int end = next(trial, next(trial, 0, 3 + place, true), 3 + place, false);
            int interval = 100 * (next(trial, end, 3 + place, true) - end);
            int answer = (interval > 850) == (rule == 1) ? place : 1 - place;

            assertThat(trial.answer()).isEqualTo(1 + answer);
            assertThat(trial.factor("rule")).isEqualTo(rule);
            assertThat(trial.factor("interval")).isEqualTo(interval);
            assertThat(Examples.target(trial, trial.start(1))).isEqualTo(1 + rule);
            assertThat(Examples.target(trial, trial.steps() - 1)).isEqualTo(3 + answer);
            assertThat(obedient(task, trial)).isEqualTo(Answer.choice(1 + answer, true));
        }
    }

    @Test
    void whoGetsTheRuleWrongIsWrong() {
        Task task = task("hierarchical-reasoning");
        Response response = task.response(ChoiceRule.LAST_STEP);
        for (Trial trial : trials(task, 50)) {
            int wrongRule = 2 - (int) trial.factor("rule");
            int reported = trial.end(1) - 1;
            assertThat(response.read(
                            trial,
                            (step, output) -> step == reported
                                    ? output == wrongRule ? 1 : 0
                                    : trial.targets()[step * 5 + output]))
                    .isEqualTo(Answer.choice(trial.answer(), false));
        }
        assertThat(response.chance()).isEqualTo(0.25);
    }

    @Test
    void rulesAlternateInBlocksOfTenToTwenty() {
        List<Trial> trials = trials(task("hierarchical-reasoning"), 6000);
        TreeSet<Integer> lengths = new TreeSet<>();
        int start = 0;
        for (int index = 1; index < trials.size(); index++) {
            if (trials.get(index).factor("rule") != trials.get(index - 1).factor("rule")) {
                lengths.add(index - start);
                start = index;
            }
        }
        assertThat(lengths).hasSize(11);
        assertThat(lengths.first()).isEqualTo(10);
        assertThat(lengths.last()).isEqualTo(20);
    }

    /** Half of those who know the original's rule and trust what it shows are wrong where it judges another interval. */
    @Test
    void theOriginalCannotBeSolved() {
        int agree = 0;
        List<Trial> trials = trials(task("hierarchical-reasoning", "task.form=original"), 4000);
        for (Trial trial : trials) {
            assertThat(stepsOn(trial, 1)).isEqualTo(10);
            assertThat(stepsOn(trial, 2)).isEqualTo(10);
            boolean isLong = trial.steps(HierarchicalReasoning.DELAY) > 8;
            agree += isLong == (trial.drawn(HierarchicalReasoning.LONG) == 1) ? 1 : 0;
        }
        assertThat(agree / 4000.0).isCloseTo(0.5, within(0.04));
    }

    /** Who sees the shapes, knows their weights and goes with the sum; and by the task's own formula. */
    @Test
    void theBestAccuracyAtProbabilisticReasoningIsThatOfWhoAddsUpTheWeights() {
        Task task = task("probabilistic-reasoning");
        IdealObserver ideal = task.ideal().orElseThrow();
        List<Trial> trials = trials(task, 40_000);
        int right = 0;
        double known = 0;
        for (Trial trial : trials) {
            double sum = 0;
            int last = trial.end(4) - 1;
            for (int channel = 1; channel <= 40; channel++) {
                sum += input(trial, last, channel) * WEIGHTS[(channel - 1) % 10];
            }
            right += trial.answer() == (sum > 0 ? 2 : 1) ? 1 : 0;
            known += ideal.accuracy(trial);
            assertThat(obedient(task, trial).correct()).isTrue();
        }
        assertThat(new ShapeObserver((ProbabilisticReasoning) task).accuracy()).isCloseTo(0.9155, within(1e-4));
        assertThat(right / 40_000.0).isCloseTo(0.9155, within(0.006)); // 4 standard errors
        assertThat(known / 40_000).isCloseTo(0.9155, within(0.003));
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void shapesStayAtLocationsOfTheirOwn() {
        Task task = task("probabilistic-reasoning");
        for (Trial trial : trials(task, 200)) {
            for (int period = 0; period < 7; period++) {
                int shown = Math.min(period, 4) * (period == 5 || period == 6 ? 0 : 1);
                for (int location = 0; location < 4; location++) {
                    int on = 0;
                    for (int shape = 0; shape < 10; shape++) {
                        on += (int) input(trial, trial.start(period), 1 + 10 * location + shape);
                    }
                    assertThat(on).isLessThanOrEqualTo(1);
                    shown -= on;
                }
                assertThat(shown).as("shapes in period %s", period).isZero();
            }
        }
    }

    @Test
    void theLowestLossIsTheEntropyOfTheAnswer() {
        Task task = task("probabilistic-reasoning", "task.timing.delay=500");
        IdealObserver ideal = task.ideal().orElseThrow();
        double surprise = 0;
        List<Trial> trials = trials(task, 20_000);
        for (Trial trial : trials) {
            double sum = ((ProbabilisticReasoning) task).sum(trial);
            double second = ShapeObserver.probability(sum);
            surprise -= Math.log(trial.answer() == 2 ? second : ShapeObserver.probability(-sum));
        }
        List<Double> weights = Collections.nCopies(7, 1.0);
        assertThat(ideal.lowestCrossEntropy(new Batching(Batching.Form.TRIALS, 16, 1, weights), 1))
                .isCloseTo(surprise / 20_000 * 10 / 70, within(0.001));
        assertThat(ideal.lowestCrossEntropy(new Batching(Batching.Form.WINDOWS, 16, 100, weights), 1))
                .isNaN();
    }

    @Test
    void whoGuessesAtUnequalWeightsSaysWhatIsRightMoreOften() {
        Task task = task("probabilistic-reasoning", "task.locations=1", "task.shape-weights=[1, 1, -1]");
        double second = (2 / 1.1 + 0.1 / 1.1) / 3;
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isCloseTo(second, within(1e-9));
        assertThat(task.signature().channels()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hierarchical-reasoning  | task.threshold=400          | on one side of the threshold",
                "hierarchical-reasoning  | task.threshold=1200         | on one side of the threshold",
                "hierarchical-reasoning  | task.block=[20, 10]         | two whole numbers",
                "hierarchical-reasoning  | task.block=[10]             | two whole numbers",
                "hierarchical-reasoning  | task.block=[0, 10]          | two whole numbers",
                "hierarchical-reasoning  | task.timing.flash1=50       | shorter than one step",
                "hierarchical-reasoning  | task.form=other             | repaired, original",
                "probabilistic-reasoning | task.locations=9            | from 1 to 8",
                "probabilistic-reasoning | task.locations=0            | from 1 to 8",
                "probabilistic-reasoning | task.shape-weights=[]       | 1 to 20 numbers",
                "probabilistic-reasoning | task.timing.stimulus=0      | shorter than one step"
            })
    void aBadSettingIsRefused(String kind, String setting, String message) {
        LibraryTasks.assertRefused(kind, setting, message);
    }
}
