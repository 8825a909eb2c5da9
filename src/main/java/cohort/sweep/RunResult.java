package cohort.sweep;

import cohort.run.RunStatus;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What became of one run of a sweep, in words that the driver knows: a task of the user's own is known to executors only.
 *
 * @param runId which run it was
 * @param seed its seed
 * @param flops multiplications and additions of the whole run
 * @param fraction how much of its training is done
 * @param status how it stands
 * @param reason why it is not trained, or will not be; empty otherwise
 * @param step optimizer steps done
 * @param heldOutLoss NaN if there is none
 * @param efficiency NaN if there is none
 * @param sequences trials or windows trained on
 * @param trainingNanos time in training
 * @param evaluationNanos time in evaluating what was trained
 * @param storingNanos time in files and rows
 * @param tasks rows of table tasks
 * @param curve rows of table training_curve
 * @param accuracy rows of table condition_accuracy
 * @param choices rows of table choice_counts
 * @param times rows of table response_times
 * @param row row of table runs; while the run is paused, what it gets if it is stopped
 */
public record RunResult(
        String runId,
        long seed,
        double flops,
        double fraction,
        RunStatus status,
        String reason,
        long step,
        double heldOutLoss,
        double efficiency,
        long sequences,
        long trainingNanos,
        long evaluationNanos,
        long storingNanos,
        List<Row> tasks,
        List<Row> curve,
        List<Row> accuracy,
        List<Row> choices,
        List<Row> times,
        Row row)
        implements Serializable {
    public boolean isTrained() {
        return status == RunStatus.TRAINED;
    }

    public boolean isPaused() {
        return status == RunStatus.PAUSED;
    }

    /** A run that waited, and is not called up again; its time was told when it came to wait. */
    RunResult stopped() {
        return new RunResult(
                runId,
                seed,
                flops,
                fraction,
                RunStatus.STOPPED,
                reason,
                step,
                heldOutLoss,
                efficiency,
                sequences,
                0,
                0,
                0,
                tasks,
                curve,
                accuracy,
                choices,
                times,
                row);
    }
}
