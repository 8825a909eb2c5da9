package cohort.cluster;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
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
    public static RunRecord read(Warehouse warehouse, Row run) throws IOException {
        String id = run.getAs("run_id");
        Dataset<Row> accuracy = rows(warehouse, "coherence_accuracy", id);
        List<Row> counts = rows(warehouse, "choice_counts", id)
                .join(accuracy.select("coherence", "ideal"), "coherence")
                .orderBy("coherence", "ground_truth", "choice")
                .collectAsList();
        return new RunRecord(
                run,
                rows(warehouse, "training_curve", id).orderBy("round").collectAsList(),
                accuracy.orderBy("coherence").collectAsList(),
                counts.isEmpty() ? null : RecordedChoices.of(counts),
                rows(warehouse, "psychometric_fits", id)
                        .orderBy(col("kind").desc(), col("function"))
                        .collectAsList());
    }

    private static Dataset<Row> rows(Warehouse warehouse, String table, String runId) throws IOException {
        return warehouse
                .read(table, Tables.RESULTS.get(table))
                .where(col("run_id").equalTo(runId));
    }
}
