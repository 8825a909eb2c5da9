package cohort.sweep;

import cohort.run.RunSpec;
import cohort.warehouse.Table;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.TimeTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a sweep's results into the tables, many runs at once. Table runs comes last: a run that is in there is finished. Who was
 * killed between two tables left rows of runs that are not; they are trained again, to the same rows, which are then left out.
 */
final class SweepResults {
    /** The tables a run of a sweep has rows in. Those of trials are left out: a sweep would have millions of them. */
    private static final List<Written> TABLES = List.of(
            new Written(Tables.TASKS, RunResult::tasks),
            new Written(Tables.TRAINING_CURVE, RunResult::curve),
            new Written(TestTables.CONDITION_ACCURACY, RunResult::accuracy),
            new Written(TestTables.CHOICE_COUNTS, RunResult::choices),
            new Written(TimeTables.RESPONSE_TIMES, RunResult::times),
            new Written(Tables.RUNS, result -> List.of(result.row())));

    /** A table, and its rows of a run. */
    private record Written(Table<?> table, Function<RunResult, List<Row>> ofRun) {}

    /** Of the time that writing takes, so much passes in between: readers wait not long, and slots not at all. */
    private static final int PAUSE = 30;

    private static final long SHORTEST_PAUSE_NANOS = 10_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;
    /** Results that may wait, whatever the time: they are in the driver's memory. */
    private static final int MOST_WAITING = 4_000;

    private final SparkSession spark;
    private final Warehouse warehouse;
    private final Set<String> finished;
    private final List<RunResult> waiting = new ArrayList<>();
    private long next = System.nanoTime() + SHORTEST_PAUSE_NANOS;

    /** Looks once which of a sweep's runs have rows already. */
    SweepResults(SparkSession spark, Warehouse warehouse, Set<String> runIds) throws IOException {
        this.spark = spark;
        this.warehouse = warehouse;
        this.finished = warehouse.written(Tables.RUNS.name(), runIds);
        for (Written written : TABLES) {
            warehouse.written(written.table().name(), runIds);
        }
    }

    /** Whether a run is in table runs. */
    boolean has(RunSpec run) {
        return finished.contains(run.runId());
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
            for (Written written : TABLES) {
                append(written);
            }
            waiting.forEach(result -> finished.add(result.runId()));
            waiting.clear();
        }
        long took = System.nanoTime() - started;
        next = System.nanoTime() + Math.min(LONGEST_PAUSE_NANOS, Math.max(SHORTEST_PAUSE_NANOS, PAUSE * took));
    }

    private void append(Written written) throws IOException {
        Set<String> runs = new HashSet<>();
        List<Row> rows = new ArrayList<>();
        for (RunResult result : waiting) {
            if (rows.addAll(written.ofRun().apply(result))) {
                runs.add(result.runId());
            }
        }
        if (!rows.isEmpty()) {
            warehouse.append(written.table(), runs, rows);
        }
    }
}
