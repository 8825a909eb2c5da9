package cohort.training;

import java.io.Serializable;

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
        implements Serializable {}
