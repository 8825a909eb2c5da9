package cohort.training;

import java.io.Serializable;
import java.util.Locale;

/**
 * A loss or gradient that is no longer finite.
 *
 * @param worker logical worker it happened on
 * @param step optimizer step, from 0 on
 * @param loss mean loss of the batch
 * @param gradientNorm norm of the gradient before clipping
 * @param learningRate of that step
 */
public record Divergence(int worker, long step, double loss, double gradientNorm, double learningRate)
        implements Serializable {
    /** Whether the first weights led to it, so that no learning rate can be the cause. */
    public boolean isBeforeAnyUpdate() {
        return step == 0 && !(Double.isFinite(loss) && Double.isFinite(gradientNorm));
    }

    /** What happened, in a line. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "worker %d at step %d: loss %.4g, gradient norm %.4g, learning rate %.4g",
                worker,
                step,
                loss,
                gradientNorm,
                learningRate);
    }
}
