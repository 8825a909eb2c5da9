package cohort.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes a sweep's results into the tables, many runs at once. Table runs comes last: a run that is in there is finished. Who was
 * killed between two tables left rows of runs that are not; they are trained again, to the same rows, which are then left out.
 */
final class SweepResults {
    /** Of the time that writing takes, so much passes in between: readers wait not long, and slots not at all. */
    private static final int PAUSE = 30;

    private static final long SHORTEST_PAUSE_NANOS = 10_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;
    /** Results that may wait, whatever the time: they are in the driver's memory. */
    private static final int MOST_WAITING = 4_000;

    private final SparkSession spark;
    private final Warehouse warehouse;
    private final Map<String, Set<String>> present = new HashMap<>();
    private final List<RunResult> waiting = new ArrayList<>();
    private long next = System.nanoTime() + SHORTEST_PAUSE_NANOS;

    SweepResults(SparkSession spark, Warehouse warehouse) throws IOException {
        this.spark = spark;
        this.warehouse = warehouse;
        present.put("runs", runsIn("runs", Tables.RUNS));
        present.put("training_curve", runsIn("training_curve", Tables.TRAINING_CURVE));
        present.put("coherence_accuracy", runsIn("coherence_accuracy", Tables.COHERENCE_ACCURACY));
        present.put("choice_counts", runsIn("choice_counts", Tables.CHOICE_COUNTS));
    }

    private Set<String> runsIn(String table, StructType schema) throws IOException {
        Set<String> ids = new HashSet<>();
        for (Row row : warehouse.read(table, schema).select("run_id").distinct().collectAsList()) {
            ids.add(row.getString(0));
        }
        return ids;
    }

    /** Whether a run is in table runs. */
    boolean has(RunSpec run) {
        return present.get("runs").contains(run.runId());
    }

    /** Takes results that have a row, and writes them when it is time. */
    void add(List<RunResult> results) throws IOException {
        waiting.addAll(results);
        if (System.nanoTime() > next || waiting.size() >= MOST_WAITING) {
            write();
        }
    }

    /** Writes all that is there. */
    void write() throws IOException {
        long started = System.nanoTime();
        if (!waiting.isEmpty()) {
            spark.sparkContext().setLocalProperty("spark.scheduler.pool", "tables"); // its tasks get the next free slot
            List<Row> curve = new ArrayList<>();
            List<Row> accuracy = new ArrayList<>();
            List<Row> choices = new ArrayList<>();
            List<Row> runs = new ArrayList<>();
            for (RunResult result : waiting) {
                addNew("training_curve", result, result.curve(), curve);
                addNew("coherence_accuracy", result, result.accuracy(), accuracy);
                addNew("choice_counts", result, result.choices(), choices);
                addNew("runs", result, List.of(result.row()), runs);
            }
            append("training_curve", curve, Tables.TRAINING_CURVE);
            append("coherence_accuracy", accuracy, Tables.COHERENCE_ACCURACY);
            append("choice_counts", choices, Tables.CHOICE_COUNTS);
            append("runs", runs, Tables.RUNS);
            waiting.clear();
        }
        long took = System.nanoTime() - started;
        next = System.nanoTime() + Math.min(LONGEST_PAUSE_NANOS, Math.max(SHORTEST_PAUSE_NANOS, PAUSE * took));
    }

    private void addNew(String table, RunResult result, List<Row> ofRun, List<Row> rows) {
        if (!present.get(table).contains(result.run().runId())) {
            rows.addAll(ofRun);
        }
    }

    private void append(String table, List<Row> rows, StructType schema) throws IOException {
        if (!rows.isEmpty()) {
            warehouse.appendNew(table, rows, schema);
            rows.forEach(row -> present.get(table).add(row.getString(0)));
        }
    }
}
