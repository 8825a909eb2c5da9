package cohort.experiment;

import cohort.storage.LocalFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens Spark sessions that can read and write Cohort's tables. */
public final class Sessions {
    /** Environment variable with which a standalone cluster hands its secret to drivers and executors. */
    private static final String SECRET = "_SPARK_AUTH_SECRET";

    private Sessions() {}

    /** A session on all cores of this machine, for a notebook or a program; where spark-submit names a master, on that. */
    public static SparkSession open(String name) {
        SparkConf conf = new SparkConf();
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        return open(name, conf);
    }

    /** A session with these settings, and Cohort's where they are silent. */
    public static SparkSession open(String name, SparkConf conf) {
        defaults().forEach(conf::setIfMissing);
        if (conf.get("spark.master", "").startsWith("local")) {
            conf.setIfMissing("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
        }
        if (System.getenv(SECRET) != null) {
            // Spark takes the secret from the environment, but not before it has seen that the setting is there as
            // well.
            conf.setIfMissing("spark.authenticate.secret", "in " + SECRET);
        }
        return SparkSession.builder().config(conf).appName("cohort " + name).getOrCreate();
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        defaults.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        // Delta's logs are small; its default of 50 tasks to read one costs more than all else.
        defaults.put("spark.databricks.delta.snapshotPartitions", "2");
        // Column statistics help to skip files of huge tables; here they cost two seconds of a first run.
        defaults.put("spark.databricks.delta.stats.collect", "false");
        defaults.put("spark.sql.shuffle.partitions", "8");
        // Observations are noise: Parquet would look in vain for values that come twice.
        defaults.put("spark.hadoop.parquet.enable.dictionary#observations.list.element", "false");
        // Spark makes every broadcast in a buffer of a whole block. Its default of 4 MB is twenty times a small
        // network, and
        // large enough for a garbage collection every few rounds.
        defaults.put("spark.broadcast.blockSize", "256k");
        // In a sweep the tasks that write tables get the next free slot, not the last.
        defaults.put("spark.scheduler.mode", "FAIR");
        defaults.put("spark.ui.enabled", "false");
        return defaults;
    }
}
