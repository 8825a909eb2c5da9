package cohort.warehouse;

import static org.apache.spark.sql.functions.expr;

import cohort.evaluation.Evidence;
import cohort.evaluation.EvidenceCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What tables hold of choices over the strength of the evidence. */
public final class EvidenceRows {
    private EvidenceRows() {}

    /**
     * Choices of runs at their end, with the strength of the evidence and the ideal observer's accuracy in their condition; of tasks
     * with a psychometric function.
     *
     * @param runs rows with a column run_id, whose other columns are kept
     */
    public static Dataset<Row> of(Warehouse warehouse, Dataset<Row> runs) throws IOException {
        Dataset<Row> ends = warehouse.read(Tables.RUNS).select("run_id", "step");
        return ofAllStages(warehouse, runs).join(ends, new String[] {"run_id", "step"});
    }

    /** The same at all stages of learning at which they were tested. */
    static Dataset<Row> ofAllStages(Warehouse warehouse, Dataset<Row> runs) throws IOException {
        Dataset<Row> tasks = warehouse
                .read(Tables.TASKS)
                .where("evidence IS NOT NULL")
                .select("run_id", "task", "evidence", "choices", "positive");
        Dataset<Row> ideal =
                warehouse.read(TestTables.CONDITION_ACCURACY).select("run_id", "step", "task", "condition", "ideal");
        return warehouse
                .read(TestTables.CHOICE_COUNTS)
                .join(runs, "run_id")
                .join(tasks, new String[] {"run_id", "task"})
                .join(ideal, new String[] {"run_id", "step", "task", "condition"})
                .withColumn("strength", expr("conditions[evidence]"))
                .where("strength IS NOT NULL"); // that of a catch trial
    }

    /**
     * Puts together what {@link #of} has read.
     *
     * @param rows of one task; at least one
     */
    public static Evidence together(Iterable<Row> rows) {
        List<EvidenceCount> counts = new ArrayList<>();
        NavigableMap<Double, double[]> expected = new TreeMap<>(); // right choices and trials
        Row any = null;
        for (Row row : rows) {
            any = row;
            EvidenceCount count = new EvidenceCount(
                    row.getAs("strength"), row.getAs("answer"), row.getAs("choice"), row.getAs("trials"));
            counts.add(count);
            Double ideal = row.getAs("ideal");
            if (ideal != null) {
                double[] sums = expected.computeIfAbsent(count.strength(), strength -> new double[2]);
                sums[0] += count.trials() * ideal;
                sums[1] += count.trials();
            }
        }
        NavigableMap<Double, Double> ideal = new TreeMap<>();
        expected.forEach((strength, sums) -> ideal.put(strength, sums[0] / sums[1]));
        return new Evidence(
                any.getAs("task"), any.getAs("evidence"), any.getAs("choices"), any.getAs("positive"), counts, ideal);
    }
}
