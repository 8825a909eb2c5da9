package cohort.task.library.matching;

import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.FixationMode;
import cohort.task.parts.PeriodReading;
import cohort.task.parts.Ring;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Delayed match to sample with distractors: after a sample come three tests, one of which is the sample again, and the network must go at
 * that one. The task of Miller et al. (1996, <a href="https://doi.org/10.1523/JNEUROSCI.16-16-05154.1996">doi</a>) in the form of
 * neurogym's {@code DelayMatchSampleDistractor1D}.
 *
 * <p>Inputs are fixation and a ring of R channels, of which channel i shows {@code cos(2 pi i / R - angle)} in the sample and test periods,
 * without noise. Outputs are fixate and go; go is asked for throughout the matching test. Angles are anywhere on the circle.
 *
 * @param timing fixation, sample, and three times a delay and a test; sample and tests at least one step
 * @param ringSize number of stimulus channels, at least 3
 * @param distanceDegrees distractors are at least this far from the sample, from 0 to below 180
 * @param fixationMode when the fixation input is on; until-decision: up to the first test
 */
public record DistractorMatch(Timing timing, int ringSize, double distanceDegrees, FixationMode fixationMode)
        implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "delay-match-sample-distractor";

    /** Names of the periods, in order. */
    static final List<String> PERIODS =
            List.of("fixation", "sample", "delay1", "test1", "delay2", "test2", "delay3", "test3");

    private static final int SAMPLE = 1;
    private static final int TESTS = 3;

    /** What is drawn: the angle of the sample, and after it those of the tests. */
    static final int SAMPLE_ANGLE = 0;

    public DistractorMatch {
        if (ringSize < 3) {
            throw new IllegalArgumentException("ring size is not at least 3: " + ringSize);
        }
        if (!(distanceDegrees >= 0 && distanceDegrees < 180)) {
            throw new IllegalArgumentException(
                    "distance of distractors is not from 0 to below 180 degrees: " + distanceDegrees);
        }
        timing.requireStep(SAMPLE, test(1), test(2), test(3));
    }

    /** Place of the period of a test, which are numbered from 1 on. */
    private static int test(int number) {
        return SAMPLE + 2 * number;
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("fixation", 0, 1), new Group("stimulus", 1, ringSize)),
                List.of(new Group("choice", 0, 2)),
                timing.periods(),
                List.of(new Factor("match", "", "which of the tests is the sample again")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int match = 1 + random.nextInt(TESTS);
        double sample = 2 * Math.PI * random.nextDouble();
        double distance = Math.toRadians(distanceDegrees);
        into.setDrawn(SAMPLE_ANGLE, sample);
        for (int test = 1; test <= TESTS; test++) {
            double away = distance + 2 * (Math.PI - distance) * random.nextDouble();
            into.setDrawn(SAMPLE_ANGLE + test, test == match ? sample : (sample + away) % (2 * Math.PI));
        }
        into.setFactor(0, match);
        into.setAnswer(match);
        timing.draw(random, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int fixations = fixationMode == FixationMode.FIXATION_ONLY ? SAMPLE : test(1);
        for (int period = 0; period < PERIODS.size(); period++) {
            trial.paint(period, 0, period < fixations ? 1 : 0);
            trial.target(period, period == test(trial.answer()) ? 1 : 0);
        }
        trial.paint(SAMPLE, 1, Ring.cosine(ringSize, trial.drawn(SAMPLE_ANGLE), 0, 1));
        for (int test = 1; test <= TESTS; test++) {
            trial.paint(test(test), 1, Ring.cosine(ringSize, trial.drawn(SAMPLE_ANGLE + test), 0, 1));
        }
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new FirstTest(rule);
    }

    /**
     * The choice is the first test at which go is the larger output; who goes at none gives no answer. What outputs are between the tests does
     * not count.
     *
     * @param rule whether outputs of a test are those of its last step, or their mean
     */
    private record FirstTest(ChoiceRule rule) implements Response {
        @Override
        public int choices() {
            return TESTS;
        }

        @Override
        public double chance() {
            return 1.0 / TESTS;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            for (int test = 1; test <= TESTS; test++) {
                if (PeriodReading.largest(outputs, 2, trial, test(test), rule) == 1) {
                    return Answer.choice(test, test == trial.answer());
                }
            }
            return Answer.choice(0, false);
        }
    }
}
