package cohort.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import cohort.evaluation.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the tables say of one run.
 *
 * @param run row of table runs
 * @param curve rows of table training_curve, round after round; none for a model from elsewhere
 * @param accuracy rows of table condition_accuracy, in the order of the conditions; none if it was not tested
 * @param choices what it chose over the strength of the evidence, if it was tested on such a task
 * @param fits rows of table psychometric_fits; none if nobody has asked for them
 */
public record RunRecord(Row run, List<Row> curve, List<Row> accuracy, Optional<Evidence> choices, List<Row> fits) {
    /**
     * Reads them.
     *
     * @param run row of table runs
     */
    public static RunRecord read(Warehouse warehouse, Row run) {
        String id = run.getAs("run_id");
        var curve = rows(() -> warehouse.read(Tables.TRAINING_CURVE), id, col("round"));
        var accuracy = rows(
                () -> warehouse.read(TestTables.CONDITION_ACCURACY), id, col("task"), expr("map_values(conditions)"));
        var fits = rows(
                () -> warehouse.read(TestTables.PSYCHOMETRIC_FITS),
                id,
                col("kind").desc(),
                col("function"));
        var choices = rows(
                () -> EvidenceRows.of(
                        warehouse,
                        warehouse
                                .read(Tables.RUNS)
                                .where(col("run_id").equalTo(id))
                                .select("run_id")),
                id,
                col("strength"),
                col("answer"),
                col("choice"));
        return new RunRecord(
                run,
                curve.join(),
                accuracy.join(),
                choices.join().isEmpty() ? Optional.empty() : Optional.of(EvidenceRows.together(choices.join())),
                fits.join());
    }

    /** Rows of a run, read while others are read: each query waits for Spark more than it works. */
    private static CompletableFuture<List<Row>> rows(Reading table, String runId, Column... order) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return table.rows()
                        .where(col("run_id").equalTo(runId))
                        .orderBy(order)
                        .collectAsList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private interface Reading {
        Dataset<Row> rows() throws IOException;
    }
}
