package cohort.task.library.driscoll;

import static cohort.task.library.LibraryTasks.input;
import static cohort.task.library.LibraryTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.IdealObserver;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.parts.Ring;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DriscollTest {
    private static final double TOLERANCE = Math.PI / 10;

    /** What a modality shows at a step: sine, cosine. */
    private static double[] shown(Trial trial, int step, int modality) {
        int first = 2 * modality - 1;
        return new double[] {input(trial, step, first), input(trial, step, first + 1)};
    }

    private static double strength(double[] shown) {
        return Math.hypot(shown[0], shown[1]);
    }

    /** The modality that shows more at a step. */
    private static int modality(Trial trial, int step) {
        return strength(shown(trial, step, 1)) > strength(shown(trial, step, 2)) ? 1 : 2;
    }

    private static double angle(Trial trial, int step) {
        double[] shown = shown(trial, step, modality(trial, step));
        return Math.atan2(shown[0], shown[1]);
    }

    /** Where to point as the inputs of a trial without noise say; NaN if nowhere. */
    private static double target(DriscollRule rule, Trial trial) {
        int first = trial.start(1);
        int response = trial.start(trial.signature().period("response"));
        switch (rule.family()) {
            case REACH:
                return angle(trial, first) + (rule.name().endsWith("ANTI") ? Math.PI : 0);
            case DECISION:
                int second = trial.start(3);
                double balance = 0;
                for (int modality = 1; modality <= 2; modality++) {
                    boolean counts = !rule.name().endsWith("DM" + (3 - modality));
                    balance += counts
                            ? strength(shown(trial, first, modality)) - strength(shown(trial, second, modality))
                            : 0;
                }
                return angle(trial, balance > 0 ? first : second);
            case MATCH:
                double sample = angle(trial, first);
                double test = angle(trial, response);
                boolean isMatch =
                        rule.name().startsWith("DMC") ? sample > 0 == test > 0 : Ring.distance(sample, test) < 1e-3;
                return isMatch == rule.name().endsWith("NOGO") ? Double.NaN : test;
        }
        throw new AssertionError(rule);
    }

    @ParameterizedTest
    @EnumSource(DriscollRule.class)
    void theTargetFollowsFromTheInputs(DriscollRule rule) {
        TrialSource source = task("driscoll-" + rule.label(), "task.sigma=0").trials(3, Split.TRAIN);
        Signature signature = source.signature();
        assertThat(signature.channels()).isEqualTo(20);
        assertThat(signature.outputCount()).isEqualTo(3);
        int response = signature.period("response");
        boolean isCueAStimulus = rule.name().startsWith("REACT") || rule.name().startsWith("DM");
        int pointing = 0;
        for (int index = 0; index < 200; index++) {
            Trial trial = Examples.read(source, index);
            double target = target(rule, trial);
            boolean isPointing = !Double.isNaN(target);
            assertThat(trial.answer() > 0).isEqualTo(isPointing);
            for (int step = 0; step < trial.steps(); step++) {
                boolean isResponse = step >= trial.start(response) && isPointing;
                assertThat(trial.targets()[3 * step]).isEqualTo(isResponse ? 0 : 0.8f);
                assertThat((double) trial.targets()[3 * step + 1])
                        .isCloseTo(isResponse ? Math.sin(target) : 0, within(1e-5));
                assertThat((double) trial.targets()[3 * step + 2])
                        .isCloseTo(isResponse ? Math.cos(target) : 0, within(1e-5));
                assertThat(input(trial, step, 0)).isEqualTo(step < trial.start(response) || isCueAStimulus ? 1f : 0f);
                for (int task = 0; task < 15; task++) {
                    assertThat(input(trial, step, 5 + task)).isEqualTo(task == rule.ordinal() ? 1f : 0f);
                }
            }
            pointing += isPointing ? 1 : 0;
        }
        assertThat(pointing).isBetween(rule.family() == DriscollRule.Family.MATCH ? 70 : 200, 200);
    }

    /** 0 for what begins a trial and for what follows the cue, 1 before it and 25, or 5, after; the fixation output counts more. */
    @Test
    void weightsAreThoseOfTheCodeOrOfThePaper() {
        for (boolean isSquared : new boolean[] {true, false}) {
            TrialSource source = task("driscoll-delaydm1", "task.mask=" + (isSquared ? "squared" : "plain"))
                    .trials(3, Split.TRAIN);
            assertThat(source.signature().outputs().get(0).lossWeight()).isEqualTo(isSquared ? 4 : 2);
            Trial trial = Examples.read(source, 0);
            int response = trial.start(5);
            for (int step = 0; step < trial.steps(); step++) {
                float weight = step < 5 || (step >= response && step < response + 5)
                        ? 0
                        : step < response ? 1 : isSquared ? 25 : 5;
                assertThat(trial.weights()[step]).isEqualTo(weight);
            }
        }
    }

    @Test
    void trialsOfABlockAreEquallyLong() {
        TrialSource blocks = task("driscoll-delaygo").trials(3, Split.TRAIN);
        TrialSource single = task("driscoll-delaygo", "task.block-size=1").trials(3, Split.TRAIN);
        Set<Integer> lengths = new HashSet<>();
        Set<Double> angles = new HashSet<>();
        for (int index = 0; index < 64; index++) {
            Trial trial = Examples.read(blocks, index);
            Trial first = Examples.read(blocks, index - index % 16);
            assertThat(trial.steps()).isEqualTo(first.steps());
            assertThat(trial.factor("modality")).isEqualTo(first.factor("modality"));
            angles.add(trial.drawn(DriscollTask.TARGET));
            lengths.add(Examples.read(single, index).steps());
        }
        assertThat(angles).hasSize(64);
        assertThat(lengths).hasSizeGreaterThan(30);
    }

    @Test
    void listedCoherencesAreConditions() {
        Task task = task("driscoll-contextdelaydm2", "task.coherences=[5, 20, 80]");
        assertThat(task.psychometry()).isPresent();
        TrialSource source = task.trials(3, Split.TRAIN);
        Set<String> conditions = new HashSet<>();
        for (int index = 0; index < 400; index++) {
            conditions.add(Examples.read(source, index).condition().label());
        }
        assertThat(conditions).hasSize(6).contains("coherence=5, congruent=0", "coherence=80, congruent=1");
        Task anyCoherence = task("driscoll-multidelaydm");
        assertThat(anyCoherence.psychometry()).isEmpty();
        assertThat(Examples.read(anyCoherence.trials(3, Split.TRAIN), 0)
                        .condition()
                        .label())
                .isEqualTo("all");
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void pointingIsRightWithinTheTolerance(ChoiceRule rule) {
        Task task = task("driscoll-fdanti");
        Response response = task.response(rule);
        assertThat(response.chance()).isEqualTo(0.1);
        Trial trial = Examples.read(task.trials(3, Split.TEST), 0);
        double target = trial.drawn(DriscollTask.TARGET);
        for (double off : new double[] {0, 0.99, -0.99, 1.01, -1.01, 5, 10}) {
            Answer answer = response.read(trial, pointing(0.4, target + off * TOLERANCE));
            assertThat(answer.choice()).isEqualTo(1);
            assertThat(answer.correct()).isEqualTo(Math.abs(off) < 1);
            assertThat(Ring.distance(Math.toRadians(answer.value()), target + off * TOLERANCE))
                    .isLessThan(1e-6);
            assertThat(answer.value()).isBetween(0.0, 360.0);
        }
        assertThat(response.read(trial, pointing(0.6, target))).isEqualTo(Answer.choice(0, false));
        assertThat(response.read(trial, (step, output) -> 0)).isEqualTo(Answer.choice(0, false));
    }

    private static Outputs pointing(double fixation, double angle) {
        return (step, output) ->
                (float) (output == 0 ? fixation : output == 1 ? 0.7 * Math.sin(angle) : 0.7 * Math.cos(angle));
    }

    @Test
    void notPointingIsRightWhereNothingIsAskedFor() {
        Task task = task("driscoll-dmsgo");
        Response response = task.response(ChoiceRule.LAST_STEP);
        assertThat(response.chance()).isEqualTo(0.5);
        TrialSource source = task.trials(3, Split.TEST);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(source, index);
            double test = trial.drawn(DriscollTask.LOCATION_2);
            assertThat(response.read(trial, pointing(0.8, 0))).isEqualTo(Answer.choice(0, trial.answer() == 0));
            assertThat(response.read(trial, pointing(0, test)).correct()).isEqualTo(trial.answer() == 1);
            assertThat(response.read(trial, (step, output) -> 0)).isEqualTo(Answer.choice(0, false));
        }
    }

    @Test
    void theNearerStimulusIsTheChoice() {
        Task task = task("driscoll-delaydm2");
        Response response = task.response(ChoiceRule.LAST_STEP);
        assertThat(response.choices()).isEqualTo(2);
        TrialSource source = task.trials(3, Split.TEST);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(source, index);
            int answer = trial.answer();
            double right = trial.drawn(answer == 1 ? DriscollTask.LOCATION_1 : DriscollTask.LOCATION_2);
            double wrong = trial.drawn(answer == 1 ? DriscollTask.LOCATION_2 : DriscollTask.LOCATION_1);
            assertThat(response.read(trial, pointing(0, right)).correct()).isTrue();
            assertThat(response.read(trial, pointing(0, right)).choice()).isEqualTo(answer);
            assertThat(response.read(trial, pointing(0, wrong)).correct()).isFalse();
            assertThat(response.read(trial, pointing(0, wrong)).choice()).isEqualTo(3 - answer);
        }
    }

    /** Who adds up the inputs does as well as the ideal observer; comparing, it does not know the mean strength, and so a bit worse. */
    @ParameterizedTest
    @CsvSource({"delaygo, 0.003", "reactanti, 0.01", "fdgo, 0.003", "dmcgo, 0.015", "dmsnogo, 0.015", "delaydm1, 0.03"})
    void addingUpTheInputsReachesTheCeiling(String name, double margin) {
        Task task = task("driscoll-" + name, "task.sigma=4.4721360", "task.block-size=1");
        DriscollRule rule = ((DriscollTask) task).rule();
        IdealObserver ideal = task.ideal().orElseThrow();
        TrialSource source = task.trials(3, Split.TEST);
        double right = 0;
        double expected = 0;
        int trials = 4000;
        for (int index = 0; index < trials; index++) {
            Trial trial = Examples.read(source, index);
            expected += ideal.accuracy(trial);
            right += isRight(rule, trial) ? 1 : 0;
        }
        double error = 3 * Math.sqrt(0.25 / trials);
        assertThat(right / trials).isBetween(expected / trials - margin - error, expected / trials + error);
        assertThat(expected / trials).isBetween(0.6, 0.99);
    }

    private static boolean isRight(DriscollRule rule, Trial trial) {
        int last = trial.signature().periods().size() - 1;
        switch (rule.family()) {
            case REACH:
                int end = rule == DriscollRule.DELAYGO ? trial.end(1) : trial.steps();
                double off = Ring.distance(
                        phase(trial, 1, trial.start(1), end) + (rule.isAnti() ? Math.PI : 0),
                        trial.drawn(DriscollTask.TARGET));
                return off < TOLERANCE;
            case DECISION:
                double first = projection(trial, DriscollTask.LOCATION_1, 1);
                double second = projection(trial, DriscollTask.LOCATION_2, 3);
                return first > second == (trial.answer() == 1);
            case MATCH:
                double sample = phase(trial, 1, trial.start(1), trial.end(1));
                double test = phase(trial, 2, trial.start(last), trial.steps());
                double error = Math.sqrt(1.0 / trial.steps(1) + 1.0 / trial.steps(last));
                boolean isMatch =
                        rule.isCategory() ? sample > 0 == test > 0 : likelihood(Ring.distance(sample, test), error) > 1;
                return isMatch == (trial.factor("match") == 1);
        }
        throw new AssertionError(rule);
    }

    /** Of a match, by numerical integration over all differences of those that are none. */
    private static double likelihood(double difference, double error) {
        double other = 0;
        int nodes = 200;
        for (int i = 0; i < nodes; i++) {
            double z = (difference - Math.PI / 9 * (1 + 8 * (i + 0.5) / nodes)) / error;
            other += Math.exp(-z * z / 2) / nodes;
        }
        return 2 * Math.exp(-difference * difference / (2 * error * error)) / other;
    }

    private static double phase(Trial trial, int stimulus, int from, int end) {
        double modality = rulesModality(trial, stimulus);
        double sine = 0;
        double cosine = 0;
        for (int step = from; step < end; step++) {
            double[] shown = shown(trial, step, (int) modality);
            sine += shown[0];
            cosine += shown[1];
        }
        return Math.atan2(sine, cosine);
    }

    private static double rulesModality(Trial trial, int stimulus) {
        boolean isOne = trial.signature().factors().size() == 1;
        return trial.factor(isOne ? "modality" : "modality_" + stimulus);
    }

    private static double projection(Trial trial, int location, int period) {
        double sum = 0;
        for (int step = trial.start(period); step < trial.end(period); step++) {
            double[] shown = shown(trial, step, 1);
            sum += shown[0] * Math.sin(trial.drawn(location)) + shown[1] * Math.cos(trial.drawn(location));
        }
        return sum / trial.steps(period);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "driscoll-fdgo | task.sigma=-1 | task.sigma = -1: must be a number of at least 0",
                "driscoll-fdgo | task.tolerance=91 | must be above 0 and at most 90 degrees",
                "driscoll-fdgo | task.mask=cubic | must be one of plain, squared",
                "driscoll-fdgo | task.timing.response=110 | the response period can be shorter than one step",
                "driscoll-fdgo | task.timing.stimulus={ uniform = [0, 100] } | the stimulus period can be shorter than one step",
                "driscoll-fdgo | task.coherences=[1] | there is no key task.coherences",
                "driscoll-delaydm1 | task.coherences=[81] | must be different percentages above 0",
                "driscoll-delaydm1 | task.coherence-range=[8] | must be the smallest and the largest coherence"
            })
    void aSettingThatIsNoneIsRefused(String kind, String setting, String message) {
        assertThatThrownBy(() -> task(kind, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
