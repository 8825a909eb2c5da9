package cohort.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import cohort.config.UserError;
import cohort.storage.Fence;
import cohort.storage.Files;
import cohort.storage.NameNode;
import cohort.storage.OwnedException;
import cohort.storage.Ownership;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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

    private final SparkSession spark;
    private final Path root;
    private final Files files;
    private final Fence fence;
    private final TableReader reader;
    private final TableWriter writer;

    /**
     * A warehouse at a path of any Hadoop file system; nothing is created until something is written.
     *
     * @throws UserError if it was written by a version that knew one task only
     */
    public Warehouse(SparkSession spark, String root) {
        this(spark, new Path(root), Fence.NONE);
        TableVersions.requireAnyTask(this.root, spark.sparkContext().hadoopConfiguration());
    }

    private Warehouse(SparkSession spark, Path root, Fence fence) {
        this.spark = spark;
        this.root = root;
        NameNode.requireAnswer(this.root, spark.sparkContext().hadoopConfiguration());
        this.files = new Files(spark.sparkContext().hadoopConfiguration());
        this.fence = fence;
        this.reader = new TableReader(spark);
        this.writer = new TableWriter(spark, root, files, fence);
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
        return owned(files, root.toString());
    }

    /** The same of the warehouse in a folder. */
    public static Map<String, String> owned(Files files, String folder) throws IOException {
        return Ownership.owned(files, new Path(folder, OWNERS).toString());
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
        return writer.written(table, runIds);
    }

    /** Appends rows of a run to a table, which is made if there is none; nothing happens if the run has rows there. */
    public void append(Table<?> table, String runId, List<Row> rows) throws IOException {
        writer.append(table, Set.of(runId), rows);
    }

    /** Appends rows that are still distributed; see {@link #append(Table, String, List)}. */
    public void append(Table<?> table, String runId, JavaRDD<Row> rows) throws IOException {
        writer.append(table, Set.of(runId), rows);
    }

    /** Appends rows of some runs, without those of runs that have rows in the table. */
    public void append(Table<?> table, Collection<String> runIds, List<Row> rows) throws IOException {
        writer.append(table, runIds, rows);
    }

    /** Appends rows of some runs that are still distributed, without those of runs that have rows in the table. */
    public void append(Table<?> table, Collection<String> runIds, JavaRDD<Row> rows) throws IOException {
        writer.append(table, runIds, rows);
    }

    /**
     * Appends rows of some runs where a run may have several in the table: without those of runs that have one of a kind.
     *
     * @param kind a condition that tells which rows are of the kind; the new ones are
     */
    public void append(Table<?> table, Column kind, Collection<String> runIds, List<Row> rows) throws IOException {
        writer.append(table, kind, runIds, rows);
    }

    /** Deletes the rows of some runs; returns how many there were. */
    public long delete(String table, Collection<String> runIds) throws IOException {
        return delete(table, col("run_id").isin(runIds.toArray()));
    }

    /** Deletes the rows that a condition holds for; returns how many there were. */
    long delete(String table, Column condition) throws IOException {
        long rows = read(table).where(condition).count();
        if (rows > 0) {
            writer.delete(table, condition);
        }
        return rows;
    }

    /** Deletes the data files that no row of a table is in any more; see {@link TableWriter#vacuum}. */
    void vacuum(String table) throws IOException {
        if (dataFiles(table).size()
                > reader.distributed(table(table)).inputFiles().length) { // to find that out takes Delta seconds
            writer.vacuum(table);
        }
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

    /**
     * Puts rows in the place of those that a condition holds for: all of them at once, or, after a failure, none.
     *
     * @param where columns and what they hold in the rows that go, null for nothing; the new rows hold the same
     */
    public void replace(Table<?> table, Map<String, String> where, JavaRDD<Row> rows) throws IOException {
        writer.replace(table, where, rows);
    }

    /** Rows of a table as they are now, none if there is no such table. */
    public Dataset<Row> read(Table<?> table) throws IOException {
        return isTable(root.getFileSystem(spark.sparkContext().hadoopConfiguration()), new Path(table(table.name())))
                ? read(table.name())
                : spark.createDataFrame(List.<Row>of(), table.schema());
    }

    /** Rows of a table that is there, with the columns that it was written with. */
    Dataset<Row> written(String table) {
        return reader.read(table(table));
    }

    /** Rows of a table that is there; columns that an earlier version of Cohort did not write yet are null. */
    public Dataset<Row> read(String table) {
        Dataset<Row> rows = written(table);
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

    /** Whether a path leads to something in the folder, by whatever way; see {@link FolderContent#has}. */
    public boolean contains(String path) throws IOException {
        return new FolderContent(root, spark.sparkContext().hadoopConfiguration()).has(path);
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
    static boolean isTable(FileSystem files, Path path) throws IOException {
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

    /** Whether table runs has a row of this run. */
    public boolean hasRun(String runId) throws IOException {
        return !written("runs", Set.of(runId)).isEmpty();
    }

    /** Makes all tables, as they are now, readable in SQL under their own names, and the views that can be made of them. */
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

    /** Makes tables, as they are now, readable in SQL under their own names. */
    public void registerTables(List<String> names) {
        for (String name : names) {
            read(name).createOrReplaceTempView(name);
        }
    }

    /** Makes a view, of its tables as they are now, readable in SQL under its own name. */
    public void registerView(SweepView view) {
        registerTables(view.tables());
        makeView(view);
    }

    private void makeView(SweepView view) {
        spark.sql(view.query()).createOrReplaceTempView(view.label());
    }
}
