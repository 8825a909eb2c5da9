package cohort.cluster;

import cohort.config.KindSource;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Classes of kinds that a user wrote, for executors. */
public final class OwnKinds {
    private OwnKinds() {}

    /** Lets executors have the classes of all kinds that were read so far; before a job that takes one of them along. */
    public static void ship(JavaSparkContext spark) {
        for (Path jar : KindSource.jars()) {
            if (!spark.sc().listJars().mkString("\n").contains("/" + jar.getFileName())) {
                spark.addJar(jar.toUri().toString());
            }
        }
    }
}
