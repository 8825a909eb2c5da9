package cohort.training;

import java.io.Serializable;

/**
 * What a worker's local steps led to.
 *
 * @param state parameters and moments after the steps; null where only the rest is told
 * @param sequences trials or windows processed
 * @param loss mean over the steps of each batch's mean loss
 * @param gradientNorm mean over the steps of the gradient's norm before clipping
 * @param computeNanos time the steps took
 * @param divergence why the steps were broken off, or null if all were done
 */
public record LocalResult(
        LearnerState state, long sequences, double loss, double gradientNorm, long computeNanos, Divergence divergence)
        implements Serializable {
    /** The same result with another state: a slice of its own, or null for none. */
    public LocalResult withState(LearnerState other) {
        return new LocalResult(other, sequences, loss, gradientNorm, computeNanos, divergence);
    }
}
