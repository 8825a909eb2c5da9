package cohort.warehouse;

import static org.apache.spark.sql.functions.lit;

import cohort.storage.Fence;
import cohort.storage.Files;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Console;

/** Changes the Delta tables of a warehouse: rows of a run come once, whoever else writes at the same time. */
final class TableWriter {
    /** A table of an earlier version of Cohort gets the columns that it lacks with the first row that has them. */
    private static final String MERGE_SCHEMA = "mergeSchema";
    /** Where no lock keeps others out, so often a commit is tried. */
    private static final int ATTEMPTS = 20;
    /** What Delta knows our transactions by. */
    private static final String TRANSACTIONS = "cohort";
    /** Tell apart two that began at the same time. */
    private static final int RANDOM_BITS = 20;

    private final SparkSession spark;
    private final Path root;
    private final Files files;
    private final Fence fence;
    private final TableReader reader;
    private final DriverRows driverRows;
    private final Map<String, WrittenRuns> written = new HashMap<>();

    /**
     * Writes into a folder.
     *
     * @param fence is asked before each commit
     */
    TableWriter(SparkSession spark, Path root, Files files, Fence fence) {
        this.spark = spark;
        this.root = root;
        this.files = files;
        this.fence = fence;
        this.reader = new TableReader(spark);
        this.driverRows = new DriverRows(spark.sparkContext().hadoopConfiguration());
    }

    private String path(String table) {
        return new Path(root, table).toString();
    }

    /** Those of some runs that have rows in a table. */
    Set<String> written(String table, Collection<String> runIds) throws IOException {
        return writtenIn(table).among(runIds);
    }

    private WrittenRuns writtenIn(String table) {
        return written.computeIfAbsent(table, name -> new WrittenRuns(reader, files, path(name), lit(true)));
    }

    /** Appends rows of some runs, without those of runs that have rows in the table. */
    void append(Table<?> table, Collection<String> runIds, List<Row> rows) throws IOException {
        append(table, writtenIn(table.name()), runIds, rows);
    }

    /** Appends rows of some runs that are still distributed, without those of runs that have rows in the table. */
    void append(Table<?> table, Collection<String> runIds, JavaRDD<Row> rows) throws IOException {
        StructType schema = table.schema();
        int id = schema.fieldIndex("run_id");
        WrittenRuns known = writtenIn(table.name());
        append(known, runIds, (there, isLocked) -> {
            Set<String> without = Set.copyOf(there);
            JavaRDD<Row> others = rows.filter(row -> !without.contains(row.getString(id)));
            return save(spark.createDataFrame(others, schema), table.name(), known, isLocked);
        });
    }

    /**
     * Appends rows of some runs where a run may have several in the table: without those of runs that have one of a kind.
     *
     * @param kind a condition that tells which rows are of the kind; the new ones are
     */
    void append(Table<?> table, Column kind, Collection<String> runIds, List<Row> rows) throws IOException {
        WrittenRuns ofKind = new WrittenRuns(reader, files, path(table.name()), kind);
        append(table, ofKind, runIds, rows);
    }

    private void append(Table<?> table, WrittenRuns known, Collection<String> runIds, List<Row> rows)
            throws IOException {
        StructType schema = table.schema();
        int id = schema.fieldIndex("run_id");
        append(known, runIds, (there, isLocked) -> {
            List<Row> others = rows.stream()
                    .filter(row -> !there.contains(row.getString(id)))
                    .toList();
            return driverRows.append(new Path(root, table.name()), known.version(), schema, others)
                    || save(spark.createDataFrame(others, schema).coalesce(1), table.name(), known, isLocked);
        });
    }

    /** What appends rows to a table, without those of some runs. */
    private interface Rows {
        /** Tries to; returns whether it is done. */
        boolean append(Set<String> without, boolean isLocked) throws IOException;
    }

    private void append(WrittenRuns known, Collection<String> runIds, Rows rows) throws IOException {
        commit(isLocked -> {
            Set<String> there = known.among(runIds);
            if (there.containsAll(runIds)) {
                return true;
            }
            if (!rows.append(there, isLocked)) {
                return false;
            }
            known.wrote(runIds);
            return true;
        });
    }

