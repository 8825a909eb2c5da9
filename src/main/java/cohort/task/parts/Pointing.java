package cohort.task.parts;

import cohort.task.ChoiceRule;
import cohort.task.Circle;
import cohort.task.Outputs;
import cohort.task.Trial;
import java.io.Serializable;

/**
 * Where a network points that has an output for fixation, output 0, and a ring of outputs after it: where the ring's population vector
 * does, the mean of its units' directions weighted by the outputs. The sum is not divided by that of the outputs, which would turn it
 * around where that is negative. Directions are in degrees.
 *
 * @param rule whether outputs are those of the last step, or the mean over the response period
 * @param ringSize units of the ring; unit i stands for 360 i / ringSize degrees
 * @param period place of the response period
 * @param toleranceDegrees a direction that is less than this off is right
 * @param isSoftmax whether outputs are logits, and what counts are their softmax over fixation and ring
 */
public record Pointing(ChoiceRule rule, int ringSize, int period, double toleranceDegrees, boolean isSoftmax)
        implements Serializable {
    /** The ring's first output. */
    private static final int FIRST = 1;

    /** Above this, the fixation output says that there is no response yet. */
    private static final double STILL_FIXATING = 0.5;

    /** Rounding is all that a population vector below this fraction of the outputs' size is made of. */
    private static final double FLAT = 1e-9;

    public Pointing {
        if (!(toleranceDegrees > 0 && toleranceDegrees <= 180)) {
            throw new IllegalArgumentException("tolerance is not above 0 and at most 180 degrees: " + toleranceDegrees);
        }
    }

    /**
     * What a network's outputs say.
     *
     * @param isFixating whether its fixation output says that it does not respond
     * @param direction where its ring points, 0 to 360 degrees, whether or not it fixates; NaN if all units are alike
     */
    public record Seen(boolean isFixating, double direction) {
        /** Whether it points somewhere. */
        public boolean isResponse() {
            return !isFixating && !Double.isNaN(direction);
        }
    }

    /** What the outputs of a trial say: fixation and ring, [1 + ringSize] at each step. */
    public Seen read(Trial trial, Outputs outputs) {
        int first = rule == ChoiceRule.LAST_STEP ? trial.steps() - 1 : trial.start(period);
        double[] sums = sums(outputs, first, trial.steps());
        double x = 0;
        double y = 0;
        double size = 0;
        for (int unit = 0; unit < ringSize; unit++) {
            double output = sums[FIRST + unit];
            x += output * Math.cos(2 * Math.PI * unit / ringSize);
            y += output * Math.sin(2 * Math.PI * unit / ringSize);
            size += Math.abs(output);
        }
        boolean isFixating = sums[0] > STILL_FIXATING * (trial.steps() - first);
        boolean isFlat = !(Math.hypot(x, y) > FLAT * size);
        return new Seen(isFixating, isFlat ? Double.NaN : (Math.toDegrees(Math.atan2(y, x)) + 360) % 360);
    }

    /** Each output summed over some steps. */
    private double[] sums(Outputs outputs, int first, int end) {
        double[] sums = new double[FIRST + ringSize];
        double[] now = new double[sums.length];
        for (int step = first; step < end; step++) {
            for (int output = 0; output < now.length; output++) {
                now[output] = outputs.at(step, output);
            }
            if (isSoftmax) {
                softmax(now);
            }
            for (int output = 0; output < now.length; output++) {
                sums[output] += now[output];
            }
        }
        return sums;
    }

    private static void softmax(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(values[i] - largest);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }

    /** Whether a direction is near enough to the one that is asked for. */
    public boolean isRight(double direction, double asked) {
        return distance(direction, asked) < toleranceDegrees;
    }

    /** Fraction of right directions of who points anywhere. */
    public double chance() {
        return toleranceDegrees / 180;
    }

    /** The way between two directions around the circle, 0 to 180 degrees. */
    public static double distance(double a, double b) {
        return Circle.distance(a, b, 360);
    }

    /** Which of some directions, the same distance apart and the first one 0, is nearest to one, from 0 on. */
    public static int nearest(double direction, int directions) {
        return Math.floorMod(Math.round(direction * directions / 360), directions);
    }
}
