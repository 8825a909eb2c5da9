package cohort.task.library.decision;

import static cohort.task.library.LibraryTasks.assertRefused;
import static cohort.task.library.LibraryTasks.input;
import static cohort.task.library.LibraryTasks.task;
import static cohort.task.library.LibraryTasks.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Answer;
import cohort.task.Batching;
import cohort.task.BoundedObserver;
import cohort.task.ChoiceRule;
import cohort.task.Condition;
import cohort.task.Examples;
import cohort.task.Response;
import cohort.task.Task;
import cohort.task.Trial;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReactionTimeDecisionTest {
    private static final String KIND = ReactionTimeDecision.NAME;

    @Test
    void evidenceStaysOnToTheEndAndTheDirectionIsAskedForAfterTheGrace() {
        Task task = task(KIND, "task.sigma=0", "task.grace=60", "task.timing.stimulus=400");
        for (Trial trial : trials(task, 30)) {
            double coherence = trial.factor("coherence") / 100;
            assertThat(trial.steps()).isEqualTo(25);
            for (int step = 0; step < 25; step++) {
                boolean isShown = step >= 5;
                assertThat(input(trial, step, 0)).isEqualTo(isShown ? 0 : 1);
                assertThat(input(trial, step, trial.answer())).isEqualTo(isShown ? (float) (0.5 + coherence / 2) : 0);
                assertThat(input(trial, step, 3 - trial.answer()))
                        .isEqualTo(isShown ? (float) (0.5 - coherence / 2) : 0);
                assertThat(Examples.target(trial, step)).isEqualTo(isShown ? trial.answer() : 0);
                assertThat(trial.weights()[step]).isEqualTo(step < 5 || step >= 8 ? 1 : 0);
            }
        }
    }

    @Test
    void noiseHasTheStandardDeviationThatIsAskedFor() {
        Task task = task(KIND, "task.sigma=0.8", "task.coherences=[20]");
        double sum = 0;
        double square = 0;
        int count = 0;
        for (Trial trial : trials(task, 200)) {
            for (int step = 5; step < trial.steps(); step++) {
                double noise = input(trial, step, trial.answer()) - 0.6;
                sum += noise;
                square += noise * noise;
                count++;
            }
        }
        double sd = 0.8 / Math.sqrt(20);
        assertThat(sum / count).isCloseTo(0, within(5 * sd / Math.sqrt(count)));
        assertThat(Math.sqrt(square / count)).isCloseTo(sd, within(0.02 * sd));
    }

    @Test
    void theAnswerIsTheFirstChoiceToCrossAfterTheGrace() {
        Task task = task(KIND, "task.grace=40");
        Trial trial = trials(task, 1).get(0);
        Response response = task.response(ChoiceRule.LAST_STEP).crossing(0.7).orElseThrow();

        Answer late = response.read(trial, (step, output) -> output == trial.answer() && step >= 30 ? 0.8f : 0.1f);
        Answer early = response.read(trial, (step, output) -> output == trial.answer() ? 0.8f : 0.1f);

        assertThat(late).isEqualTo(new Answer(trial.answer(), Double.NaN, 600, true));
        assertThat(early.responseMillis()).isEqualTo(140); // 5 steps of fixation, 2 of grace
        assertThat(response.timedFrom()).hasValue(1);
    }

    /** Who adds up the evidence of trials himself, and answers at a bound, or at the end. */
    @Test
    void anObserverOfTheTrialsThemselvesDoesAsTheBoundDoes() {
        Task task = task(KIND, "task.timing.stimulus=800", "task.sigma=1", "task.coherences=[0, 8, 30]");
        BoundedObserver observer = task.bounded().orElseThrow();
        double bound = 3.2;
        double sd = Math.sqrt(2) / Math.sqrt(20);
        Map<Condition, double[]> sums = new TreeMap<>(); // trials, right, milliseconds
        for (Trial trial : trials(task, 30_000)) {
            int other = 3 - trial.answer();
            double sum = 0;
            int seen = 0;
            while (seen < 40 && (seen < 2 || Math.abs(sum) < bound * sd)) {
                sum += input(trial, 5 + seen, trial.answer()) - input(trial, 5 + seen, other);
                seen++;
            }
            double[] of = sums.computeIfAbsent(trial.condition(), condition -> new double[3]);
            of[0]++;
            of[1] += sum > 0 ? 1 : 0;
            of[2] += (seen - 1) * 20.0;
        }
        assertThat(sums).hasSize(3);
        sums.forEach((condition, of) -> {
            assertThat(of[1] / of[0])
                    .as("accuracy at %s", condition)
                    .isCloseTo(observer.decide(condition, bound).accuracy(), within(4 * 0.5 / Math.sqrt(of[0])));
            assertThat(of[2] / of[0])
                    .as("time at %s", condition)
                    .isCloseTo(observer.decide(condition, bound).meanMillis(), within(4 * 240 / Math.sqrt(of[0])));
        });
    }

    @Test
    void theIdealObserverWaitsToTheEndAsAHighBoundDoes() {
        Task task = task(KIND, "task.sigma=2");
        BoundedObserver observer = task.bounded().orElseThrow();
        for (Trial trial : trials(task, 20)) {
            assertThat(observer.decide(trial.condition(), observer.highestBound())
                            .accuracy())
                    .isCloseTo(task.ideal().orElseThrow().accuracy(trial), within(1e-8));
        }
    }

    /** Once fixation's steps cost nothing, the floor is the mean of those of an observer who is asked after so many steps. */
    @Test
    void theLowestLossFallsWithTimeToThink() {
        Batching batching = new Batching(Batching.Form.TRIALS, 1, 1, List.of(1.0, 1.0));
        double early = lowest("task.grace=20", batching);
        double late = lowest("task.grace=1000", batching);

        assertThat(early).isBetween(0.05, Math.log(2));
        assertThat(late).isLessThan(early);
        assertThat(lowest("task.grace=20", new Batching(Batching.Form.WINDOWS, 1, 10, List.of(1.0, 1.0))))
                .isNaN();
    }

    private static double lowest(String setting, Batching batching) {
        return task(KIND, setting).ideal().orElseThrow().lowestCrossEntropy(batching, 1);
    }

    @Test
    void badValuesAreRefused() {
        assertRefused(KIND, "task.grace=3000", "shorter than the stimulus");
        assertRefused(KIND, "task.grace=-1", "at least 0");
        assertRefused(KIND, "task.timing.stimulus=10", "one step");
        assertRefused(KIND, "task.coherences=[-3]", "without a sign");
        assertRefused(KIND, "task.sigma=-1", "at least 0");
    }
}
