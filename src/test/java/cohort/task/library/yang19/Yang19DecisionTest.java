package cohort.task.library.yang19;

import static cohort.task.library.LibraryTasks.input;
import static cohort.task.library.LibraryTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.IdealObserver;
import cohort.task.RandomStreams;
import cohort.task.Response;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Yang19DecisionTest {
    /** Without noise, the heights of the bumps at the two locations say which stimulus is stronger, where they do not overlap. */
    @ParameterizedTest
    @CsvSource({
        "dm1, 1, 0", "dm2, 0, 1", "ctxdm1, 1, 0", "ctxdm2, 0, 1", "multidm, 1, 1",
        "dlydm1, 1, 0", "dlydm2, 0, 1", "ctxdlydm1, 1, 0", "ctxdlydm2, 0, 1", "multidlydm, 1, 1"
    })
    void theAnswerFollowsFromTheInputs(String name, int counts1, int counts2) {
        Task task = task("yang19-" + name, "task.sigma=0");
        boolean isDelayed = name.contains("dly");
        TrialSource source = task.trials(3, Split.TRAIN);
        int compared = 0;
        for (int index = 0; index < 400; index++) {
            Trial trial = Examples.read(source, index);
            int unit1 = (int) trial.drawn(Yang19Decision.UNIT_1);
            int unit2 = (int) trial.drawn(Yang19Decision.UNIT_2);
            int second = isDelayed ? Yang19Decision.SECOND_STIMULUS : Yang19Decision.STIMULUS;
            double difference = 0;
            for (int modality = 1; modality <= 2; modality++) {
                int first = Yang19Rings.firstChannel(modality, 16);
                difference += (modality == 1 ? counts1 : counts2)
                        * (input(trial, trial.start(Yang19Decision.STIMULUS), first + unit1)
                                - input(trial, trial.start(second), first + unit2))
                        / 0.8;
            }
            boolean areFar = Math.min(Math.floorMod(unit1 - unit2, 16), Math.floorMod(unit2 - unit1, 16)) > 5;
            if (areFar || isDelayed) {
                assertThat(Math.abs(difference) * 100).isCloseTo(trial.factor("evidence"), within(1e-3));
            }
            int asked = 1 + (trial.answer() == 1 ? unit1 : unit2);
            assertThat(Examples.target(trial, trial.steps() - 1)).isEqualTo(asked);
            if (trial.factor("evidence") > 0 && (areFar || isDelayed)) {
                assertThat(trial.answer()).isEqualTo(difference > 0 ? 1 : 2);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void theEndOfTheFixationInputIsTheGoCue() {
        Trial cued = Examples.read(task("yang19-dm1").trials(3, Split.TRAIN), 0);
        Trial original =
                Examples.read(task("yang19-dm1", "task.fixation=fixation-only").trials(3, Split.TRAIN), 0);
        for (int step = 0; step < cued.steps(); step++) {
            assertThat(input(cued, step, 0)).isEqualTo(step < cued.start(2) ? 1f : 0f);
            assertThat(input(original, step, 0)).isEqualTo(step < cued.start(1) ? 1f : 0f);
        }
    }

    /** Of contexts, the other modality is as often for the answer as against it; of sums, what they are made of adds up. */
    @Test
    void factorsSayWhatTheModalitiesSayForTheAnswer() {
        int[] congruent = new int[2];
        TrialSource context = task("yang19-ctxdm2").trials(3, Split.TRAIN);
        TrialSource both = task("yang19-multidm").trials(3, Split.TRAIN);
        for (int index = 0; index < 400; index++) {
            Trial trial = Examples.read(context, index);
            assertThat(trial.factor("evidence")).isIn(8.0, 16.0, 32.0, 64.0);
            congruent[trial.factor("distractor") > 0 ? 1 : 0]++;
            trial = Examples.read(both, index);
            assertThat(trial.factor("modality_1") + trial.factor("modality_2")).isEqualTo(trial.factor("evidence"));
        }
        assertThat(congruent[0]).isBetween(150, 250);
    }

    /** Figures of neurogym's task, with stimuli of 500 ms. */
    @Test
    void theIdealObserverDoesAsWellAsIsPossible() {
        Task task = task("yang19-dm2");
        IdealObserver observer = task.ideal().orElseThrow();
        TrialSource source = task.trials(11, Split.TEST);
        Map<Double, Map<Integer, Double>> accuracies =
                new TreeMap<>(); // by evidence, and by how far apart the stimuli are
        for (int index = 0; index < 4000; index++) {
            Trial trial = Examples.read(source, index);
            int apart =
                    Math.floorMod((int) (trial.drawn(Yang19Decision.UNIT_2) - trial.drawn(Yang19Decision.UNIT_1)), 16);
            accuracies
                    .computeIfAbsent(trial.factor("evidence"), evidence -> new TreeMap<>())
                    .put(apart, observer.accuracy(trial));
        }
        double[] expected = {0.879, 0.981, 0.999, 1};
        for (int i = 0; i < expected.length; i++) {
            Map<Integer, Double> byDistance = accuracies.get(8.0 * Math.pow(2, i));
            assertThat(byDistance).hasSize(15);
            assertThat(byDistance.values().stream()
                            .mapToDouble(a -> a)
                            .average()
                            .orElseThrow())
                    .isCloseTo(expected[i], within(5e-4));
        }
        assertThat(accuracies.get(8.0).get(1)).isCloseTo(0.737, within(5e-4));
        assertThat(ideal("yang19-dm2").get(Double.NaN)).isCloseTo(0.9648, within(2e-3));
        assertThat(ideal("yang19-ctxdm1").get(8.0)).isCloseTo(0.879, within(2e-3));
        assertThat(ideal("yang19-dlydm1").get(Double.NaN)).isCloseTo(1, within(1e-4));
    }

    /** Ties of two modalities are as frequent as in neurogym's, and decided by a coin. */
    @Test
    void equalSumsAreACoinsToss() {
        assertThat(ideal("yang19-multidm", "task.sigma=0").get(Double.NaN)).isCloseTo(0.9375, within(2e-3));
        assertThat(ideal("yang19-multidlydm").get(Double.NaN)).isCloseTo(0.9167, within(2e-3));
        assertThat(ideal("yang19-multidm").get(0.0)).isEqualTo(0.5);
        assertThat(ideal("yang19-multidm").get(8.0)).isBetween(0.75, 0.95);
        TrialSource source = task("yang19-multidm").trials(3, Split.TRAIN);
        int ties = 0;
        int first = 0;
        for (int index = 0; index < 4000; index++) {
            Trial trial = Examples.read(source, index);
            if (trial.factor("evidence") == 0) {
                ties++;
                first += trial.answer() == 1 ? 1 : 0;
            }
        }
        assertThat(ties).isBetween(400, 600);
        assertThat(first / (double) ties).isBetween(0.4, 0.6);
    }

    /** Mean of the ideal observer's accuracy by evidence, and over all trials under NaN. */
    private static Map<Double, Double> ideal(String kind, String... settings) {
        Task task = task(kind, settings);
        IdealObserver observer = task.ideal().orElseThrow();
        assertThat(observer.lowestCrossEntropy(new Batching(Batching.Form.TRIALS, 16, 100, List.of(1.0, 1.0, 1.0)), 1))
                .isNaN();
        TrialSource source = task.trials(11, Split.TEST);
        Map<Double, double[]> sums = new TreeMap<>();
        for (int index = 0; index < 40_000; index++) {
            Trial trial = new Trial(source.signature());
            trial.begin(index);
            task.plan(RandomStreams.of(11, Split.TEST, index), trial);
            double accuracy = observer.accuracy(trial);
            for (double key : new double[] {trial.factor("evidence"), Double.NaN}) {
                double[] sum = sums.computeIfAbsent(key, k -> new double[2]);
                sum[0] += accuracy;
                sum[1]++;
            }
        }
        Map<Double, Double> means = new TreeMap<>();
        sums.forEach((key, sum) -> means.put(key, sum[0] / sum[1]));
        return means;
    }

    /** An observer that calculates the posterior of each pair by itself, in simulated trials. */
    @ParameterizedTest
    @CsvSource({"true, 0.1, 0.1", "false, 0.2, 0.2", "false, 0.1, 0.4", "false, 0.5, 0.1"})
    void twoEstimatesAreCombinedAsBayesWould(boolean isSum, double error1, double error2) {
        double[] values = isSum ? new double[] {0.16, -0.16, 0.08, -0.08, 0.32, -0.32} : new double[] {1, 0.3, 0.6};
        Yang19PairObserver observer = isSum
                ? Yang19PairObserver.ofSum(values, error1)
                : Yang19PairObserver.ofDifference(values, error1, error2);
        UniformRandomProvider random = RandomStreams.of(5, Split.TEST, 0);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        for (double a : values) {
            for (double b : values) {
                double asked = outcome(isSum, a, b);
                if (asked == 0) {
                    assertThat(observer.accuracy(a, b)).isEqualTo(0.5);
                    continue;
                }
                int right = 0;
                int trials = 20_000;
                for (int trial = 0; trial < trials; trial++) {
                    double u = a + error1 * normal.sample();
                    double v = b + error2 * normal.sample();
                    double balance = 0;
                    for (double x : values) {
                        for (double y : values) {
                            double p = Math.pow((u - x) / error1, 2) + Math.pow((v - y) / error2, 2);
                            balance += outcome(isSum, x, y) * Math.exp(-p / 2);
                        }
                    }
                    right += balance * asked > 0 ? 1 : 0;
                }
                double expected = observer.accuracy(a, b);
                double standardError = Math.sqrt(expected * (1 - expected) / trials);
                assertThat(right / (double) trials).isCloseTo(expected, within(5 * standardError + 1e-4));
            }
        }
    }

    private static double outcome(boolean isSum, double a, double b) {
        double result = isSum ? a + b : a - b;
        return Math.abs(result) < 1e-9 ? 0 : Math.signum(result);
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void pointingToAStimulusIsAChoice(ChoiceRule rule) {
        Task task = task("yang19-dm2");
        Response response = task.response(rule);
        assertThat(response.choices()).isEqualTo(2);
        assertThat(response.chance()).isEqualTo(0.5);
        TrialSource source = task.trials(3, Split.TEST);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(source, index);
            int unit1 = (int) trial.drawn(Yang19Decision.UNIT_1);
            int unit2 = (int) trial.drawn(Yang19Decision.UNIT_2);
            for (int pointed = 0; pointed <= 16; pointed++) {
                int output = pointed;
                int choice = pointed == 1 + unit1 ? 1 : pointed == 1 + unit2 ? 2 : 0;
                assertThat(response.read(trial, (step, o) -> o == output ? 1 : 0))
                        .isEqualTo(Answer.choice(choice, choice == trial.answer()));
            }
        }
    }

    /** Noise is drawn anew at each step. */
    @Test
    void noiseIsIndependentFromStepToStep() {
        TrialSource source = task("yang19-dm2", "task.coherences=[0]").trials(3, Split.TEST);
        double product = 0;
        double square = 0;
        int count = 0;
        for (int index = 0; index < 500; index++) {
            Trial trial = Examples.read(source, index);
            for (int step = trial.start(1); step + 1 < trial.end(1); step++) {
                for (int channel = 1; channel <= 16; channel++) { // which shows nothing
                    product += input(trial, step, channel) * input(trial, step + 1, channel);
                    square += input(trial, step, channel) * input(trial, step, channel);
                    count++;
                }
            }
        }
        assertThat(product / square).isCloseTo(0, within(5 / Math.sqrt(count)));
        assertThat(Math.sqrt(square / count)).isCloseTo(0.1, within(2e-3));
    }

    @Test
    void fractionsAreNoted() {
        assertThat(task("yang19-dm1").notes()).isEmpty();
        assertThat(task("yang19-dm1", "task.coherences=[0.08, 0.64]").notes())
                .singleElement()
                .asString()
                .contains("are percent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yang19-dm1 | task.coherences=[101] | must be different percentages, 0 to 100",
                "yang19-dm1 | task.coherences=[] | must be different percentages",
                "yang19-dm1 | task.strengths=[1] | there is no key task.strengths",
                "yang19-dlydm1 | task.strengths=[1] | must be different strengths, two at least",
                "yang19-dlydm1 | task.strengths=[1, 1] | must be different strengths",
                "yang19-dlydm1 | task.timing.stim2=10 | the stim2 period can be shorter than one step",
                "yang19-dm1 | task.sigma=-1 | task.sigma = -1: must be a number of at least 0",
                "yang19-dm1 | task.sigma=1e30 | must be at most 1.0E15",
                "yang19-dm1 | task.fixation=never | must be one of until-decision, fixation-only"
            })
    void aSettingThatIsNoneIsRefused(String kind, String setting, String message) {
        assertThatThrownBy(() -> task(kind, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
