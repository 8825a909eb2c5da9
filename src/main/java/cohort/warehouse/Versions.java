package cohort.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** The versions that a result depends on. */
public final class Versions implements IVersionProvider {
    /** In one line: Cohort, Java, Spark. */
    public static String line() {
        return "Cohort " + cohort() + ", Java " + System.getProperty("java.version") + ", Spark "
                + package$.MODULE$.SPARK_VERSION();
    }

    private static String cohort() {
        Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("/cohort/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
