package cohort.training;

import java.io.Serializable;

/**
 * The learning rate of each optimizer step: a linear warm-up, then constant or falling along half a cosine.
 *
 * @param peak the learning rate after the warm-up, greater than 0
 * @param shape what happens after the warm-up
 * @param warmupSteps steps over which the rate rises to the peak, at least 0
 * @param totalSteps steps of the whole training
 * @param finalFraction where the cosine ends, as a fraction of the peak, in [0, 1]
 */
public record Schedule(double peak, Shape shape, long warmupSteps, long totalSteps, double finalFraction)
        implements Serializable {
    /** What happens after the warm-up. */
    public enum Shape {
        /** The rate stays at its peak. */
        CONSTANT,
        /** The rate falls along half a cosine to its final fraction, which the step after the last would have. */
        COSINE
    }

    public Schedule {
        if (!(peak > 0) || peak == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("learning rate is not strictly positive: " + peak);
        }
        if (warmupSteps < 0 || warmupSteps > totalSteps) {
            throw new IllegalArgumentException(
                    "warm-up steps are not between 0 and the " + totalSteps + " steps of the training: " + warmupSteps);
        }
        if (!(finalFraction >= 0 && finalFraction <= 1)) {
            throw new IllegalArgumentException("final fraction is not in [0, 1]: " + finalFraction);
        }
    }

    /** The learning rate of a step, from 0 on. */
    public double rate(long step) {
        if (step < warmupSteps) {
            return peak * (step + 1) / (warmupSteps + 1);
        }
        return switch (shape) {
            case CONSTANT -> peak;
            case COSINE -> {
                double done = Math.min(1, (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
                yield peak * (finalFraction + (1 - finalFraction) * 0.5 * (1 + Math.cos(Math.PI * done)));
            }
        };
    }
}
