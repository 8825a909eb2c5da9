package cohort.task;

import java.io.Serializable;

/** Who knows a task's statistics, and does the best that can be expected of anybody. */
public interface IdealObserver extends Serializable {
    /** Probability of the right answer in a trial with the factors and periods of this one. */
    double accuracy(Trial trial);

    /**
     * The lowest mean cross-entropy of batches, in nats per step, weighted as the loss is.
     *
     * @param seed the experiment's seed; only matters where durations vary
     * @throws IllegalArgumentException if no step of a trial has a weight
     */
    double lowestCrossEntropy(Batching batching, long seed);
}
