package cohort.task.library.matching;

import cohort.task.Answer;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.PeriodReading;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Dual delayed match to sample: two items are remembered, and tested one after the other; a cue says which comes next. The task of Rose et
 * al. (2016, <a href="https://doi.org/10.1126/science.aah7011">doi</a>) in the form of neurogym's {@code DualDelayMatchSample}.
 *
 * <p>Inputs are fixation, (cos, sin) of item 1, (cos, sin) of item 2, cue 1 and cue 2. Both items are shown in the sample period, at 0 or 90
 * degrees each. A cue is 1 in the cue period before its item's test, in which the item is shown again, alone and as it was (match) or at the
 * other angle. Outputs are fixate, match and non-match, asked for in both tests. Noise has the standard deviation sigma / sqrt(dt) at
 * each step of the sample and of the tests.
 *
 * @param timing fixation, sample, and twice a delay, a cue and a test; sample and tests at least one step
 * @param sigma noise; its standard deviation at one step is sigma / sqrt(dt)
 * @param form what fixation and noise are like
 */
public record DualMatch(Timing timing, double sigma, Form form) implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "dual-delay-match-sample";

    /** Names of the periods, in order. */
    static final List<String> PERIODS =
            List.of("fixation", "sample", "delay1", "cue1", "test1", "delay2", "cue2", "test2");

    /** What fixation and noise are like. */
    public enum Form {
        /** Fixation is off in both tests, and items alone are noisy. */
        REPAIRED,
        /** Fixation is always on, and all inputs are noisy where items are. */
        ORIGINAL
    }

    private static final int FIXATION = 0;
    private static final int SAMPLE = 1;
    private static final int DELAY1 = 2;
    private static final int CUE1 = 3;
    private static final int TEST1 = 4;
    private static final int DELAY2 = 5;
    private static final int CUE2 = 6;
    private static final int TEST2 = 7;

    /** Places of the factors; that of item 2 follows that of item 1. */
    private static final int SAMPLE_OF = 0;

    private static final int MATCH_OF = 2;
    private static final int FIRST_ITEM = 4;

    /** Channels: two of each item, one of each cue. */
    private static final int ITEMS = 1;

    private static final int CUES = 5;
    private static final int CHANNELS = 7;

    public DualMatch {
        if (!(sigma >= 0) || sigma == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("sigma is not a number of at least 0: " + sigma);
        }
        timing.requireStep(SAMPLE, TEST1, TEST2);
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(
                        new Group("fixation", 0, 1),
                        new Group("stimulus1", ITEMS, 2),
                        new Group("stimulus2", ITEMS + 2, 2),
                        new Group("cue1", CUES, 1),
                        new Group("cue2", CUES + 1, 1)),
                List.of(new Group("choice", 0, 3)),
                timing.periods(),
                List.of(
                        new Factor("sample1", "°", "angle of item 1"),
                        new Factor("sample2", "°", "angle of item 2"),
                        new Factor("match1", "", "1: item 1 is tested with what it was; 0: it is not"),
                        new Factor("match2", "", "1: item 2 is tested with what it was; 0: it is not"),
                        new Factor("first_item", "", "the item that is tested first")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        for (int item = 0; item < 2; item++) {
            into.setFactor(SAMPLE_OF + item, 90 * random.nextInt(2));
            into.setFactor(MATCH_OF + item, random.nextInt(2));
        }
        int firstItem = random.nextInt(2);
        into.setFactor(FIRST_ITEM, 1 + firstItem);
        into.setAnswer(answer(choice(into, firstItem), choice(into, 1 - firstItem)));
        timing.draw(random, into);
    }

    /** What is right to choose for an item: 1, match, or 2, non-match. */
    private static int choice(Trial trial, int item) {
        return trial.factor(MATCH_OF + item) == 1 ? 1 : 2;
    }

    /** Both choices, 1 or 2 each, as one answer: 1 to 4. */
    static int answer(int atTest1, int atTest2) {
        return 2 * atTest1 + atTest2 - 2;
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period : new int[] {FIXATION, SAMPLE, DELAY1, CUE1, DELAY2, CUE2}) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        int firstItem = (int) trial.factor(FIRST_ITEM) - 1;
        for (int item = 0; item < 2; item++) {
            int test = item == firstItem ? TEST1 : TEST2;
            boolean isAtRightAngle = trial.factor(SAMPLE_OF + item) != 0;
            boolean isMatch = trial.factor(MATCH_OF + item) == 1;
            paintItem(trial, SAMPLE, item, isAtRightAngle);
            trial.paint(item == firstItem ? CUE1 : CUE2, CUES + item, 1);
            paintItem(trial, test, item, isAtRightAngle == isMatch);
            trial.target(test, choice(trial, item));
            if (form == Form.ORIGINAL) {
                trial.paint(test, 0, 1);
            }
        }
        int firstNoisy = form == Form.ORIGINAL ? 0 : ITEMS;
        int noisy = form == Form.ORIGINAL ? CHANNELS : CUES - ITEMS;
        for (int period : new int[] {SAMPLE, TEST1, TEST2}) {
            trial.addNoise(random, period, firstNoisy, noisy, sigmaPerStep());
        }
    }

    /** Shows (cos, sin) of 0 or 90 degrees. */
    private static void paintItem(Trial trial, int period, int item, boolean isAtRightAngle) {
        trial.paint(period, ITEMS + 2 * item + (isAtRightAngle ? 1 : 0), 1);
    }

    private double sigmaPerStep() {
        return sigma / Math.sqrt(timing.dtMillis());
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new TwoChoices(rule);
    }

    /**
     * The answer is both choices, each the largest output in its test, as one number: 1 both match, 2 only the first, 3 only the second, 4 none.
     * It is right if both are; who fixates in a test gives no answer.
     *
     * @param rule whether outputs of a test are those of its last step, or their mean
     */
    private record TwoChoices(ChoiceRule rule) implements Response {
        @Override
        public int choices() {
            return 4;
        }

        @Override
        public double chance() {
            return 0.25;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            int atTest1 = PeriodReading.largest(outputs, 3, trial, TEST1, rule);
            int atTest2 = PeriodReading.largest(outputs, 3, trial, TEST2, rule);
            if (atTest1 == 0 || atTest2 == 0) {
                return Answer.choice(0, false);
            }
            int choice = answer(atTest1, atTest2);
            return Answer.choice(choice, choice == trial.answer());
        }
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new Observer(this));
    }

    /** Who adds up what it sees of each item, in the sample and in its test; see {@link DelayMatchObserver}. */
    private record Observer(DualMatch task) implements IdealObserver {
        @Override
        public double accuracy(Trial trial) {
            return right(trial, TEST1) * right(trial, TEST2);
        }

        private double right(Trial trial, int test) {
            return DelayMatchObserver.ofBoth(wrong(trial.steps(SAMPLE)), wrong(trial.steps(test)));
        }

        private double wrong(int steps) {
            return DelayMatchObserver.wrongOfTwo(DelayMatchObserver.distance(2, steps, task.sigmaPerStep()));
        }

        /** Nobody knows. */
        @Override
        public double lowestCrossEntropy(Batching batching, long seed) {
            return Double.NaN;
        }
    }
}
