package cohort.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
    @TempDir
    private Path folder;

    private interface Attempt {
        void run() throws Exception;
    }

    private static String reason(Attempt attempt) {
        try {
            attempt.run();
        } catch (Throwable e) { // errors are what this is about
            String reason = Failures.reason(e);
            assertThat(reason).isNotBlank().hasSizeLessThan(300).doesNotContain("\n");
            return reason;
        }
        throw new AssertionError("it did not fail");
    }

    @Test
    void memoryThatIsTooSmallNamesWhatToSet() {
        assertThat(reason(() -> {
                    long[][] all = new long[64][];
                    for (int i = 0; i < all.length; i++) {
                        all[i] = new long[Integer.MAX_VALUE - 8];
                    }
                }))
                .contains("COHORT_DRIVER_MEMORY", "--executor-memory");
        assertThat(reason(() -> {
                    throw new SparkException("Job aborted: ExecutorLostFailure (executor 1 exited caused by one of the"
                            + " running tasks) Reason: Command exited with code 52\nDriver stacktrace: ...");
                }))
                .contains("--executor-memory");
        assertThat(reason(() -> {
                    throw new OutOfMemoryError(
                            "unable to create native thread: possibly out of memory or process/resource"
                                    + " limits reached");
                }))
                .contains("ulimit -u")
                .doesNotContain("MEMORY");
    }

    @Test
    @Tag("spark")
    void theFirstCauseOfAFailedTaskIsTold() {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

        assertThat(reason(() -> spark.parallelize(java.util.List.of(2, 1, 0), 1)
                        .map(divisor -> 6 / divisor)
                        .collect()))
                .isEqualTo("/ by zero");
    }

    @Test
    void aFullDiskIsSaidSo() throws IOException {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isWritable(full), "/dev/full is there");

        assertThat(reason(() -> {
                    try (FileOutputStream out = new FileOutputStream(full.toFile())) {
                        out.write(1);
                    }
                }))
                .isEqualTo("the disk is full");
    }

    @Test
    void filesSayMoreThanTheirName() throws IOException {
        assertThat(reason(() -> Files.readString(folder.resolve("gone")))).contains("gone", "no such file");
        assertThat(reason(() -> Files.createDirectory(folder))).contains(folder.toString(), "exists already");
    }

    @Test
    void aMistakeOfTheProgramSaysWhereItIs() {
        String[] nothing = new String[1];

        assertThat(reason(() -> assertThat(nothing[0].length()).isZero()))
                .contains("an error of the program", "FailuresTest");
        assertThat(reason(() -> {
                    throw new IllegalStateException();
                }))
                .contains("IllegalStateException");
    }
}
