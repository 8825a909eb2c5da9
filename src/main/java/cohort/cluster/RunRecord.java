package cohort.cluster;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What the tables say of one run.
 *
 * @param run row of table runs
 * @param curve rows of table training_curve, round after round; none for a model from elsewhere
 * @param accuracy rows of table coherence_accuracy, by coherence; none if it was not tested
 * @param choices what it chose, or null if it was not tested
 * @param fits rows of table psychometric_fits; none if nobody has asked for them
 */
public record RunRecord(Row run, List<Row> curve, List<Row> accuracy, RecordedChoices choices, List<Row> fits) {
    /**
     * Reads them.
     *
     * @param run row of table runs
     */
    public static RunRecord read(Warehouse warehouse, Row run) {
        String id = run.getAs("run_id");
        var curve = rows(warehouse, "training_curve", id, col("round"));
        var accuracy = rows(warehouse, "coherence_accuracy", id, col("coherence"));
        var choices = rows(warehouse, "choice_counts", id, col("coherence"), col("ground_truth"), col("choice"));
        var fits = rows(warehouse, "psychometric_fits", id, col("kind").desc(), col("function"));
        Map<Double, Double> ideal = new HashMap<>();
        accuracy.join().forEach(row -> ideal.put(row.getAs("coherence"), row.getAs("ideal")));
        return new RunRecord(
                run,
                curve.join(),
                accuracy.join(),
                choices.join().isEmpty() ? null : RecordedChoices.of(choices.join(), ideal),
                fits.join());
    }

    /** Rows of a table, read while other tables are read: each query waits for Spark more than it works. */
    private static CompletableFuture<List<Row>> rows(Warehouse warehouse, String table, String runId, Column... order) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return warehouse
                        .read(table, Tables.RESULTS.get(table))
                        .where(col("run_id").equalTo(runId))
                        .orderBy(order)
                        .collectAsList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