    private boolean save(Dataset<Row> rows, String table, WrittenRuns known, boolean isLocked) throws IOException {
        DataFrameWriter<Row> writer =
                rows.write().format("delta").mode(SaveMode.Append).option(MERGE_SCHEMA, true);
        if (!isLocked) {
            return saveUnlocked(writer, table, known);
        }
        writer.save(path(table));
        return true;
    }

    /**
     * Appends where others may do so at the same time: as a transaction that Delta refuses if another one of the same name came
     * in between, and leaves out if one was counted higher. Whoever was not the one that wrote looks again what is there.
     */
    private boolean saveUnlocked(DataFrameWriter<Row> writer, String table, WrittenRuns known) throws IOException {
        long before = known.version();
        long number =
                ((before + 2) << RANDOM_BITS) + ThreadLocalRandom.current().nextInt(1 << RANDOM_BITS);
        writer.option("txnAppId", TRANSACTIONS).option("txnVersion", number).save(path(table));
        for (long version = before + 1; files.exists(known.commit(version)); version++) {
            String commit = new String(files.read(known.commit(version)), StandardCharsets.UTF_8);
            if (commit.contains("\"version\":" + number)) {
                return true;
            }
        }
        return false;
    }

    /** Deletes the rows that a condition holds for. */
    void delete(String table, Column condition) throws IOException {
        commit(isLocked -> {
            DeltaTable.forPath(spark, path(table)).delete(condition);
            return true;
        });
    }

    /**
     * Deletes the data files that no row of a table is in any more. Where no lock keeps others out, only those that were in the
     * table once: the others may be somebody's who is about to commit them.
     */
    void vacuum(String table) throws IOException {
        SparkSession unchecked = spark.newSession();
        // Delta asks to keep them for a week, for readers of earlier versions.
        unchecked.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        // Delta lists the table in so many tasks, whatever its size; Spark's default is 10,000.
        String slots = Integer.toString(spark.sparkContext().defaultParallelism());
        unchecked.conf().set("spark.sql.sources.parallelPartitionDiscovery.parallelism", slots);
        Path folder = new Path(root, table);
        // Spark knows no table by a path that depends on where the command runs.
        Path absolute =
                folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).makeQualified(folder);
        String quoted = "delta.`" + absolute.toString().replace("`", "``") + "`";
        commit(isLocked -> {
            String query = "VACUUM " + quoted + (isLocked ? " FULL" : " LITE") + " RETAIN 0 HOURS";
            Console.withOut(OutputStream.nullOutputStream(), () -> unchecked.sql(query)); // it prints what it did
            return true;
        });
    }

    /** What changes a table at once. */
    private interface Commit {
        /** Tries to; returns whether it is done. */
        boolean tryTo(boolean isLocked) throws IOException;
    }

    /** Commits if one still may, and when it is one's turn; tries again where somebody else was quicker. */
    private void commit(Commit commit) throws IOException {
        WriteLock lock = WriteLock.of(root, spark.sparkContext().hadoopConfiguration());
        try {
            boolean done = false;
            for (int attempt = 1; !done; attempt++) {
                fence.check(files);
                try {
                    done = commit.tryTo(lock.isHeld());
                } catch (ConcurrentModificationException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        } finally {
            lock.close();
        }
    }

    /**
     * Puts rows in the place of those that a condition holds for: all of them at once, or, after a failure, none.
     *
     * @param where columns and what they hold in the rows that go, null for nothing; the new rows hold the same
     */
    void replace(Table<?> table, Map<String, String> where, JavaRDD<Row> rows) throws IOException {
        commit(isLocked -> {
            spark.createDataFrame(rows, table.schema())
                    .write()
                    .format("delta")
                    .mode(SaveMode.Overwrite)
                    .option(MERGE_SCHEMA, true)
                    .option("replaceWhere", condition(where))
                    .save(path(table.name()));
            return true;
        });
    }

    /** The one condition that Delta takes as a text only: Spark itself writes the literals. */
    private static String condition(Map<String, String> where) {
        return where.entrySet().stream()
                .map(column -> column.getKey()
                        + (column.getValue() == null
                                ? " IS NULL"
                                : " = "
                                        + Literal.create(column.getValue(), DataTypes.StringType)
                                                .sql()))
                .collect(Collectors.joining(" AND "));
    }
}
