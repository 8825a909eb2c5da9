package cohort.task.library.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.Response;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.parts.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingTasksTest {
    private static final int SAMPLE = 1;

    private static Task task(String kind, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=" + kind));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    /** Sum of a channel over a period. */
    private static double sum(Trial trial, String period, int channel) {
        return sum(trial, trial.signature().period(period), channel);
    }

    private static double sum(Trial trial, int period, int channel) {
        double sum = 0;
        for (int step = trial.start(period); step < trial.end(period); step++) {
            sum += trial.inputs()[step * trial.channels() + channel];
        }
        return sum;
    }

    /** What a ring says of where its stimulus lies: {x, y}. */
    private static double[] vector(Trial trial, String period) {
        int ring = trial.channels() - 1;
        double[] vector = new double[2];
        for (int unit = 0; unit < ring; unit++) {
            vector[0] += sum(trial, period, 1 + unit) * Math.cos(2 * Math.PI * unit / ring);
            vector[1] += sum(trial, period, 1 + unit) * Math.sin(2 * Math.PI * unit / ring);
        }
        return vector;
    }

    private static int matches(boolean isMatch) {
        return isMatch ? 1 : 2;
    }

    /** Fraction of trials in which somebody who looks at the inputs is right. */
    private static double accuracy(Task task, int trials, ToIntFunction<Trial> observer) {
        TrialSource source = task.trials(5, Split.TEST);
        int right = 0;
        for (int index = 0; index < trials; index++) {
            Trial trial = Examples.read(source, index);
            right += observer.applyAsInt(trial) == trial.answer() ? 1 : 0;
        }
        return (double) right / trials;
    }

    private static double ideal(Task task) {
        return task.ideal().orElseThrow().accuracy(Examples.read(task.trials(1, Split.TEST), 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 16})
    void whetherTheSampleCameAgainFollowsFromTheInputs(int ring) {
        Task task = task("delay-match-sample", "task.ring-size=" + ring);

        assertThat(accuracy(task, 500, trial -> {
                    double[] sample = vector(trial, "sample");
                    double[] test = vector(trial, "test");
                    return matches(sample[0] * test[0] + sample[1] * test[1] > 0);
                }))
                .isEqualTo(1);
        assertThat(ideal(task)).isCloseTo(1, within(1e-3));
        assertThat(task.ideal().orElseThrow().lowestCrossEntropy(null, 0)).isNaN();
    }

    @Test
    void whichHalfOfTheCircleItWasFollowsFromTheInputs() {
        ToIntFunction<Trial> observer =
                trial -> matches(vector(trial, "sample")[1] > 0 == vector(trial, "test")[1] > 0);
        Task task = task("delay-match-category");

        assertThat(accuracy(task("delay-match-category", "task.sigma=0"), 2000, observer))
                .isEqualTo(1);
        assertThat(ideal(task)).isCloseTo(0.985440258572043, within(1e-9)); // by scipy.integrate.quad
        assertThat(accuracy(task, 20_000, observer)).isCloseTo(ideal(task), within(0.0035)); // 4 standard errors
        assertThat(task.notes()).isEmpty();
    }

    @Test
    void twoChannelsShowBothHalvesAlike() {
        Task task = task("delay-match-category", "task.ring-size=2");

        assertThat(ideal(task)).isEqualTo(0.5);
        assertThat(ideal(task("delay-match-category", "task.ring-size=2", "task.sigma=0")))
                .isEqualTo(0.5);
        assertThat(task.notes()).singleElement().asString().contains("task.ring-size = 2");
    }

    @Test
    void theCategoryIsAnsweredWhileTheTestIsShown() {
        Trial trial = Examples.read(task("delay-match-category").trials(1, Split.TRAIN), 0);

        assertThat(trial.signature().periodNames()).containsExactly("fixation", "sample", "delay", "test");
        for (int step = 0; step < trial.steps(); step++) {
            boolean isTest = step >= trial.start(3);
            assertThat(Examples.target(trial, step)).isEqualTo(isTest ? trial.answer() : 0);
            assertThat(trial.inputs()[step * 17]).isEqualTo(isTest ? 0f : 1f);
        }
        assertThat(trial.answer()).isPositive();
    }

    @Test
    void whetherTheSecondSymbolBelongsToTheFirstFollowsFromTheInputs() {
        ToIntFunction<Trial> observer = trial -> {
            boolean isFirst = sum(trial, "stimulus1", 1) > sum(trial, "stimulus1", 2);
            boolean isThird = sum(trial, "stimulus2", 3) > sum(trial, "stimulus2", 4);
            return isFirst == isThird ? 1 : 0;
        };
        assertThat(accuracy(task("delay-paired-association"), 300, observer)).isEqualTo(1);
        assertThat(ideal(task("delay-paired-association"))).isEqualTo(1);
        Task noisy = task("delay-paired-association", "task.sigma=20");
        assertThat(accuracy(noisy, 20_000, observer)).isCloseTo(ideal(noisy), within(0.013));
    }

    /** Of two directions: d = sqrt(n / 2) / s = 0.79, right about each with 0.785. */
    @Test
    void theCeilingOfTwoDirectionsIsThatOfWhoAddsUpTheEvidence() {
        Task task = task("delay-match-sample", "task.sigma=20");

        assertThat(ideal(task)).isCloseTo(0.78540 * 0.78540 + 0.21460 * 0.21460, within(1e-4));
        assertThat(accuracy(task, 20_000, trial -> matches(vector(trial, "sample")[0] * vector(trial, "test")[0] > 0)))
                .isCloseTo(ideal(task), within(0.014));
    }

    @ParameterizedTest
    @CsvSource({"3, 12, 500", "4, 12, 500", "8, 20, 1000", "32, 20, 300"})
    void theCeilingOfManyDirectionsIsThatOfWhoComparesLikelihoods(int ring, double sigma, int testMillis) {
        Task task = task(
                "delay-match-sample",
                "task.ring-size=" + ring,
                "task.sigma=" + sigma,
                "task.timing.test=" + testMillis,
                "task.timing.delay=0");
        double variance = sigma * sigma / 100;

        double accuracy = accuracy(task, 10_000, trial -> {
            double[] sample = vector(trial, "sample");
            double[] test = vector(trial, "test");
            double same = 0;
            double opposite = 0;
            for (int k = 0; k < ring; k++) {
                double x = Math.cos(2 * Math.PI * k / ring);
                double y = Math.sin(2 * Math.PI * k / ring);
                double ofSample = 0.5 * (sample[0] * x + sample[1] * y) / variance;
                double ofTest = 0.5 * (test[0] * x + test[1] * y) / variance;
                same += Math.exp(ofSample + ofTest);
                opposite += Math.exp(ofSample - ofTest);
            }
            return matches(same > opposite);
        });

        assertThat(accuracy).isBetween(0.6, 0.999).isCloseTo(ideal(task), within(0.02)); // 4 standard errors
    }

    /** Differential phase-shift keying: 1 - exp(-d^2 / 2) / 2 with d^2 = 32 / 8 * 5 / s^2. */
    @ParameterizedTest
    @ValueSource(doubles = {15, 20, 30})
    void manyDirectionsHaveTheCeilingOfPhaseShiftKeying(double sigma) {
        Task task = task("delay-match-sample", "task.ring-size=32", "task.sigma=" + sigma);
        double squared = 20 / (sigma * sigma / 100);

        assertThat(ideal(task)).isCloseTo(1 - Math.exp(-squared / 2) / 2, within(1e-3));
    }

    @Test
    void oneTestIsTheSampleAndTheOthersAreFarFromIt() {
        Task task = task("delay-match-sample-distractor");
        TrialSource source = task.trials(3, Split.TRAIN);
        int[] counts = new int[4];
        double nearest = 360;
        for (int index = 0; index < 600; index++) {
            Trial trial = Examples.read(source, index);
            double[] sample = vector(trial, "sample");
            for (int test = 1; test <= 3; test++) {
                double[] shown = vector(trial, "test" + test);
                double angle =
                        Math.toDegrees(Ring.distance(Math.atan2(sample[1], sample[0]), Math.atan2(shown[1], shown[0])));
                boolean isMatch = test == trial.answer();
                assertThat(angle < 1e-3).isEqualTo(isMatch);
                nearest = isMatch ? nearest : Math.min(nearest, angle);
                int period = SAMPLE + 2 * test;
                for (int step = trial.start(period - 1); step < trial.end(period); step++) {
                    assertThat(Examples.target(trial, step)).isEqualTo(isMatch && step >= trial.start(period) ? 1 : 0);
                }
            }
            counts[trial.answer()]++;
        }
        assertThat(nearest).isBetween(44.99, 47.0);
        assertThat(counts).startsWith(0);
        assertThat(counts[1]).isBetween(150, 250);
        assertThat(counts[2]).isBetween(150, 250);
    }

    @ParameterizedTest
    @CsvSource({"until-decision, 3", "fixation-only, 1"})
    void fixationEndsWithTheFirstTestOrWithItsPeriod(String mode, int periods) {
        Trial trial = Examples.read(
                task("delay-match-sample-distractor", "task.fixation=" + mode).trials(1, Split.TRAIN), 0);

        for (int period = 0; period < 8; period++) {
            assertThat(sum(trial, period, 0)).isEqualTo(period < periods ? trial.steps(period) : 0);
        }
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void theFirstTestAtWhichItGoesIsTheChoice(ChoiceRule rule) {
        Task task = task("delay-match-sample-distractor");
        Response response = task.response(rule);
        TrialSource source = task.trials(1, Split.TEST);
        for (int index = 0; index < 10; index++) {
            Trial trial = Examples.read(source, index);
            for (int from = 1; from <= 3; from++) {
                int first = trial.start(SAMPLE + 2 * from);
                assertThat(response.read(trial, (step, output) -> output == 1 == step >= first ? 1 : 0))
                        .isEqualTo(Answer.choice(from, from == trial.answer()));
            }
            assertThat(response.read(trial, (step, output) -> 0.5f)).isEqualTo(Answer.choice(0, false));
            assertThat(response.read(trial, (step, output) -> output == 1 == step < trial.start(3) ? 1 : 0))
                    .as("before the first test")
                    .isEqualTo(Answer.choice(0, false));
        }
        assertThat(response.choices()).isEqualTo(3);
        assertThat(response.chance()).isEqualTo(1.0 / 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"repaired", "original"})
    void bothAnswersFollowFromTheInputs(String form) {
        ToIntFunction<Trial> observer = trial -> {
            int first =
                    sum(trial, "cue1", 5) > sum(trial, "cue1", 6) ? 1 : 3; // channels of the item that is tested first
            return DualMatch.answer(choice(trial, "test1", first), choice(trial, "test2", 4 - first));
        };
        Task noisy = task("dual-delay-match-sample", "task.form=" + form, "task.sigma=10", "task.timing.test2=1000");

        assertThat(accuracy(task("dual-delay-match-sample", "task.form=" + form), 500, observer))
                .isEqualTo(1);
        assertThat(ideal(task("dual-delay-match-sample", "task.form=" + form))).isCloseTo(1, within(1e-6));
        assertThat(ideal(noisy)).isBetween(0.7, 0.9);
        assertThat(accuracy(noisy, 20_000, observer)).isCloseTo(ideal(noisy), within(0.012));
    }

    private static int choice(Trial trial, String test, int channel) {
        double sample = sum(trial, "sample", channel) - sum(trial, "sample", channel + 1);
        return matches(sample > 0 == sum(trial, test, channel) - sum(trial, test, channel + 1) > 0);
    }

    @Test
    void fixationIsOffInTheTestsAndWithoutNoiseUnlessItIsTheOriginals() {
        Trial repaired = Examples.read(task("dual-delay-match-sample").trials(1, Split.TRAIN), 0);
        Trial original = Examples.read(
                task("dual-delay-match-sample", "task.form=original").trials(1, Split.TRAIN), 0);

        for (int period = 0; period < 8; period++) {
            boolean isTest = period == 4 || period == 7;
            assertThat(sum(repaired, period, 0)).isEqualTo(isTest ? 0 : 5);
            assertThat(sum(repaired, period, 5)).isIn(0.0, 5.0);
            double fixation = sum(original, period, 0);
            if (isTest || period == SAMPLE) {
                assertThat(fixation).isNotEqualTo(5).isCloseTo(5, within(1.5));
                assertThat(sum(original, period, 6)).isNotEqualTo(0).isCloseTo(0, within(1.5));
            } else {
                assertThat(fixation).isEqualTo(5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void bothAnswersMustBeRight(ChoiceRule rule) {
        Task task = task("dual-delay-match-sample");
        Response response = task.response(rule);
        TrialSource source = task.trials(1, Split.TEST);
        for (int index = 0; index < 10; index++) {
            Trial trial = Examples.read(source, index);
            for (int first = 0; first <= 2; first++) {
                for (int second = 0; second <= 2; second++) {
                    int atTest1 = first;
                    int atTest2 = second;
                    int choice = first == 0 || second == 0 ? 0 : 2 * (first - 1) + second;
                    assertThat(response.read(
                                    trial,
                                    (step, output) -> output == (step < trial.start(5) ? atTest1 : atTest2) ? 1 : 0))
                            .isEqualTo(Answer.choice(choice, choice == trial.answer()));
                }
            }
        }
        assertThat(response.choices()).isEqualTo(4);
        assertThat(response.chance()).isEqualTo(0.25);
    }

    @Test
    void aDelayOfAListIsACondition() {
        Task task = task("delay-match-sample", "task.timing.delay=[0, 450]");

        assertThat(List.of(0.0, 400.0))
                .contains(Examples.read(task.trials(1, Split.TEST), 0).factor("delay"));
        assertThat(Examples.read(
                                task("delay-match-sample", "task.timing.delay={ uniform = [100, 900] }")
                                        .trials(1, Split.TEST),
                                0)
                        .factor("delay"))
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "delay-match-sample, task.ring-size=1, task.ring-size = 1: must be a whole number from 2",
        "delay-match-sample, task.sigma=-1, task.sigma = -1: must be a number of at least 0",
        "delay-match-sample, task.sigma=1e30, the noise of a step",
        "delay-match-sample, task.dt=0, task.dt = 0: must be milliseconds above 0",
        "delay-match-sample, task.timing.sample=50, the sample period can be shorter than one step",
        "delay-match-sample, task.timing.decision=99, the decision period can be shorter than one step",
        "delay-match-category, task.timing.decision=100, there is no key task.timing.decision",
        "delay-match-category, task.timing.test=0, the test period can be shorter than one step",
        "delay-paired-association, task.ring-size=4, there is no key task.ring-size",
        "delay-paired-association, task.timing.stimulus2=0, can be shorter than one step",
        "delay-match-sample-distractor, task.ring-size=2, from 3",
        "delay-match-sample-distractor, task.distractor-distance=180, degrees from 0 to below 180",
        "delay-match-sample-distractor, task.fixation=never, 'until-decision, fixation-only'",
        "delay-match-sample-distractor, task.timing.test3=0, the test3 period can be shorter than one step",
        "dual-delay-match-sample, task.form=best, 'repaired, original'",
        "dual-delay-match-sample, task.timing.test1=0, the test1 period can be shorter than one step"
    })
    void aSettingThatIsNoneIsRefused(String kind, String setting, String message) {
        assertThatThrownBy(() -> task(kind, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("task.")
                .hasMessageContaining(message);
    }
}
