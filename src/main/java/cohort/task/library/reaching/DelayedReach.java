package cohort.task.library.reaching;

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
import cohort.task.parts.PeriodReading;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Reaching after a delay: a position on a line is shown, and must be reported when the go comes: neurogym's {@code ReachingDelayResponse}.
 *
 * <p>Inputs are go, 1 in the decision, and the stimulus: the position, and -0.5 after it. Outputs are values: go, -1 until the decision and 1
 * in it, and the position, -0.5 until the decision. The position is uniform between the bounds. There is no noise.
 *
 * @param timing stimulus, delay and decision; stimulus and decision at least one step
 * @param low the lowest position
 * @param high the highest position, above the lowest
 * @param tolerance a report that is at most this far off is right, in units of the position
 */
public record DelayedReach(Timing timing, double low, double high, double tolerance) implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "reaching-delay-response";

    /** Names of the periods, in order. */
    static final List<String> PERIODS = List.of("stimulus", "delay", "decision");

    private static final int STIMULUS = 0;
    private static final int DELAY = 1;
    private static final int DECISION = 2;

    /** Channels, and outputs. */
    private static final int GO = 0;

    private static final int POSITION = 1;

    /** Where the position drawn is kept. */
    static final int DRAWN = 0;

    /** What channel and output of the position are when there is none. */
    private static final double NOWHERE = -0.5;

    public DelayedReach {
        if (!(low < high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("positions are not from low to a higher one: " + low + ", " + high);
        }
        if (!(tolerance > 0) || tolerance == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("tolerance is not a number above 0: " + tolerance);
        }
        timing.requireStep(STIMULUS, DECISION);
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("go", GO, 1), new Group("stimulus", POSITION, 1)),
                List.of(new Group("go", GO, 1), new Group("position", POSITION, 1)),
                timing.periods(),
                List.of(new Factor("delay", "ms", "how long to remember the position, where it is one of a list")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setDrawn(DRAWN, low + (high - low) * random.nextDouble());
        into.setAnswer(1);
        timing.draw(random, into);
        into.setFactor(0, timing.factorMillis(into, DELAY));
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        double position = trial.drawn(DRAWN);
        trial.paint(STIMULUS, POSITION, position);
        trial.paint(DELAY, POSITION, NOWHERE);
        trial.paint(DECISION, POSITION, NOWHERE);
        trial.paint(DECISION, GO, 1);
        for (int period = STIMULUS; period <= DECISION; period++) {
            trial.target(period, GO, period == DECISION ? 1 : -1);
            trial.target(period, POSITION, period == DECISION ? position : NOWHERE);
        }
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new Report(rule, low, high, tolerance);
    }

    /**
     * The answer is the position output in the decision, if the go output is above 0 there; else there is none.
     *
     * @param rule whether outputs are those of the last step, or their mean over the decision
     * @param low the lowest position
     * @param high the highest position
     * @param tolerance a report that is at most this far off is right
     */
    private record Report(ChoiceRule rule, double low, double high, double tolerance) implements Response {
        @Override
        public int choices() {
            return 1;
        }

        /** Who has not seen the position reports one that is a tolerance or more away from both bounds. */
        @Override
        public double chance() {
            return Math.min(1, 2 * tolerance / (high - low));
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            if (!(PeriodReading.of(outputs, GO, trial, DECISION, rule) > 0)) {
                return Answer.choice(0, false);
            }
            double position = PeriodReading.of(outputs, POSITION, trial, DECISION, rule);
            return new Answer(1, position, Double.NaN, Math.abs(position - trial.drawn(DRAWN)) <= tolerance);
        }
    }
}
