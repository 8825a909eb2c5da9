package cohort.task.library.song;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.evaluation.Evidence;
import cohort.evaluation.TrialOutcome;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.GoldenComparison;
import cohort.task.IdealObserver;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SongTasksTest {
    private static final String[] CHOICES = {
        "rdm-fixed", "rdm-varstim", "rdm-rt", "mante", "multisensory", "romo",
    };

    private static Task task(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=song-" + name));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    /** Which choice all that is shown speaks for, and by how much: positive for choice 1. */
    private static double evidence(String name, Trial trial) {
        double first = 0;
        double second = 0;
        for (int step = 0; step < trial.steps(); step++) {
            boolean isShown = name.equals("rdm-rt")
                    ? step >= trial.start(1)
                    : (step >= trial.start(1) && step < trial.end(1))
                            || trial.timeline().periodAt(step).equals("f2");
            if (!isShown) {
                continue;
            }
            float[] inputs = trial.inputs();
            int at = step * trial.channels();
            switch (name) {
                case "mante" -> {
                    int modality = trial.factor("context") == 1 ? 2 : 4;
                    first += inputs[at + modality];
                    second += inputs[at + modality + 1];
                }
                case "multisensory" -> {
                    int modality = (int) trial.factor("modality");
                    for (int m = 0; m < 2; m++) {
                        first += (modality >> m & 1) * inputs[at + m];
                        second += (modality >> m & 1) * inputs[at + 2 + m];
                    }
                }
                case "romo" -> {
                    double sign = step < trial.end(1) ? 1 : -1;
                    first += sign * inputs[at];
                    second += sign * inputs[at + 1];
                }
                default -> {
                    first += inputs[at];
                    second += inputs[at + 1];
                }
            }
        }
        return first - second;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rdm-fixed", "rdm-varstim", "rdm-rt", "mante", "multisensory", "romo"})
    void theAnswerFollowsFromTheInputs(String name) {
        TrialSource source = task(name, "task.sigma=0").trials(3, Split.TRAIN);
        int catches = 0;
        for (int index = 0; index < 500; index++) {
            Trial trial = Examples.read(source, index);
            if (trial.answer() == 0) {
                catches++;
                assertThat(trial.copyInputs()).containsOnly(0.2f);
                assertThat(trial.factor("catch")).isEqualTo(1);
                assertThat(trial.condition().label()).isEqualTo("catch=1");
                continue;
            }
            assertThat(trial.answer()).isEqualTo(evidence(name, trial) > 0 ? 1 : 2);
            int last = (trial.steps() - 1) * 2;
            double high = name.equals("rdm-rt") ? 1.2 : 1;
            assertThat((double) trial.targets()[last + trial.answer() - 1]).isCloseTo(high, within(1e-6));
            assertThat((double) trial.targets()[last + 2 - trial.answer()]).isCloseTo(0.2, within(1e-6));
        }
        assertThat(catches).isPositive();
    }

    /** Conditions, their share and that of catch trials are pycog's. */
    @ParameterizedTest
    @ValueSource(strings = {"rdm-fixed", "rdm-varstim", "rdm-rt", "mante", "multisensory", "romo"})
    void defaultsArePycogs(String name) {
        JsonNode golden = GoldenComparison.read("tasks_more/pycog_" + name.replace('-', '_') + ".json");
        int conditions = 1;
        for (JsonNode values : golden.get("conditions")) {
            conditions *= values.isArray() ? values.size() : 1;
        }
        TrialSource source = task(name).trials(3, Split.TRAIN);
        TreeSet<String> seen = new TreeSet<>();
        int catches = 0;
        int trials = 20_000;
        Trial trial = new Trial(source.signature());
        for (int index = 0; index < trials; index++) {
            source.read(index, trial);
            if (trial.answer() == 0) {
                catches++;
                assertThat(trial.steps() * 20).isEqualTo(golden.get("catch_ms").intValue());
            } else {
                seen.add(trial.answer() + " " + trial.condition());
            }
        }
        assertThat(seen).hasSize(conditions);
        double share = golden.get("p_catch").doubleValue();
        assertThat((double) catches / trials).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / trials)));
    }

    /** Who adds up what is shown is right as often as the ideal observer is said to be. */
    @ParameterizedTest
    @CsvSource({"rdm-fixed, 5", "rdm-varstim, 3", "rdm-rt, 6", "mante, 7", "multisensory, 15", "romo, 10"})
    void theIdealObserverIsAsGoodAsWhoAddsUpTheEvidence(String name, String sigma) {
        Task task = task(name, "task.sigma=" + sigma, "task.negative-inputs=kept", "task.catch=0");
        IdealObserver ideal = task.ideal().orElseThrow();
        TrialSource source = task.trials(3, Split.TRAIN);
        int trials = 10_000;
        double expected = 0;
        int right = 0;
        Trial trial = new Trial(source.signature());
        for (int index = 0; index < trials; index++) {
            source.read(index, trial);
            expected += ideal.accuracy(trial);
            right += (evidence(name, trial) > 0 ? 1 : 2) == trial.answer() ? 1 : 0;
        }
        assertThat(expected / trials).isBetween(0.6, 0.99);
        assertThat((double) right / trials).isCloseTo(expected / trials, within(4 * 0.5 / Math.sqrt(trials)));
    }

    @Test
    void catchTrialsNeverCount() {
        for (String name : CHOICES) {
            Task task = task(name, "task.catch=0.3", "task.sigma=0");
            IdealObserver ideal = task.ideal().orElseThrow();
            TrialSource source = task.trials(3, Split.TEST);
            AccuracyTally tally = new AccuracyTally(0.5);
            int asked = 0;
            for (int index = 0; index < 300; index++) {
                Trial trial = Examples.read(source, index);
                asked += trial.answer() > 0 ? 1 : 0;
                Answer answer = trial.answer() > 0 ? Answer.choice(trial.answer(), true) : Answer.choice(1, false);
                tally.add(new TrialOutcome(
                        index,
                        trial.condition(),
                        trial.steps(),
                        trial.answer(),
                        answer,
                        Double.NaN,
                        ideal.accuracy(trial)));
            }
            Accuracy overall = tally.overall();
            assertThat(overall.trials()).isEqualTo(asked).isLessThan(250);
            assertThat(overall.noResponse()).isZero();
            assertThat(overall.efficiency()).isCloseTo(1, within(1e-4));
            task.psychometry()
                    .ifPresent(psychometry -> assertThat(
                                    Evidence.of(task, psychometry, 2, tally).counts())
                            .isNotEmpty()
                            .allMatch(count -> count.answer() > 0));
        }
    }

    @Test
    void inACatchTrialBothOutputsMustStayLow() {
        Task task = task("rdm-fixed", "task.catch=1");
        Trial trial = Examples.read(task.trials(3, Split.TEST), 0);
        Response response = task.response(ChoiceRule.LAST_STEP);
        assertThat(response.read(trial, (step, output) -> 0.5f)).isEqualTo(Answer.choice(0, true));
        assertThat(response.read(trial, (step, output) -> output == 1 ? 0.7f : 0.2f))
                .isEqualTo(Answer.choice(2, false));
        for (int step = 0; step < trial.steps(); step++) {
            assertThat(trial.weights()[step]).isEqualTo(1);
            assertThat(trial.targets()[2 * step]).isEqualTo(0.2f);
        }
    }

    @Test
    void theReactionTimeIsThatOfTheFirstOutputAboveOne() {
        Task task = task("rdm-rt", "task.catch=0");
        Trial trial = Examples.read(task.trials(3, Split.TEST), 0);
        assertThat(trial.start(2)).isEqualTo(20);
        Outputs rising = (step, output) -> output == trial.answer() - 1 ? step / 30f : 0;
        Answer answer = task.response(ChoiceRule.LAST_STEP).read(trial, rising);
        assertThat(answer.correct()).isTrue();
        assertThat(answer.responseMillis()).isEqualTo(31 * 20);
    }

    @Test
    void noiseIsAddedToTheBaselineAndCutAtZero() {
        for (String negative : List.of("cut", "kept")) {
            Trial trial = Examples.read(
                    task("mante", "task.catch=1", "task.baseline=0", "task.negative-inputs=" + negative)
                            .trials(3, Split.TEST),
                    0);
            double squares = 0;
            int below = 0;
            for (float input : trial.copyInputs()) {
                squares += input * input;
                below += input < 0 ? 1 : 0;
            }
            double half = negative.equals("cut") ? 0.5 : 1;
            assertThat(Math.sqrt(squares / (half * 600))).isCloseTo(0.0316, within(0.003));
            assertThat(below).isBetween(negative.equals("cut") ? 0 : 250, negative.equals("cut") ? 0 : 350);
        }
    }

    /** Where dt does not divide a trial, pycog has fewer and longer steps, and borders that lie elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "20, floored, 5, 30, 70",
        "20, stretched, 5, 30, 70",
        "30, floored, 3, 19, 45",
        "30, stretched, 3, 19, 46"
    })
    void durationsBecomeSteps(int dt, String grid, int fixation, int second, int steps) {
        Task task = task("romo", "task.catch=0", "task.dt=" + dt, "task.grid=" + grid, "task.timing.delay=0");
        Trial trial = Examples.read(task.trials(3, Split.TEST), 0);
        assertThat(List.of(trial.start(1), trial.end(1), trial.steps())).containsExactly(fixation, second, steps);
        assertThat(task.signature().maxSteps()).isGreaterThanOrEqualTo(steps);
        assertThat(task.signature().minSteps()).isBetween(1, steps);
    }

    @Test
    void signaturesBoundTheirTrials() {
        for (String name : CHOICES) {
            for (String dt : List.of("7", "20", "33")) {
                for (String grid : List.of("floored", "stretched")) {
                    Task task = task(name, "task.catch=0.2", "task.dt=" + dt, "task.grid=" + grid);
                    TrialSource source = task.trials(3, Split.TEST);
                    for (int index = 0; index < 50; index++) {
                        assertThat(source.steps(index))
                                .isBetween(
                                        Math.max(1, task.signature().minSteps()),
                                        task.signature().maxSteps());
                    }
                }
            }
        }
    }

    @Test
    void aMovementIsToOneOfTheDotsThatAreShown() {
        Task task = task("lee", "task.sigma=0", "task.baseline=0");
        TrialSource source = task.trials(3, Split.TEST);
        TreeSet<Integer> sequences = new TreeSet<>();
        for (int index = 0; index < 100; index++) {
            Trial trial = Examples.read(source, index);
            int sequence = (int) trial.factor("sequence");
            sequences.add(sequence);
            assertThat(trial.weights()[0]).isZero();
            int fixated = 4;
            for (int movement = 2; movement < 5; movement++) {
                int step = trial.start(movement);
                int dot = dot(trial.targets()[2 * step], trial.targets()[2 * step + 1]);
                assertThat(trial.inputs()[step * 17 + dot]).isEqualTo(1);
                assertThat(trial.inputs()[step * 17 + fixated]).isEqualTo(1);
                assertThat(trial.inputs()[step * 17 + 8 + sequence]).isEqualTo(1);
                assertThat(dot).isNotEqualTo(fixated);
                fixated = dot;
            }
        }
        assertThat(sequences).hasSize(8);
    }

    private static int dot(float x, float y) {
        return Math.round(2 * x + 1) + 3 * Math.round(1 - 2 * y);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rdm-fixed | task.coherences=[1, 1] | task.coherences = [1,1]: must be different percentages",
                "rdm-fixed | task.coherences=[-1] | must be different percentages from 0",
                "mante | task.coherences=[0] | must be different percentages above 0",
                "multisensory | task.frequencies=[12.5] | must be different events per second, not 12.5",
                "romo | task.difference=0 | task.difference = 0: must be Hz above 0",
                "rdm-fixed | task.catch=1.1 | task.catch = 1.1: must be a fraction",
                "rdm-fixed | task.timing.stimulus=19 | can be shorter than one step",
                "rdm-fixed | task.timing.catch=0 | the catch period can be shorter than one step",
                "rdm-fixed | task.sigma=-1 | task.sigma = -1: must be from 0",
                "rdm-fixed | task.grid=rounded | must be one of floored, stretched",
                "rdm-fixed | task.negative-inputs=no | must be one of cut, kept",
                "lee | task.tolerance=0 | task.tolerance = 0: must be above 0",
                "lee | task.catch=0 | there is no key task.catch",
                "sinewave | task.period=0 | task.period = 0: must be milliseconds above 0"
            })
    void aSettingThatIsNoneIsRefused(String name, String setting, String message) {
        assertThatThrownBy(() -> task(name, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
