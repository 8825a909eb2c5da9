package cohort.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import cohort.evaluation.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the tables say of one run.
 *
 * @param run row of table runs
 * @param curve rows of table training_curve, round after round; none for a model from elsewhere
 * @param accuracies rows of table condition_accuracy in the order of the conditions, by the step they were tested at
 * @param evidence what it chose over the strength of the evidence, by step; none of tasks without such a thing
 * @param times rows of table response_times at the end, in the order of the conditions; none where it does not matter when answers are given
 * @param kernels rows of table psychophysical_kernels by strength, choice and time; none if nobody has asked for them
 * @param fits rows of table psychometric_fits; none if nobody has asked for them
 */
public record RunRecord(
        Row run,
        List<Row> curve,
        NavigableMap<Long, List<Row>> accuracies,
        NavigableMap<Long, Evidence> evidence,
        List<Row> times,
        List<Row> kernels,
        List<Row> fits) {
    /**
     * Reads them.
     *
     * @param run row of table runs
     */
    public static RunRecord read(Warehouse warehouse, Row run) {
        String id = run.getAs("run_id");
        var curve = rows(() -> warehouse.read(Tables.TRAINING_CURVE), id, col("round"));
        var accuracy = rows(
                () -> warehouse.read(TestTables.CONDITION_ACCURACY),
                id,
                col("step"),
                col("task"),
                expr("map_values(conditions)"));
        var fits = rows(
                () -> warehouse.read(TestTables.PSYCHOMETRIC_FITS),
                id,
                col("kind").desc(),
                col("function"));
        var times = rows(
                () -> warehouse
                        .read(TimeTables.RESPONSE_TIMES)
                        .where(col("step").equalTo(run.<Long>getAs("step"))),
                id,
                col("task"),
                expr("map_values(conditions)"),
                col("correct").desc());
        var kernels = rows(
                () -> warehouse.read(TimeTables.PSYCHOPHYSICAL_KERNELS),
                id,
                col("strength"),
                col("choice"),
                col("time_ms"),
                col("channel"));
        var choices = rows(
                () -> EvidenceRows.ofAllStages(
                        warehouse,
                        warehouse
                                .read(Tables.RUNS)
                                .where(col("run_id").equalTo(id))
                                .select("run_id")),
                id,
                col("strength"),
                col("answer"),
                col("choice"));
        NavigableMap<Long, List<Row>> choicesAt = byStep(choices.join());
        NavigableMap<Long, Evidence> evidence = new TreeMap<>();
        choicesAt.forEach((step, rows) -> evidence.put(step, EvidenceRows.together(rows)));
        return new RunRecord(
                run, curve.join(), byStep(accuracy.join()), evidence, times.join(), kernels.join(), fits.join());
    }

    private static NavigableMap<Long, List<Row>> byStep(List<Row> rows) {
        NavigableMap<Long, List<Row>> byStep = new TreeMap<>();
        rows.forEach(row -> byStep.computeIfAbsent(row.getAs("step"), step -> new ArrayList<>())
                .add(row));
        return byStep;
    }

    /** Rows of table condition_accuracy at the end, in the order of the conditions; none if it was not tested. */
    public List<Row> accuracy() {
        return accuracies.isEmpty() ? List.of() : accuracies.lastEntry().getValue();
    }

    /** What it chose over the strength of the evidence at the end, if it was tested on such a task. */
    public Optional<Evidence> choices() {
        return evidence.isEmpty()
                ? Optional.empty()
                : Optional.of(evidence.lastEntry().getValue());
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
