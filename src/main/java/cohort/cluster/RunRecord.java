package cohort.cluster;

import cohort.evaluation.ChoiceCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the tables say of one run.
 *
 * @param run row of table runs
 * @param curve rows of table training_curve, round after round; none for a model from elsewhere
 * @param accuracy rows of table coherence_accuracy, by coherence; none if it was not tested
 * @param choices rows of table choice_counts
 * @param fits rows of table psychometric_fits
 */
public record RunRecord(Row run, List<Row> curve, List<Row> accuracy, List<ChoiceCount> choices, List<Row> fits) {
    /**
     * Reads them.
     *
     * @param run row of table runs
     */
    public static RunRecord read(Warehouse warehouse, Row run) throws IOException {
        String id = run.getAs("run_id");
        List<ChoiceCount> choices = new ArrayList<>();
        rows(warehouse, "choice_counts", id, "coherence").forEach(row -> choices.add(choiceCount(row)));
        return new RunRecord(
                run,
                rows(warehouse, "training_curve", id, "round"),
                rows(warehouse, "coherence_accuracy", id, "coherence"),
                choices,
                rows(warehouse, "psychometric_fits", id, "kind"));
    }

    private static List<Row> rows(Warehouse warehouse, String table, String runId, String order) throws IOException {
        Dataset<Row> all = warehouse.read(table, Tables.RESULTS.get(table));
        return all.where(functions.col("run_id").equalTo(runId)).orderBy(order).collectAsList();
    }

    /** A row of table choice_counts. */
    static ChoiceCount choiceCount(Row row) {
        return new ChoiceCount(
                row.getAs("coherence"), row.getAs("ground_truth"), row.getAs("choice"), row.getAs("trials"));
    }

    /** Accuracy of the ideal observer on the run's trials, by coherence in percent. */
    public TreeMap<Double, Double> ideal() {
        TreeMap<Double, Double> ideal = new TreeMap<>();
        accuracy.forEach(row -> ideal.put(row.getAs("coherence"), row.getAs("ideal")));
        return ideal;
    }
}
