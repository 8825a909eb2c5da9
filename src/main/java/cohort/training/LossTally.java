package cohort.training;

import java.io.Serializable;

/**
 * Loss and gradient norm, added up over optimizer steps, lanes and workers. Their means are taken of what counts alone: time steps by
 * their loss weights, and gradients of the batches that have any weight.
 *
 * @param loss sum of loss times weight
 * @param weight sum of the loss weights
 * @param gradientNorm sum of the gradients' norms before clipping
 * @param gradients number of gradients; a batch without weight has none
 */
public record LossTally(double loss, double weight, double gradientNorm, long gradients) implements Serializable {
    /** Of no step at all. */
    public static final LossTally NONE = new LossTally(0, 0, 0, 0);

    /** That of a batch: its weighted sum of the loss, the sum of its weights, and the norm of its gradient. */
    static LossTally ofBatch(double loss, double weight, double gradientNorm) {
        return weight > 0 ? new LossTally(loss, weight, gradientNorm, 1) : NONE;
    }

    public LossTally plus(LossTally other) {
        return new LossTally(
                loss + other.loss,
                weight + other.weight,
                gradientNorm + other.gradientNorm,
                gradients + other.gradients);
    }

    /** Mean loss, as the held-out loss is one; NaN if nothing counted. */
    public double meanLoss() {
        return loss / weight;
    }

    /** Mean norm of the gradients before clipping; NaN if there was none. */
    public double meanGradientNorm() {
        return gradientNorm / gradients;
    }
}
