package cohort.cli;

import cohort.cluster.SharedSpark;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.TimeTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Rows of the tables, of which a test says what matters to it; all else is null. */
final class StoredRows {
    /** The tables of a warehouse in which everything was done. */
    static final Map<String, StructType> TABLES = Map.ofEntries(
            Map.entry("runs", Tables.RUNS.schema()),
            Map.entry("tasks", Tables.TASKS.schema()),
            Map.entry("training_curve", Tables.TRAINING_CURVE.schema()),
            Map.entry("trial_outcomes", TestTables.TRIAL_OUTCOMES.schema()),
            Map.entry("condition_accuracy", TestTables.CONDITION_ACCURACY.schema()),
            Map.entry("choice_counts", TestTables.CHOICE_COUNTS.schema()),
            Map.entry("activity", TestTables.ACTIVITY.schema()),
            Map.entry("psychometric_fits", TestTables.PSYCHOMETRIC_FITS.schema()),
            Map.entry("response_times", TimeTables.RESPONSE_TIMES.schema()),
            Map.entry("psychophysical_kernels", TimeTables.PSYCHOPHYSICAL_KERNELS.schema()),
            Map.entry("sweep_runs", Tables.SWEEP_RUNS.schema()));

    private StoredRows() {}

    static Row row(StructType table, Map<String, Object> values) {
        return RowFactory.create(
                Arrays.stream(table.fieldNames()).map(values::get).toArray());
    }

    /** Adds rows to a table. */
    @SafeVarargs
    static void append(Warehouse warehouse, String table, StructType columns, Map<String, Object>... rows)
            throws IOException {
        List<Row> all = Arrays.stream(rows).map(values -> row(columns, values)).toList();
        SharedSpark.session()
                .createDataFrame(all, columns)
                .coalesce(1)
                .write()
                .format("delta")
                .mode("append")
                .save(warehouse.table(table));
    }

    /** Adds runs. */
    @SafeVarargs
    static void appendRuns(Warehouse warehouse, Map<String, Object>... rows) throws IOException {
        append(warehouse, "runs", Tables.RUNS.schema(), rows);
    }
}
