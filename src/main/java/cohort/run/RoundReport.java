package cohort.run;

import java.io.Serializable;

/**
 * What one averaging round did.
 *
 * @param round number of the round, from 1 on
 * @param step optimizer steps of each worker done after it
 * @param loss mean training loss over the time steps of all workers, by their loss weights; NaN if none has any
 * @param gradientNorm mean norm of the gradients before clipping; NaN if there was none
 * @param learningRate of its last step
 * @param sequences trials or windows processed by all workers
 * @param computeMillis time of the slowest worker's steps
 * @param overheadMillis the rest of the round: scheduling, broadcast, collection, averaging, waiting for a slot
 */
public record RoundReport(
        int round,
        long step,
        double loss,
        double gradientNorm,
        double learningRate,
        long sequences,
        double computeMillis,
        double overheadMillis)
        implements Serializable {
    /** Trials or windows per second, all workers together. */
    public double sequencesPerSecond() {
        return 1000 * sequences / (computeMillis + overheadMillis);
    }
}
