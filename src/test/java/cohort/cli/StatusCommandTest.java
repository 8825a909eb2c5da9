package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.storage.Files;
import cohort.storage.OwnedException;
import cohort.storage.Ownership;
import cohort.sweep.SweepStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
    private static final long MINUTE = 60_000;

    @TempDir
    private Path folder;

    private final Files files = new Files(new Configuration());

    private String status() {
        StringWriter out = new StringWriter();
        assertThat(Cohort.run(
                        new PrintWriter(out, true),
                        new PrintWriter(out, true),
                        "status",
                        "--warehouse",
                        folder.toString()))
                .as(out.toString())
                .isZero();
        return out.toString();
    }

    /** Its driver may wait for a free slot to write tables with, which takes as long as a run. */
    @Test
    void aSweepThatIsSilentIsLostOnlyIfNobodyHasIt() throws IOException, OwnedException {
        String sweep = folder + "/sweeps/large";
        long before = System.currentTimeMillis() - 16 * MINUTE;
        new SweepStatus("large", "running", 24, 0, 2, 0, 0, 10, 100, 0.9, "large-seed1", before).write(files, sweep);

        assertThat(status()).contains("silent for 16 min");
        try (Ownership owner =
                Ownership.claim(files, folder + "/.owners", "trained", List.of("sweep large"), why -> {})) {
            assertThat(owner).isNotNull();
            assertThat(status()).contains("running", "2 of 24").doesNotContain("silent");
        }
        assertThat(status()).contains("silent for 16 min");
    }
}
