package cohort.cluster;

import cohort.storage.LocalFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** One session on two cores for all Spark tests of a JVM. */
public final class SharedSpark {
    private static final SparkSession SESSION = SparkSession.builder()
            .master("local[2,8]") // a task may fail seven times, as on a cluster
            .appName("cohort tests")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.hadoop.fs.file.impl", LocalFiles.class.getName())
            .config("spark.hadoop.fs.AbstractFileSystem.file.impl", LocalFiles.Context.class.getName())
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.databricks.delta.snapshotPartitions", "1")
            // For a few rows, to compile code for a query, to plan it anew as it runs, and to sum up each commit takes
            // longer than to do without; the tests of submit/ do it.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.databricks.delta.writeChecksum.enabled", "false")
            .config("spark.databricks.delta.properties.defaults.dataSkippingNumIndexedCols", "0")
            .getOrCreate();

    private SharedSpark() {}

    public static SparkSession session() {
        return SESSION;
    }

    public static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(SESSION.sparkContext());
    }
}
