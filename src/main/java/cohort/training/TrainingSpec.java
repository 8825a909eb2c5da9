package cohort.training;

import java.io.Serializable;

/**
 * How a network learns from batches.
 *
 * @param steps optimizer steps of each worker
 * @param loss what is minimised
 * @param reduction what the gradient is taken of
 * @param optimizer the update rule
 * @param schedule the learning rate of each step
 * @param clipping the limit on gradients
 */
public record TrainingSpec(
        long steps, Loss loss, Reduction reduction, Optimizer optimizer, Schedule schedule, Clipping clipping)
        implements Serializable {
    public TrainingSpec {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is not at least 1: " + steps);
        }
    }
}
