package cohort.experiment;

import cohort.storage.LocalFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Opens Spark sessions that can read and write Cohort's tables. From then on numbers in texts are the same for all languages, in
 * this process and in its executors: names of files are made of them, and a "٣" for a 3 would hide a table.
 */
public final class Sessions {
    /** The language of texts, for a JVM that we do not start; stronger than what an environment variable says of the language. */
    private static final String ROOT_LOCALE = "-Duser.language=en -Duser.country= -Duser.language.format=en"
            + " -Duser.country.format= -Duser.script.format= -Duser.variant.format= -Duser.extensions.format=u-nu-latn";

    /** Environment variable with which a standalone cluster hands its secret to drivers and executors. */
    private static final String SECRET = "_SPARK_AUTH_SECRET";

    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

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
        Locale.setDefault(Locale.ROOT);
        defaults().forEach(conf::setIfMissing);
        String master = conf.get("spark.master", "");
        if (master.startsWith("local")) {
            // A task for which memory was too small ends its run, which then says so; Spark would end this process.
            conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
        } else {
            conf.set(EXECUTOR_OPTIONS, (ROOT_LOCALE + " " + conf.get(EXECUTOR_OPTIONS, "")).strip());
            conf.setIfMissing("spark.executorEnv.LC_ALL", "C.UTF-8"); // Java names files as this says
        }
        nameUser();
        if (System.getenv(SECRET) != null) {
            // Spark takes the secret from the environment, but not before it has seen that the setting is there as
            // well.
            conf.setIfMissing("spark.authenticate.secret", "in " + SECRET);
        }
        SparkMaster.requireAnswer(conf);
        SparkSession session =
                SparkSession.builder().config(conf).appName("cohort " + name).getOrCreate();
        forgetLocalFileSystem(session.sparkContext().hadoopConfiguration());
        return session;
    }

    /** Hadoop keeps the file system that was opened first for all; spark-submit opens Hadoop's own where the driver will be. */
    private static void forgetLocalFileSystem(Configuration hadoop) {
        try {
            FileSystem first = FileSystem.get(FsConstants.LOCAL_FS_URI, hadoop);
            if (!(first instanceof LocalFiles)) {
                first.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a user id without a name, as containers have them, one: Hadoop refuses to work for nobody. */
    private static void nameUser() {
        if ("?".equals(System.getProperty("user.name"))) {
            String name = Optional.ofNullable(System.getenv("HADOOP_USER_NAME")).orElse("nobody");
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
        }
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        defaults.put("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
        defaults.put("spark.hadoop.fs.AbstractFileSystem.file.impl", LocalFiles.Context.class.getName());
        defaults.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        // Delta's logs are small; its default of 50 tasks to read one costs more than all else.
        defaults.put("spark.databricks.delta.snapshotPartitions", "2");
        // Other readers of the tables, such as deltalake and DuckDB, count the rows of a file by its statistics. Those
        // of columns
        // help to skip files of huge tables; here they would cost two seconds of a first run.
        defaults.put("spark.databricks.delta.properties.defaults.dataSkippingNumIndexedCols", "0");
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
