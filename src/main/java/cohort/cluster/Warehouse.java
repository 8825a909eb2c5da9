package cohort.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The folder all results go to: Delta tables, and the models beside them. */
public final class Warehouse {
    /** Folder of the models; every other folder is a table. */
    public static final String MODELS = "models";

    private final SparkSession spark;
    private final Path root;

    /** A warehouse at a path of any Hadoop file system; nothing is created until something is written. */
    public Warehouse(SparkSession spark, String root) {
        this.spark = spark;
        this.root = new Path(root);
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

    /**
     * Appends rows to a table, which is made if there is none. Appending the same run's rows again, after a failure, does
     * nothing: Delta remembers the run as a finished transaction.
     *
     * @param rows rows with the columns and comments of {@link Tables}
     */
    public void append(String table, String runId, Dataset<Row> rows) {
        rows.write()
                .format("delta")
                .mode(SaveMode.Append)
                .option("txnAppId", runId)
                .option("txnVersion", 0)
                .save(table(table));
    }

    /** Names of the tables there are, in alphabetical order. */
    public List<String> tables() throws IOException {
        FileSystem files = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
        List<String> names = new ArrayList<>();
        if (files.exists(root)) {
            for (FileStatus status : files.listStatus(root)) {
                if (files.exists(new Path(status.getPath(), "_delta_log"))) {
                    names.add(status.getPath().getName());
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    /** Whether table runs has a row of this run. */
    public boolean hasRun(String runId) throws IOException {
        return tables().contains("runs")
                && !spark.read()
                        .format("delta")
                        .load(table("runs"))
                        .where(functions.col("run_id").equalTo(runId))
                        .isEmpty();
    }

    /** Makes tables readable in SQL under their own names. */
    public void registerViews(List<String> names) {
        for (String name : names) {
            spark.read().format("delta").load(table(name)).createOrReplaceTempView(name);
        }
    }
}
