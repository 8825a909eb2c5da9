package cohort.training;

import java.io.Serializable;
import java.util.Locale;

/**
 * A loss, a gradient or weights that are no longer finite.
 *
 * @param worker logical worker it happened on; {@value #OUTER_STEP} for the outer step after all workers' steps
 * @param step optimizer step, from 0 on; of an outer step the number of those before it
 * @param loss mean loss of the batch
 * @param gradientNorm norm of the gradient before clipping
 * @param learningRate of that step
 */
public record Divergence(int worker, long step, double loss, double gradientNorm, double learningRate)
        implements Serializable {
    private static final int OUTER_STEP = -1;

    /**
     * Weights that an outer step made infinite.
     *
     * @param round what the workers did before it
     */
    public static Divergence ofOuterStep(long step, LossTally round, double outerLearningRate) {
        return new Divergence(OUTER_STEP, step, round.meanLoss(), round.meanGradientNorm(), outerLearningRate);
    }

    /** The key of the configuration whose rate was too large. */
    public String rateKey() {
        return worker == OUTER_STEP ? "averaging.outer.learning-rate" : "training.optimizer.learning-rate";
    }

    /** Whether the first weights led to it, so that no learning rate can be the cause. */
    public boolean isBeforeAnyUpdate() {
        return step == 0 && !(Double.isFinite(loss) && Double.isFinite(gradientNorm));
    }

    /** What happened, in a line. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s at step %d: loss %.4g, gradient norm %.4g, learning rate %.4g",
                worker == OUTER_STEP ? "outer step" : "worker " + worker,
                step,
                loss,
                gradientNorm,
                learningRate);
    }
}
