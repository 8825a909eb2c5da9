package cohort.task.library.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.IdealObserver;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTasksTest {
    private static final int MANY = 20_000;

    @TempDir
    private Path folder;

    private static Task task(String kind, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=" + kind));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    /** Sum of a channel over a period. */
    private static double sum(Trial trial, String period, int channel) {
        int place = trial.signature().period(period);
        double sum = 0;
        for (int step = trial.start(place); step < trial.end(place); step++) {
            sum += trial.inputs()[step * trial.channels() + channel];
        }
        return sum;
    }

    private static float input(Trial trial, int step, int channel) {
        return trial.inputs()[step * trial.channels() + channel];
    }

    /** Somebody who sees the inputs alone, and the trials' factors only where it says so, gives this fraction of right answers. */
    private static double accuracy(Task task, ToIntFunction<Trial> observer) {
        TrialSource trials = task.trials(3, Split.TEST);
        int right = 0;
        for (int index = 0; index < MANY; index++) {
            Trial trial = Examples.read(trials, index);
            right += observer.applyAsInt(trial) == trial.answer() ? 1 : 0;
        }
        return (double) right / MANY;
    }

    private static double ideal(Task task) {
        IdealObserver ideal = task.ideal().orElseThrow();
        TrialSource trials = task.trials(3, Split.TEST);
        Trial trial = new Trial(trials.signature());
        double sum = 0;
        for (int index = 0; index < MANY; index++) {
            trials.read(index, trial);
            sum += ideal.accuracy(trial);
        }
        return sum / MANY;
    }

    /** The accuracy of a simulated observer is the ideal one's, up to four standard errors. */
    private static void assertIsIdeal(Task task, ToIntFunction<Trial> observer) {
        double ideal = ideal(task);
        assertThat(ideal).isBetween(0.5, 0.9999);
        assertThat(accuracy(task, observer)).isCloseTo(ideal, within(4 * Math.sqrt(ideal * (1 - ideal) / MANY)));
    }

    private static int largest(Trial trial, int firstChannel, int ring) {
        int best = 1;
        for (int direction = 2; direction <= ring; direction++) {
            if (sum(trial, "stimulus", firstChannel + direction - 1)
                    > sum(trial, "stimulus", firstChannel + best - 1)) {
                best = direction;
            }
        }
        return best;
    }

    private static int byContext(Trial trial, int ring) {
        return largest(trial, input(trial, 0, 1 + 2 * ring) == 1 ? 1 : 1 + ring, ring);
    }

    private static int byValues(Trial trial) {
        return sum(trial, "stimulus1", 1) / trial.steps(1) > sum(trial, "stimulus2", 1) / trial.steps(3) ? 1 : 2;
    }

    private static int byPulses(Trial trial, int tied) {
        double difference = sum(trial, "pulses", 2) - sum(trial, "pulses", 1);
        return difference == 0 ? tied : difference > 0 ? 2 : 1;
    }

    private static int byOffers(Trial trial) {
        double[] inputs = new double[7];
        for (int channel = 0; channel < inputs.length; channel++) {
            inputs[channel] = sum(trial, "offer", channel);
        }
        double first = inputs[5] * (inputs[1] > 0 ? 2.2 : 1);
        double second = inputs[6] * (inputs[3] > 0 ? 2.2 : 1);
        assertThat(inputs[1]).isEqualTo(inputs[4]).isNotEqualTo(inputs[2]);
        assertThat(inputs[2]).isEqualTo(inputs[3]);
        return first > second ? 1 : 2;
    }

    /** Where there is no noise, and evidence, the answer is what the inputs say; and that is asked for when fixation is over. */
    @Test
    void theAnswerFollowsFromTheInputs() {
        follows(
                task("perceptual-decision-delayed-response", "task.sigma=0", "task.coherences=[6.4, 51.2]"),
                trial -> largest(trial, 1, 2));
        follows(task("pulse-decision-making"), trial -> byPulses(trial, trial.answer()));
        follows(task("context-decision-making", "task.sigma=0"), trial -> byContext(trial, 2));
        follows(task("context-decision-making", "task.sigma=0", "task.ring-size=5"), trial -> byContext(trial, 5));
        follows(
                task("context-decision-making", "task.sigma=0", "task.context=modality-2", "task.ring-size=3"),
                trial -> largest(trial, 4, 3));
        follows(
                task("multisensory-integration", "task.sigma=0"),
                trial -> sum(trial, "stimulus", 1) + sum(trial, "stimulus", 3)
                                > sum(trial, "stimulus", 2) + sum(trial, "stimulus", 4)
                        ? 1
                        : 2);
        follows(task("delay-comparison", "task.sigma=0"), DecisionTasksTest::byValues);
        follows(task("economic-decision-making"), DecisionTasksTest::byOffers);
    }

    private static void follows(Task task, ToIntFunction<Trial> observer) {
        TrialSource trials = task.trials(5, Split.TRAIN);
        int decision = trials.signature().period("decision");
        for (int index = 0; index < 500; index++) {
            Trial trial = Examples.read(trials, index);
            assertThat(observer.applyAsInt(trial)).isEqualTo(trial.answer());
            for (int step = 0; step < trial.steps(); step++) {
                boolean isDecision = step >= trial.start(decision);
                assertThat(input(trial, step, 0)).isEqualTo(isDecision ? 0f : 1f);
                assertThat(Examples.target(trial, step)).isEqualTo(isDecision ? trial.answer() : 0);
            }
        }
    }

    /** 1150 ms of stimulus are 11 steps of 100 ms, 750 ms are 7. */
    @ParameterizedTest
    @CsvSource({
        "perceptual-decision-delayed-response, 0, 11, 0.5",
        "perceptual-decision-delayed-response, 6.4, 11, 0.9333",
        "perceptual-decision-delayed-response, 12.8, 11, 0.9987",
        "perceptual-decision-delayed-response, 51.2, 11, 1",
        "context-decision-making, 5, 7, 0.8252",
        "context-decision-making, 15, 7, 0.9975",
        "context-decision-making, 50, 7, 1",
        "multisensory-integration, 5, 7, 0.7458",
        "multisensory-integration, 15, 7, 0.9764",
        "multisensory-integration, 50, 7, 1"
    })
    void evidenceHasItsCeiling(String kind, double coherence, int steps, double accuracy) {
        assertThat(accuracy(task(kind), coherence, steps)).isCloseTo(accuracy, within(0.5e-4));
    }

    private static double accuracy(Task task, double coherence, int steps) {
        return task.ideal().orElseThrow() instanceof TwoAlternativesObserver observer
                ? observer.accuracy(coherence, steps, false)
                : ((TwoModalitiesObserver) task.ideal().orElseThrow()).accuracy(coherence, steps);
    }

    @ParameterizedTest
    @CsvSource({"5, 0.7753", "15, 0.9866", "50, 1"})
    void whoIsToldTheSharesOfTheModalitiesDoesBetter(double coherence, double accuracy) {
        Task task = task("multisensory-integration", "task.observer=told");

        assertThat(accuracy(task, coherence, 7)).isCloseTo(accuracy, within(0.5e-4));
    }

    @ParameterizedTest
    @CsvSource({
        "perceptual-decision-delayed-response, 0.8864",
        "context-decision-making, 0.9409",
        "multisensory-integration, 0.9074",
        "delay-comparison, 0.9958",
        "pulse-decision-making, 0.9604"
    })
    void ceilingsOfTheDefaults(String kind, double accuracy) {
        assertThat(ideal(task(kind))).isCloseTo(accuracy, within(0.5e-2)); // over a sample of conditions
    }

    /** Two binomial numbers of 6 with probabilities 0.3 and 0.7 are equal in 7.9 % of the trials. */
    @Test
    void whoCountsPulsesErrsInHalfOfTheTies() {
        double tied = 0;
        for (int n = 0; n <= 6; n++) {
            tied += binomial(6, n, 0.3) * binomial(6, n, 0.7);
        }
        assertThat(1 - tied / 2).isCloseTo(0.9604, within(0.5e-4));
        assertIsIdeal(task("pulse-decision-making"), trial -> byPulses(trial, 1));
    }

    private static double binomial(int n, int k, double p) {
        double ways = 1;
        for (int i = 1; i <= k; i++) {
            ways = ways * (n - k + i) / i;
        }
        return ways * Math.pow(p, k) * Math.pow(1 - p, n - k);
    }

    @Test
    void observersOfTheTrialsThemselvesDoAsWellAsTheIdealOne() {
        assertIsIdeal(task("context-decision-making"), trial -> byContext(trial, 2));
        assertIsIdeal(task("delay-comparison"), DecisionTasksTest::byValues);
        assertIsIdeal(
                task("multisensory-integration"),
                trial -> sum(trial, "stimulus", 1) + sum(trial, "stimulus", 3)
                                > sum(trial, "stimulus", 2) + sum(trial, "stimulus", 4)
                        ? 1
                        : 2);
        assertIsIdeal(
                task("perceptual-decision-delayed-response", "task.stimulus-scale=0.5"), trial -> largest(trial, 1, 2));
    }

    /** Where the first value is shown for longer, it also says which pairs are likely: comparing is not the best one can do. */
    @Test
    void theIdealComparisonOfUnequalStimuliIsThatOfWhoKnowsThePairs() {
        Task task = task("delay-comparison", "task.sigma=2", "task.timing.stimulus1=2000", "task.timing.stimulus2=200");
        double[][] pairs = {{18, 10}, {22, 14}, {26, 18}, {30, 22}, {34, 26}};

        assertIsIdeal(task, trial -> {
            double x = sum(trial, "stimulus1", 1) / 20;
            double y = sum(trial, "stimulus2", 1) / 2;
            double odds = 0;
            for (double[] pair : pairs) {
                double larger = 0.5 + (pair[0] - 10) / 48;
                double smaller = 0.5 + (pair[1] - 10) / 48;
                odds += density(x, larger, 20) * density(y, smaller, 2)
                        - density(x, smaller, 20) * density(y, larger, 2);
            }
            return odds > 0 ? 1 : 2;
        });
        assertThat(accuracy(task, DecisionTasksTest::byValues)).isLessThan(ideal(task) - 0.01);
    }

    private static double density(double mean, double value, int steps) {
        return Math.exp(-(mean - value) * (mean - value) * steps / (2 * 0.04));
    }

    /** Both ways to the accuracy agree where both hold. */
    @Test
    void almostEqualStimuliHaveAlmostTheAccuracyOfEqualOnes() {
        DelayComparisonObserver observer = (DelayComparisonObserver)
                task("delay-comparison", "task.sigma=2").ideal().orElseThrow();

        assertThat(observer.accuracy(18, 10, 1001, 1000) - observer.accuracy(18, 10, 1000, 1000))
                .isCloseTo(0, within(1e-9));
        assertThat(observer.accuracy(26, 18, 6, 5))
                .isBetween(observer.accuracy(26, 18, 5, 5), observer.accuracy(26, 18, 6, 6));
    }

    /** Better direction's probability in a trial, from the evidence that the trial shows. */
    private static double confidence(Trial trial, double sigmaPerStep) {
        double evidence = Math.abs(sum(trial, "stimulus", 1) - sum(trial, "stimulus", 2));
        double variance = 2 * sigmaPerStep * sigmaPerStep * trial.steps(1);
        double better = 0;
        double worse = 0;
        for (double coherence : new double[] {0, 3.2, 6.4, 12.8, 25.6, 51.2}) {
            double mean = coherence / 100 * trial.steps(1);
            better += Math.exp(-(evidence - mean) * (evidence - mean) / (2 * variance));
            worse += Math.exp(-(evidence + mean) * (evidence + mean) / (2 * variance));
        }
        return better / (better + worse);
    }

    @Test
    void theSureTargetIsRightWhereTheShownEvidencePromisesLess() {
        Task task = task("post-decision-wager");
        TrialSource trials = task.trials(2, Split.TRAIN);
        int sure = 0;
        int offered = 0;
        for (int index = 0; index < 2_000; index++) {
            Trial trial = Examples.read(trials, index);
            boolean isOffered = input(trial, trial.steps() - 1, 3) == 1;
            double confidence = confidence(trial, 0.1);
            boolean isSure = trial.answer() == 3;
            if (Math.abs(confidence - 0.7) > 1e-4) { // sums of single precision
                assertThat(isSure).isEqualTo(isOffered && confidence < 0.7);
            }
            if (!isSure) {
                assertThat(trial.answer()).isEqualTo((int) trial.drawn(TwoAlternatives.DIRECTION));
            }
            assertThat(isOffered).isEqualTo(trial.factor("sure") == 1);
            assertThat(Examples.target(trial, trial.steps() - 1)).isEqualTo(trial.answer());
            offered += isOffered ? 1 : 0;
            sure += isSure ? 1 : 0;
        }
        assertThat(offered).isBetween(900, 1100);
        double chance = task.response(ChoiceRule.LAST_STEP).chance();
        double fraction = (double) sure / offered;
        assertThat(chance).isCloseTo(0.25 + Math.max(fraction, (1 - fraction) / 2) / 2, within(0.03));
    }

    @Test
    void whoWagersByTheEvidenceIsIdeal() {
        Task task = task("post-decision-wager", "task.sigma=2");

        assertIsIdeal(
                task, trial -> trial.factor("sure") == 1 && confidence(trial, 0.2) < 0.7 ? 3 : largest(trial, 1, 2));
    }

    @Test
    void neurogymsWagerNeverAsksForTheSureTarget() {
        Task task = task("post-decision-wager", "task.sure=never");
        TrialSource trials = task.trials(2, Split.TRAIN);
        for (int index = 0; index < 500; index++) {
            assertThat(Examples.read(trials, index).answer()).isBetween(1, 2);
        }
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isEqualTo(0.5);
        assertIsIdeal(task, trial -> largest(trial, 1, 2));
    }

    /** The sum of the noise is planned and its steps are not: yet the steps are independent of each other. */
    @Test
    void theNoiseOfAWagerIsWhite() {
        TrialSource trials = task("post-decision-wager", "task.coherences=[0]", "task.timing.stimulus=300")
                .trials(4, Split.TRAIN);
        double[][] products = new double[4][4];
        for (int index = 0; index < MANY; index++) {
            Trial trial = Examples.read(trials, index);
            double[] noise = {
                input(trial, 1, 1) - 0.5, input(trial, 1, 2) - 0.5, input(trial, 2, 1) - 0.5, input(trial, 2, 0) - 1
            };
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    products[i][j] += noise[i] * noise[j] / (0.01 * MANY);
                }
            }
        }
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(products[i][j]).isCloseTo(i == j ? 1 : 0, within(5 * 1.5 / Math.sqrt(MANY)));
            }
        }
    }

    /** A delayed response is perceptual decision making with other durations, so that the lowest loss is known, too. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 3})
    void theLowestLossOfADelayedResponseIsKnown(double scale) {
        Task task = task("perceptual-decision-delayed-response", "task.stimulus-scale=" + scale);
        Batching batching = new Batching(Batching.Form.TRIALS, 16, 0, List.of(1.0, 1.0, 1.0, 1.0));

        double loss = task.ideal().orElseThrow().lowestCrossEntropy(batching, 1);

        // 15 of 42 steps ask for a decision, and one trial in five has no evidence.
        assertThat(loss).isBetween(15 / 42.0 * 0.2 * Math.log(2), 15 / 42.0 * 0.35 * Math.log(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"context-decision-making", "multisensory-integration", "delay-comparison", "post-decision-wager"
            })
    void noNoiseLeavesNoDoubt(String kind) {
        Task task = task(kind, "task.sigma=0");

        assertThat(ideal(task)).isBetween(kind.equals("post-decision-wager") ? 0.9 : 1.0, 1.0);
    }

    /** A period that lasts as long as a distribution says by default can have any other length. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "300 | 3 | 3",
                "[200, 400] | 2 | 4",
                "{ uniform = [500, 700] } | 5 | 7",
                "{ truncated-exponential = { mean = 100, min = 500, max = 900 } } | 5 | 9"
            })
    void aDistributionIsAValueAmongOthers(String duration, int min, int max) throws IOException {
        Path file = folder.resolve("context.conf");
        Files.writeString(file, "task.kind = context-decision-making\ntask.timing { delay = " + duration + " }");
        Settings read = Settings.load(file.toFile(), List.of());
        String set = "task.timing.delay=" + duration;

        for (Task task : List.of(TaskFactory.chosen(read), task("context-decision-making", set))) {
            assertThat(task.signature().minSteps()).isEqualTo(11 + min);
            assertThat(task.signature().maxSteps()).isEqualTo(11 + max);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "perceptual-decision-delayed-response | task.stimulus-scale=-1 | task.stimulus-scale = -1: must be from 0 to",
                "perceptual-decision-delayed-response | task.coherences=[-6.4] | without a sign",
                "perceptual-decision-delayed-response | task.timing.stimulus=99 | can be shorter than one step",
                "pulse-decision-making | task.dt=20 | the cue period can be shorter than one step",
                "pulse-decision-making | task.bins=0 | must be a whole number from 1 to 31",
                "pulse-decision-making | task.pulse-probabilities=[0.3] | must be two probabilities",
                "pulse-decision-making | task.pulse-probabilities=[0.3, 1.1] | must be two probabilities",
                "context-decision-making | task.context=both | must be one of explicit, modality-1, modality-2",
                "context-decision-making | task.fixation=never | must be one of until-decision, fixation-only",
                "context-decision-making | task.ring-size=1 | must be a whole number from 2 to",
                "multisensory-integration | task.sigma=-1 | must be a number of at least 0",
                "multisensory-integration | task.observer=me | must be one of untold, told",
                "multisensory-integration | task.timing.delay=100 | there is no key task.timing.delay",
                "post-decision-wager | task.sure=none | must be one of expected-reward, never",
                "post-decision-wager | task.sure-reward=1 | must be above 0 and below 1",
                "delay-comparison | task.pairs=[[10, 18]] | must be pairs of a larger and a smaller value",
                "delay-comparison | task.pairs=[18, 10] | must be pairs of a larger and a smaller value",
                "delay-comparison | task.pairs=[] | must be pairs of a larger and a smaller value",
                "economic-decision-making | task.exchange-rate=2 | none of 2.0 B and 1.0 A is worth more",
                "economic-decision-making | task.offers=[[1, -1]] | must be amounts of B and A",
                "economic-decision-making | task.offers=[[1, 2, 3]] | must be amounts of B and A"
            })
    void aSettingThatIsNoneIsRefused(String kind, String setting, String message) {
        assertThatThrownBy(() -> task(kind, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message.strip());
    }
}
