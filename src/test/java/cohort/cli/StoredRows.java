package cohort.cli;

import cohort.cluster.SharedSpark;
import cohort.cluster.Tables;
import cohort.cluster.Warehouse;
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
    static final Map<String, StructType> TABLES = Map.of(
            "runs", Tables.RUNS,
            "training_curve", Tables.TRAINING_CURVE,
            "trial_outcomes", Tables.TRIAL_OUTCOMES,
            "coherence_accuracy", Tables.COHERENCE_ACCURACY,
            "choice_counts", Tables.CHOICE_COUNTS,
            "activity", Tables.ACTIVITY,
            "psychometric_fits", Tables.PSYCHOMETRIC_FITS,
            "sweep_runs", Tables.SWEEP_RUNS);

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
        append(warehouse, "runs", Tables.RUNS, rows);
    }
}
