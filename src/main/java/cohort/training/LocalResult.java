package cohort.training;

import java.io.Serializable;

/**
 * What a worker's local steps led to.
 *
 * @param state parameters and moments after the steps; null where only the rest is told
 * @param sequences trials or windows processed
 * @param tally what loss and gradients add up to
 * @param computeNanos time the steps took
 * @param divergence why the steps were broken off, or null if all were done
 */
public record LocalResult(LearnerState state, long sequences, LossTally tally, long computeNanos, Divergence divergence)
        implements Serializable {
    /** The same result with another state: a slice of its own, or null for none. */
    public LocalResult withState(LearnerState other) {
        return new LocalResult(other, sequences, tally, computeNanos, divergence);
    }
}
