package cohort.cli;

import cohort.experiment.Sessions;
import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a command. The master and everything about the cluster come from spark-submit. */
final class SparkSessions {
    private SparkSessions() {}

    /** What a command does with its session. */
    interface Work {
        /** Returns the exit code. */
        int run(SparkSession spark) throws IOException;
    }

    /**
     * Opens a session, works with it and stops it, whatever happens. A session that was open before is used, and stays open.
     *
     * @param showTasks whether Spark shows its bar of finished tasks on a terminal; not beside a bar of our own
     */
    static int with(String name, boolean showTasks, Work work) throws IOException {
        SparkConf conf = new SparkConf();
        conf.setIfMissing("spark.ui.showConsoleProgress", Boolean.toString(showTasks && Terminal.isInteractive()));
        boolean isOurs = SparkSession.getDefaultSession().isEmpty();
        SparkSession spark = Sessions.open(name, conf);
        try {
            return work.run(spark);
        } finally {
            if (isOurs) {
                spark.stop();
            }
        }
    }
}
