package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Kinds;
import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.IdealObserver;
import cohort.task.Response;
import cohort.task.Split;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.parts.Ring;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class YangTasksTest {
    private static final int RING = 32;
    private static final int RULE = 1 + 2 * RING;

    private static YangTask task(YangRule rule, String... settings) {
        return YangExamples.task(rule.key(), settings);
    }

    private static boolean isAnti(YangRule rule) {
        return rule.key().endsWith("anti");
    }

    @Test
    void allTasksAreThereAndSayWhatTheyAreAbout() {
        for (YangRule rule : YangRule.values()) {
            TaskFactory kind = (TaskFactory) Kinds.named("task", rule.kind()).orElseThrow();
            assertThat(kind.family()).isEqualTo("yang");
            assertThat(kind.about()).startsWith(rule.title() + ": point");
            assertThat(kind.source()).contains("10.1038/s41593-018-0310-2");
            assertThat(task(rule))
                    .as("equal if its settings are")
                    .isEqualTo(task(rule))
                    .isNotEqualTo(task(rule, "task.sigma=1"));
        }
    }

    /** Who sees the inputs, and knows where stimuli are, finds what is asked for. */
    @ParameterizedTest
    @EnumSource
    void theAnswerFollowsFromWhatIsShown(YangRule rule) {
        YangTask task = task(rule, "task.sigma=0");
        TrialSource trials = task.trials(1, Split.TRAIN);
        int responses = 0;
        for (int index = 0; index < 200; index++) {
            Trial trial = Examples.read(trials, index);
            double expected = solve(task, trial);
            int last = (trial.steps() - 1) * (1 + RING);
            if (Double.isNaN(expected)) {
                assertThat(trial.targets()[last]).isEqualTo(0.8f);
                assertThat(trial.answer()).isZero();
            } else {
                assertThat(trial.targets()[last]).isEqualTo(0.05f);
                float[] bump = Ring.bump(RING, expected, 1);
                for (int unit = 0; unit < RING; unit++) {
                    assertThat(trial.targets()[last + 1 + unit]).isCloseTo(0.05f + bump[unit], within(1e-3f));
                }
                assertThat(trial.answer()).isPositive();
                responses++;
            }
        }
        assertThat(responses).isGreaterThan(50);
    }

    /** The angle that the inputs of a trial ask for; NaN if they ask to keep fixating. */
    private static double solve(YangTask task, Trial trial) {
        YangRule rule = task.frame().rule();
        for (int channel = 0; channel < YangRule.values().length; channel++) {
            assertThat(trial.inputs()[RULE + channel]).isEqualTo(channel == rule.place() ? 1 : 0);
        }
        if (task instanceof YangReach) {
            double angle = direction(trial, 0, trial.steps());
            return isAnti(rule) ? angle + Math.PI : angle;
        }
        if (task instanceof YangDecision decision) {
            double[] strengths = strengths(decision, trial);
            return YangStimulus.of(trial, strengths[0] > strengths[1] ? 1 : 2).angle();
        }
        double first = direction(trial, trial.start(1), trial.end(1));
        double second = direction(trial, trial.start(3), trial.end(3));
        boolean isByPlace = rule.key().startsWith("dms");
        boolean isSamePlace = Ring.distance(first, second) < 0.01;
        boolean isSameSide = (Math.sin(first) > 0) == (Math.sin(second) > 0);
        boolean isMatch = isByPlace ? isSamePlace : isSameSide;
        return isMatch == rule.key().endsWith("nogo") ? Double.NaN : second;
    }

    /** Where both rings together point. */
    private static double direction(Trial trial, int from, int to) {
        double x = 0;
        double y = 0;
        for (int step = from; step < to; step++) {
            for (int unit = 0; unit < 2 * RING; unit++) {
                float input = trial.inputs()[step * trial.channels() + 1 + unit];
                x += input * Math.cos(2 * Math.PI * unit / RING);
                y += input * Math.sin(2 * Math.PI * unit / RING);
            }
        }
        return Math.atan2(y, x);
    }

    /** How strong both stimuli seem in what counts, by least squares of all steps. */
    private static double[] strengths(YangDecision task, Trial trial) {
        float[] bump1 = Ring.bump(RING, YangStimulus.of(trial, 1).angle(), 1);
        float[] bump2 = Ring.bump(RING, YangStimulus.of(trial, 2).angle(), 1);
        double[] by1 = new double[2];
        double[] by2 = new double[2];
        for (int modality = 1; modality <= 2; modality++) {
            boolean counts = task.evidence().of(YangStimulus.in(modality, 0, 1)) > 0;
            for (int step = 0; counts && step < trial.steps(); step++) {
                int at = step * trial.channels() + 1 + (modality - 1) * RING;
                boolean isFirst = step >= trial.start(1) && step < trial.end(1);
                boolean isSecond = task.isDelayed() ? step >= trial.start(3) && step < trial.end(3) : isFirst;
                by1[0] += isFirst ? dot(trial.inputs(), at, bump1) / task.steps(trial, 1) : 0;
                by2[0] += isSecond ? dot(trial.inputs(), at, bump2) / task.steps(trial, 2) : 0;
            }
        }
        double squares = dot(bump1, 0, bump1);
        double overlap = task.isDelayed() ? 0 : dot(bump1, 0, bump2);
        by1[1] = squares * by1[0] - overlap * by2[0];
        by2[1] = squares * by2[0] - overlap * by1[0];
        return new double[] {by1[1], by2[1]};
    }

    private static double dot(float[] a, int from, float[] b) {
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            sum += a[from + i] * b[i];
        }
        return sum;
    }

    /** With a hundred times the noise, who compares strengths is as good as the ideal observer is said to be. */
    @ParameterizedTest
    @EnumSource(names = {"DM1", "CONTEXTDM2", "MULTIDM", "DELAYDM2", "CONTEXTDELAYDM1", "MULTIDELAYDM"})
    void nobodyIsBetterThanTheIdealObserver(YangRule rule) {
        YangDecision task = (YangDecision) task(rule, "task.sigma=5");
        IdealObserver ideal = task.ideal().orElseThrow();
        TrialSource trials = task.trials(4, Split.TEST);
        int number = 3000;
        double expected = 0;
        int right = 0;
        for (int index = 0; index < number; index++) {
            Trial trial = Examples.read(trials, index);
            double[] strengths = strengths(task, trial);
            right += (strengths[0] > strengths[1] ? 1 : 2) == trial.answer() ? 1 : 0;
            expected += ideal.accuracy(trial);
        }
        assertThat(expected / number).isBetween(0.5, 0.98);
        assertThat((double) right / number).isCloseTo(expected / number, within(5 * 0.5 / Math.sqrt(number)));
    }

    @Test
    void whatLimitsAccuracyIsNotTheNoise() {
        YangTask task = task(YangRule.DM1, "task.coherences=[0.01]", "task.timing.stimulus=400");
        assertThat(task.ideal().orElseThrow().accuracy(Examples.read(task.trials(1, Split.TEST), 0)))
                .isCloseTo(0.9987, within(1e-4));
        assertThat(task(YangRule.DMCGO).ideal()).isEmpty();
        assertThat(task(YangRule.DELAYGO).ideal()).isEmpty();
        assertThat(task(YangRule.DM1, "task.sigma=0").ideal()).isEmpty();
    }

    @Test
    void whoGuessesIsRightAsOftenAsTheTaskLets() {
        assertThat(response(YangRule.FDANTI).chance()).isEqualTo(0.2);
        assertThat(response(YangRule.DELAYDM1).chance()).isEqualTo(0.5);
        assertThat(response(YangRule.DELAYDM1).choices()).isEqualTo(2);
        assertThat(response(YangRule.DMSGO).chance()).isEqualTo(0.5);
        assertThat(response(YangRule.DMSGO).choices()).isEqualTo(8);
    }

    private static Response response(YangRule rule, String... settings) {
        return task(rule, settings).response(ChoiceRule.LAST_STEP);
    }

    /** What is asked for is right, at the last step and on average over the response, as values and as logits. */
    @ParameterizedTest
    @EnumSource
    void whoDoesWhatIsAskedForIsRight(YangRule rule) {
        for (String targets : List.of("values", "classes")) {
            YangTask task = task(rule, "task.targets=" + targets);
            TrialSource trials = task.trials(6, Split.TEST);
            for (int index = 0; index < 50; index++) {
                Trial trial = Examples.read(trials, index);
                float scale = targets.equals("values") ? 1 : 20;
                for (ChoiceRule where : ChoiceRule.values()) {
                    Answer answer = task.response(where)
                            .read(trial, (step, output) -> scale * trial.targets()[step * (1 + RING) + output]);
                    assertThat(answer.correct()).isTrue();
                    assertThat(answer.isMissing()).isEqualTo(trial.answer() == 0);
                    if (task instanceof YangDecision) {
                        assertThat(answer.choice()).isEqualTo(trial.answer());
                    }
                }
                assertThat(task.response(ChoiceRule.LAST_STEP)
                                .read(trial, (step, output) -> 0)
                                .correct())
                        .as("a flat ring, and no fixation")
                        .isFalse();
            }
        }
    }

    @Test
    void aDirectionFarFromBothStimuliIsNoChoice() {
        YangTask task = task(YangRule.DM2, "task.timing.fixation=20", "task.timing.stimulus=20");
        Trial trial = YangExamples.show(
                task, new int[] {1, 1, 25}, YangStimulus.in(2, 0, 1.1), YangStimulus.in(2, Math.PI, 0.9));
        assertThat(pointTo(task, trial, 40)).isEqualTo(new Answer(1, 40, Double.NaN, false));
        assertThat(pointTo(task, trial, 30)).isEqualTo(new Answer(1, 30, Double.NaN, true));
        assertThat(pointTo(task, trial, 85)).isEqualTo(new Answer(0, 85, Double.NaN, false));
        assertThat(pointTo(task, trial, 140)).isEqualTo(new Answer(2, 140, Double.NaN, false));
    }

    private static Answer pointTo(YangTask task, Trial trial, double degrees) {
        float[] ring = Ring.bump(RING, Math.toRadians(degrees), 1);
        Answer answer = task.response(ChoiceRule.LAST_STEP).read(trial, (step, o) -> o == 0 ? 0 : ring[o - 1]);
        assertThat(answer.value()).isCloseTo(degrees, within(1e-3));
        return new Answer(answer.choice(), degrees, Double.NaN, answer.correct());
    }

    @ParameterizedTest
    @EnumSource
    void trialsOfABlockShareTimesAndModalities(YangRule rule) {
        YangTask task = task(rule, "task.block-size=4");
        TrialSource source = task.trials(2, Split.TRAIN);
        Set<String> blocks = new HashSet<>();
        for (int block = 0; block < 40; block++) {
            Set<String> trials = new HashSet<>();
            Set<Double> angles = new HashSet<>();
            for (int lane = 0; lane < 4; lane++) {
                Trial trial = Examples.read(source, 4L * block + lane);
                assertThat(source.steps(4L * block + lane)).isEqualTo(trial.steps());
                trials.add(shared(task, trial));
                angles.add(YangStimulus.of(trial, 1).angle());
            }
            assertThat(trials).hasSize(1);
            blocks.addAll(trials);
            assertThat(angles).hasSizeGreaterThan(rule.key().startsWith("dmc") ? 0 : 3);
        }
        assertThat(blocks).hasSizeGreaterThan(20);
    }

    private static String shared(YangTask task, Trial trial) {
        StringBuilder text = new StringBuilder();
        for (int period = 0; period < task.schedule().periods(); period++) {
            text.append(trial.steps(period)).append(' ');
        }
        if (!(task instanceof YangDecision)) {
            text.append(YangStimulus.of(trial, 1).modality())
                    .append(YangStimulus.of(trial, 2).modality());
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void aTrialIsTheSameWhateverWasReadBefore(YangRule rule) {
        for (String block : List.of("task.block-size=1", "task.block-size=4", "task.mode=test")) {
            YangTask task = task(rule, block);
            TrialSource source = task.trials(9, Split.TRAIN);
            Trial reused = new Trial(task.signature());
            for (long index : new long[] {5, 0, 17, 16, 1_000_000_007L, 5}) {
                source.read(index, reused);
                Trial alone = Examples.read(task.trials(9, Split.TRAIN), index);
                assertThat(reused.condition()).isEqualTo(alone.condition());
                assertThat(reused.answer()).isEqualTo(alone.answer());
                assertThat(reused.copyInputs()).isEqualTo(alone.copyInputs());
                int values = alone.steps() * alone.outputs();
                assertThat(Arrays.copyOf(reused.targets(), values)).isEqualTo(Arrays.copyOf(alone.targets(), values));
                assertThat(Arrays.copyOf(reused.weights(), alone.steps()))
                        .isEqualTo(Arrays.copyOf(alone.weights(), alone.steps()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void conditionsAreFew(YangRule rule) {
        for (String mode : List.of("random", "test")) {
            YangTask task = task(rule, "task.mode=" + mode);
            TrialSource trials = task.trials(3, Split.TRAIN);
            Set<String> conditions = new HashSet<>();
            for (int index = 0; index < 300; index++) {
                conditions.add(Examples.read(trials, index).condition().label());
            }
            assertThat(conditions).as(mode).hasSizeBetween(2, 32);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REACTGO", "REACTANTI", "DMSGO", "DMSNOGO", "DMCGO", "DMCNOGO"})
    void theFixationInputStaysUnlessItIsToMarkTheResponse(YangRule rule) {
        for (String fixation : List.of("stays", "until-response")) {
            YangTask task = task(rule, "task.sigma=0", "task.fixation=" + fixation);
            Trial trial = Examples.read(task.trials(1, Split.TRAIN), 0);
            int go = trial.start(task.schedule().response());
            assertThat(trial.inputs()[(go - 1) * trial.channels()]).isEqualTo(1);
            assertThat(trial.inputs()[go * trial.channels()]).isEqualTo(fixation.equals("stays") ? 1 : 0);
        }
    }

    @Test
    void theEasyVersionHasMoreEvidence() {
        assertThat(((YangDecision) task(YangRule.MULTIDM, "task.difficulty=easy")).coherences())
                .containsExactly(0.1, 0.2, 0.4, 0.8);
        assertThat(((YangDecision) task(YangRule.DELAYDM2, "task.difficulty=easy")).coherences())
                .containsExactly(0.16, 0.32, 0.64);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 61, 122})
    void ringsMayHaveAnotherSize(int size) {
        YangTask task = task(YangRule.DELAYANTI, "task.ring-size=" + size, "task.sigma=0");
        Trial trial = Examples.read(task.trials(1, Split.TRAIN), 0);
        assertThat(trial.channels()).isEqualTo(1 + 2 * size + 20);
        assertThat(trial.outputs()).isEqualTo(1 + size);
        Answer answer = task.response(ChoiceRule.LAST_STEP)
                .read(trial, (step, output) -> trial.targets()[step * (1 + size) + output]);
        assertThat(answer.correct()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"squared, 1, 25, 4", "plain, 1, 5, 2"})
    void weightsAreNamed(String mask, float before, float after, float fixation) {
        YangTask task = task(YangRule.FDGO, "task.mask=" + mask);
        Trial trial = Examples.read(task.trials(1, Split.TRAIN), 0);
        int go = trial.start(2);
        assertThat(List.of(trial.weights()[4], trial.weights()[5], trial.weights()[go - 1]))
                .containsExactly(0f, before, before);
        assertThat(List.of(trial.weights()[go], trial.weights()[go + 4], trial.weights()[go + 5]))
                .containsExactly(0f, 0f, after);
        assertThat(task.signature().outputs().get(0).lossWeight()).isEqualTo(fixation);
    }

    @Test
    void normalisedWeightsAreOnceAStepOnAverage() {
        TrialSource trials = task(YangRule.DMCGO, "task.mask=normalised", "task.targets=classes")
                .trials(1, Split.TRAIN);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(trials, index);
            double sum = 0;
            for (int step = 0; step < trial.steps(); step++) {
                sum += trial.weights()[step];
            }
            assertThat(sum).isCloseTo(trial.steps(), within(1e-3));
        }
    }

    @Test
    void weightsThatNobodyMayHaveMeantAreSaid() {
        assertThat(task(YangRule.DMCGO).notes()).isEmpty();
        assertThat(task(YangRule.DMCGO, "task.targets=classes").notes())
                .hasSize(1)
                .first()
                .asString()
                .contains("normalised");
        assertThat(task(YangRule.DMCGO, "task.timing.response=[100, 200]").notes())
                .containsExactly(
                        "task.timing.response may be 100.0 ms, of which nothing counts: task.mask leaves out its first"
                                + " 100.0 ms");
    }

    @ParameterizedTest
    @EnumSource
    void testTrialsAreAGridWithoutNoise(YangRule rule) {
        YangTask task = task(rule, "task.mode=test", "task.block-size=7");
        TrialSource trials = task.trials(1, Split.TEST);
        TrialSource others = task.trials(2, Split.TRAIN);
        assertThat(task.blockSize()).isEqualTo(1);
        assertThat(task.gridSize()).isIn(40, 80, 100, 500);
        assertThat(task(rule).gridSize()).isZero();
        Set<String> shown = new HashSet<>();
        for (int place = 0; place < task.gridSize(); place++) {
            Trial trial = Examples.read(trials, place);
            assertThat(trial.copyInputs())
                    .isEqualTo(Examples.read(others, place).copyInputs());
            assertThat(YangStimulus.asked(trial)).isNotNaN();
            shown.add(YangStimulus.of(trial, 1) + " " + YangStimulus.of(trial, 2));
        }
        assertThat(shown).hasSize(task.gridSize());
        assertThat(Examples.read(trials, task.gridSize()).copyInputs())
                .isEqualTo(Examples.read(trials, 0).copyInputs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fdgo | task.ring-size=2 | task.ring-size = 2: must be a whole number from 3 to",
                "fdgo | task.sigma=-1 | task.sigma = -1: must be at least 0",
                "fdgo | task.tolerance=0 | task.tolerance = 0: must be above 0 and at most 180 degrees",
                "fdgo | task.block-size=0 | task.block-size = 0: must be a whole number from 1",
                "fdgo | task.mask=cubed | squared, plain, normalised",
                "fdgo | task.targets=both | values, classes",
                "fdgo | task.mode=explicit | random, test",
                "fdgo | task.rules=fdgo | must be a list of own or fdgo, reactgo",
                "fdgo | task.rules=[goanti] | must be a list of own or fdgo, reactgo",
                "fdgo | task.rule-values=[1, 2] | for each of the 1 task.rules",
                "fdgo | task.rule-times=[200] | [on, off]",
                "fdgo | task.rule-times=[200, 100] | [on, off]",
                "fdgo | task.timing.stimulus=10 | the stimulus period can be shorter than one step",
                "reactgo | task.timing.response=0 | the response period can be shorter than one step",
                "delaydm1 | task.timing.stimulus2=0 | the stimulus2 period can be shorter than one step",
                "dmsgo | task.fixation=never | stays, until-response",
                "fdgo | task.fixation=stays | there is no key task.fixation",
                "dm1 | task.coherences=[] | must be different numbers above 0 and at most 0.8",
                "dm1 | task.coherences=[0] | must be different numbers above 0",
                "dm1 | task.coherences=[0.1, 0.1] | must be different numbers",
                "dm1 | task.coherences=[0.9] | strength below 0",
                "dm1 | task.difficulty=hard | standard, easy",
            })
    void aSettingThatIsNoneIsRefused(String name, String setting, String message) {
        assertThatThrownBy(() -> YangExamples.task(name, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
