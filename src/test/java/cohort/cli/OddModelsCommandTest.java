package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Some of the models of cohort.storage.OddModelsTest as a user meets them. */
@Tag("spark")
class OddModelsCommandTest {
    @TempDir
    private static Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void unpack() throws IOException {
        try (InputStream file = OddModelsCommandTest.class.getResourceAsStream("/references/odd-models.zip");
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.write(folder.resolve(entry.getName().substring(4)), zip.readAllBytes()); // without its number
            }
        }
    }

    private int run(String command, String... more) {
        SharedSpark.session();
        String[] arguments = {
            command,
            "conf/perceptual-decision.conf",
            "--set",
            "network.hidden=4",
            "--set",
            "warehouse=" + folder,
            "--set",
            "evaluation.trials=20",
            "--set",
            "evaluation.loss-sequences=600",
            "--set",
            "sweep.seeds=1..2",
            more[0],
            more[1]
        };
        return Cohort.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "gap, leaves a gap",
        "bytes-behind, 4096 bytes after the last tensor",
        "integers-as-weights, fc.bias is I32",
        "not-finite, finite numbers of float32",
        "names-that-are-no-ones, fc.bias",
        "optimizers, an optimizer",
        "cut-off, damaged"
    })
    void whatIsNoNetworkIsAUsersMistake(String model, String words) {
        for (String[] command : new String[][] {
            {"evaluate", "--model", folder.resolve(model).toString()},
            {"train", "--set", "network.initial-model=" + folder.resolve(model)},
            {"sweep", "--set", "sweep.space.network.initial-model=[\"" + folder.resolve(model) + "\"]"}
        }) {
            assertThat(run(command[0], command[1], command[2])).as(command[0]).isEqualTo(2);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("error: ")
                    .contains(folder.resolve(model).toString(), words)
                    .hasSizeLessThan(300)
                    .matches(line -> line.chars().noneMatch(Character::isISOControl));
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void networkThatWasWrappedIsEvaluatedAndThatIsSaid() {
        assertThat(run("evaluate", "--model", folder.resolve("wrapped").toString()))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).contains("\"model.net.\"");
        assertThat(out.toString()).contains("Held-out loss");
    }
}
