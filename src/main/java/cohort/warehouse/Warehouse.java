package cohort.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import cohort.config.UserError;
import cohort.storage.Fence;
import cohort.storage.Files;
import cohort.storage.NameNode;
import cohort.storage.OwnedException;
import cohort.storage.Ownership;
import io.delta.tables.DeltaTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
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
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Console;

/** The folder all results go to: Delta tables, and the models beside them. */
public final class Warehouse {
    /** Folder of the runs' folders. */
    public static final String MODELS = "models";

    /** Folder of what sweeps need besides the tables; one folder in it for each. */
    public static final String SWEEPS = "sweeps";

    /** Folder of the marks of those who work on something. */
    private static final String OWNERS = ".owners";

    /** Folder with a file for each run that is being removed. */
    private static final String REMOVALS = ".removals";

    /** Folder with a file for each deletion that was asked for. */
    private static final String DELETIONS = ".deletions";

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
    private final Map<String, WrittenRuns> written = new HashMap<>();

    /**
     * A warehouse at a path of any Hadoop file system; nothing is created until something is written.
     *
     * @throws UserError if it was written by a version that knew one task only
     */
    public Warehouse(SparkSession spark, String root) {
        this(spark, new Path(root), Fence.NONE);
        requireAnyTask();
    }

    /** Accuracies per something else than a condition were a table before there was more than one task. */
    private void requireAnyTask() {
        try {
            FileSystem fileSystem = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
            if (!fileSystem.exists(root)) {
                return;
            }
            for (FileStatus status :
                    fileSystem.listStatus(root, path -> path.getName().endsWith(TaskViews.ENDING))) {
                String name = status.getPath().getName();
                if (!name.equals(TestTables.CONDITION_ACCURACY.name()) && isTable(fileSystem, status.getPath())) {
                    throw new UserError("the warehouse " + root + " has a table " + name
                            + ": it was written by an earlier version of Cohort, which knew one task."
                            + "\n       Read it with that version, and choose another folder for this one:"
                            + " --set warehouse=... or --warehouse ...");
                }
            }
        } catch (FileNotFoundException e) {
            throw new UserError("warehouse " + root + " is no folder", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Warehouse(SparkSession spark, Path root, Fence fence) {
        this.spark = spark;
        this.root = root;
        NameNode.requireAnswer(this.root, spark.sparkContext().hadoopConfiguration());
        this.files = new Files(spark.sparkContext().hadoopConfiguration());
        this.fence = fence;
    }

    /**
     * Claims runs for one process: nobody else may train, evaluate or delete them.
     *
     * @param doing what is done: "trained", "evaluated", "deleted"
     * @param waiting hears why it takes long
     * @throws OwnedException if somebody else works on one of them; the message says who
     */
    public Ownership claim(String doing, Collection<String> runIds, Consumer<String> waiting)
            throws IOException, OwnedException {
        return claim(doing, List.of(), runIds, waiting);
    }

    /** Claims a sweep and all its runs; see {@link #claim(String, Collection, Consumer)}. */
    public Ownership claimSweep(String doing, String sweep, Collection<String> runIds, Consumer<String> waiting)
            throws IOException, OwnedException {
        return claim(doing, List.of(sweep), runIds, waiting);
    }

    /** Claims sweeps and runs; see {@link #claim(String, Collection, Consumer)}. */
    public Ownership claim(String doing, Collection<String> sweeps, Collection<String> runIds, Consumer<String> waiting)
            throws IOException, OwnedException {
        List<String> names = new ArrayList<>();
        sweeps.forEach(sweep -> names.add("sweep " + sweep));
        runIds.forEach(id -> names.add("run " + id));
        return Ownership.claim(files, new Path(root, OWNERS).toString(), doing, names, waiting);
    }

    /** What is done at this moment: "trained" by "run X" and "sweep Y"; see {@link Ownership#owned}. */
    public Map<String, String> owned() throws IOException {
        return Ownership.owned(files, new Path(root, OWNERS).toString());
    }

    /** The same warehouse, in which nothing can be written any more when an ownership is lost. */
    public Warehouse heldBy(Ownership ownership) {
        return new Warehouse(spark, root, ownership.fence());
    }

    /** What is to be asked before something is written besides the tables. */
    public Fence fence() {
        return fence;
    }

    /** The file systems. */
    public Files files() {
        return files;
    }

    /** The folder. */
    public String root() {
        return root.toString();
    }

    /** Where a table lies. */
    public String table(String name) {
        return new Path(root, name).toString();
    }

    /** Where the folders of all runs lie. */
    public String models() {
        return new Path(root, MODELS).toString();
    }

    /** Where the files of a run lie. */
    public String modelFolder(String runId) {
        return new Path(models(), runId).toString();
    }

    /** Where the network of a run lies. */
    public String model(String runId) {
        return modelFolder(runId) + "/model.safetensors";
    }

    /** Where the removals of runs that are not completed are written down. */
    public String removals() {
        return new Path(root, REMOVALS).toString();
    }

    /** Where the deletions that are not completed are written down. */
    String deletions() {
        return new Path(root, DELETIONS).toString();
    }

    /** Where a sweep keeps what it needs to go on, besides the tables. */
    public String sweep(String name) {
        return new Path(new Path(root, SWEEPS), name).toString();
    }

    /** Those of some runs that have rows in a table. */
    public Set<String> written(String table, Collection<String> runIds) throws IOException {
        return writtenIn(table).among(runIds);
    }

    private WrittenRuns writtenIn(String table) {
        return written.computeIfAbsent(table, name -> new WrittenRuns(spark, files, table(name), lit(true)));
    }

    /** Appends rows of a run to a table, which is made if there is none; nothing happens if the run has rows there. */
    public void append(Table<?> table, String runId, List<Row> rows) throws IOException {
        append(table, Set.of(runId), rows);
    }

    /** Appends rows that are still distributed; see {@link #append(Table, String, List)}. */
    public void append(Table<?> table, String runId, JavaRDD<Row> rows) throws IOException {
        append(table, Set.of(runId), rows);
    }

    /** Appends rows of some runs, without those of runs that have rows in the table. */
    public void append(Table<?> table, Collection<String> runIds, List<Row> rows) throws IOException {
        append(table.name(), writtenIn(table.name()), runIds, there -> listed(rows, there, table.schema()));
    }

    /** Appends rows of some runs that are still distributed, without those of runs that have rows in the table. */
    public void append(Table<?> table, Collection<String> runIds, JavaRDD<Row> rows) throws IOException {
        StructType schema = table.schema();
        int id = schema.fieldIndex("run_id");
        append(table.name(), writtenIn(table.name()), runIds, there -> {
            Set<String> known = Set.copyOf(there);
            return spark.createDataFrame(rows.filter(row -> !known.contains(row.getString(id))), schema);
        });
    }

    /**
     * Appends rows of some runs where a run may have several in the table: without those of runs that have one of a kind.
     *
     * @param kind a condition that tells which rows are of the kind; the new ones are
     */
    public void append(Table<?> table, Column kind, Collection<String> runIds, List<Row> rows) throws IOException {
        WrittenRuns ofKind = new WrittenRuns(spark, files, table(table.name()), kind);
        append(table.name(), ofKind, runIds, there -> listed(rows, there, table.schema()));
    }

    private Dataset<Row> listed(List<Row> rows, Set<String> without, StructType schema) {
        int id = schema.fieldIndex("run_id");
        List<Row> others = rows.stream()
                .filter(row -> !without.contains(row.getString(id)))
                .collect(Collectors.toList());
        return spark.createDataFrame(others, schema).coalesce(1);
    }

    private void append(
            String table, WrittenRuns known, Collection<String> runIds, Function<Set<String>, Dataset<Row>> rows)
            throws IOException {
        commit(isLocked -> {
            Set<String> there = known.among(runIds);
            if (there.containsAll(runIds)) {
                return true;
            }
            DataFrameWriter<Row> writer = rows.apply(there)
                    .write()
                    .format("delta")
                    .mode(SaveMode.Append)
                    .option(MERGE_SCHEMA, true);
            if (isLocked) {
                writer.save(table(table));
            } else if (!saveUnlocked(writer, table, known)) {
                return false;
            }
            known.wrote(runIds);
            return true;
        });
    }

    /**
     * Appends where others may do so at the same time: as a transaction that Delta refuses if another one of the same name came
     * in between, and leaves out if one was counted higher. Whoever was not the one that wrote looks again what is there.
     */
    private boolean saveUnlocked(DataFrameWriter<Row> writer, String table, WrittenRuns known) throws IOException {
        long before = known.version();
        long number =
                ((before + 2) << RANDOM_BITS) + ThreadLocalRandom.current().nextInt(1 << RANDOM_BITS);
        writer.option("txnAppId", TRANSACTIONS).option("txnVersion", number).save(table(table));
        for (long version = before + 1; files.exists(known.commit(version)); version++) {
            String commit = new String(files.read(known.commit(version)), StandardCharsets.UTF_8);
            if (commit.contains("\"version\":" + number)) {
                return true;
            }
        }
        return false;
    }

    /** Deletes the rows of some runs; returns how many there were. */
    public long delete(String table, Collection<String> runIds) throws IOException {
        return delete(table, col("run_id").isin(runIds.toArray()));
    }

    /** Deletes the rows that a condition holds for; returns how many there were. */
    long delete(String table, Column condition) throws IOException {
        long rows = read(table).where(condition).count();
        if (rows > 0) {
            commit(isLocked -> {
                DeltaTable.forPath(spark, table(table)).delete(condition);
                return true;
            });
        }
        return rows;
    }

    /**
     * Deletes the data files that no row of a table is in any more. Where no lock keeps others out, only those that were in the
     * table once: the others may be somebody's who is about to commit them.
     */
    void vacuum(String table) throws IOException {
        if (dataFiles(table).size() == read(table).inputFiles().length) {
            return; // all of them are used; to find that out takes Delta seconds
        }
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

    /** Bytes of a table's data files. */
    long dataBytes(String table) throws IOException {
        return dataFiles(table).stream().mapToLong(FileStatus::getLen).sum();
    }

    private List<FileStatus> dataFiles(String table) throws IOException {
        Path folder = new Path(root, table);
        FileSystem fileSystem = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
        return fileSystem.exists(folder)
                ? Arrays.stream(fileSystem.listStatus(folder)) // no table has partitions
                        .filter(FileStatus::isFile)
                        .toList()
                : List.of();
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
    public void replace(Table<?> table, Map<String, String> where, JavaRDD<Row> rows) throws IOException {
        commit(isLocked -> {
            spark.createDataFrame(rows, table.schema())
                    .write()
                    .format("delta")
                    .mode(SaveMode.Overwrite)
                    .option(MERGE_SCHEMA, true)
                    .option("replaceWhere", condition(where))
                    .save(table(table.name()));
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

    /** Rows of a table, none if there is no such table. */
    public Dataset<Row> read(Table<?> table) throws IOException {
        return isTable(root.getFileSystem(spark.sparkContext().hadoopConfiguration()), new Path(table(table.name())))
                ? read(table.name())
                : spark.createDataFrame(List.<Row>of(), table.schema());
    }

    /** Rows of a table that is there; columns that an earlier version of Cohort did not write yet are null. */
    public Dataset<Row> read(String table) {
        Dataset<Row> rows = spark.read().format("delta").load(table(table));
        Set<String> there = Set.of(rows.columns());
        StructType known = ResultTables.BY_NAME.containsKey(table)
                ? ResultTables.BY_NAME.get(table).schema()
                : new StructType();
        for (StructField column : known.fields()) {
            if (!there.contains(column.name())) {
                rows = rows.withColumn(
                        column.name(), lit(null).cast(column.dataType()).as(column.name(), column.metadata()));
            }
        }
        return rows;
    }

    /**
     * Whether a path leads to something in the folder, by whatever way: links are followed. A pattern of many paths does not, nor
     * does what is not there.
     */
    public boolean contains(String text) throws IOException {
        if (StringUtils.containsAny(text, "*?[]{}\\")) {
            return false;
        }
        Path path = new Path(text);
        FileSystem own = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
        String scheme = path.toUri().getScheme();
        if (scheme != null && !scheme.equals(own.getScheme())) {
            return false;
        }
        FileSystem other = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
        if (!own.getUri().equals(other.getUri()) || !own.exists(path)) {
            return false;
        }
        return real(own, path).startsWith(real(own, root));
    }

    /** A path without links, as far as the file system has them. */
    private static java.nio.file.Path real(FileSystem files, Path path) throws IOException {
        java.nio.file.Path plain =
                java.nio.file.Path.of(files.makeQualified(path).toUri().getPath());
        return files instanceof LocalFileSystem ? plain.toRealPath() : plain.normalize();
    }

    /** Names of the tables there are, in alphabetical order. */
    public List<String> tables() throws IOException {
        FileSystem fileSystem = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
        List<String> names = new ArrayList<>();
        if (fileSystem.exists(root)) {
            for (FileStatus status : fileSystem.listStatus(root)) {
                if (isTable(fileSystem, status.getPath())) {
                    names.add(status.getPath().getName());
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    /** Whether there is a first commit: a log without one is a table that another process is making, or was killed over. */
    private static boolean isTable(FileSystem files, Path path) throws IOException {
        Path log = new Path(path, "_delta_log");
        if (!files.exists(log)) {
            return false;
        }
        for (FileStatus commit : files.listStatus(log)) {
            if (WrittenRuns.isCommit(commit.getPath().getName())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tables with columns that {@link Tables} does not know, or knows of another type: "name: the columns that differ". Columns
     * that they lack they get with the next rows.
     */
    public List<String> tablesOfAnotherVersion() throws IOException {
        List<String> others = new ArrayList<>();
        for (String name : tables()) {
            if (ResultTables.BY_NAME.containsKey(name)) {
                StructType expected = ResultTables.BY_NAME.get(name).schema();
                Set<String> differing = new TreeSet<>();
                for (StructField column :
                        spark.read().format("delta").load(table(name)).schema().fields()) {
                    if (!hasColumn(expected, column)) {
                        differing.add(column.name());
                    }
                }
                if (!differing.isEmpty()) {
                    others.add(name + ": " + String.join(", ", differing));
                }
            }
        }
        return others;
    }

    private static boolean hasColumn(StructType table, StructField column) {
        return Arrays.stream(table.fields())
                .anyMatch(known -> known.name().equals(column.name())
                        && known.dataType()
                                .catalogString()
                                .equals(column.dataType().catalogString()));
    }

    /** Whether table runs has a row of this run. */
    public boolean hasRun(String runId) throws IOException {
        return !written("runs", Set.of(runId)).isEmpty();
    }

    /** Makes all tables readable in SQL under their own names, and the views that can be made of them. */
    public void registerAll() throws IOException {
        List<String> tables = tables();
        registerTables(tables);
        new TaskViews(this).register();
        for (SweepView view : SweepView.values()) {
            if (tables.containsAll(view.tables())) {
                makeView(view);
            }
        }
    }

    /** Makes tables readable in SQL under their own names. */
    public void registerTables(List<String> names) {
        for (String name : names) {
            read(name).createOrReplaceTempView(name);
        }
    }

    /** Makes a view readable in SQL under its own name, and its tables. */
    public void registerView(SweepView view) {
        registerTables(view.tables());
        makeView(view);
    }

    private void makeView(SweepView view) {
        spark.sql(view.query()).createOrReplaceTempView(view.label());
    }
}
