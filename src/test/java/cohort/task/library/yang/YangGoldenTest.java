package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.storage.Safetensors;
import cohort.task.GoldenComparison;
import cohort.task.parts.Ring;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Yang et al.'s tasks are what their code makes of them: every file of a folder, {@code -Dgolden.yang=DIR}. What a file is about, it says
 * itself; one that nobody knows fails.
 */
class YangGoldenTest {
    private static final Path FOLDER = Path.of(System.getProperty("golden.yang", "src/test/resources/golden/yang"));
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> found = files.filter(file -> !file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            assertThat(found).as("files in %s", FOLDER.toAbsolutePath()).isNotEmpty();
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void tasksAreYangs(Path file) throws IOException {
        if (file.toString().endsWith(".json")) {
            compareStatistics(JSON.readTree(file.toFile()));
        } else {
            assertThat(file.toString()).as("a kind of file").endsWith(".safetensors");
            compareTensors(Safetensors.parse(Files.readAllBytes(file)));
        }
    }

    private static void compareStatistics(JsonNode golden) {
        if (golden.has("task")) {
            GoldenComparison comparison = new YangStatistics(golden).compare();
            comparison.assertAgreement();
            comparison.assertTypicalErrors();
        } else if (golden.has("rules")) {
            YangRuleInputs.compare(golden);
        } else {
            assertThat(golden.has("rows")).as("a kind of file").isTrue();
            compareRing(golden.get("rows"));
        }
    }

    private static void compareTensors(Safetensors file) throws IOException {
        if (file.metadata().containsKey("kinds")) {
            YangScores.compare(file);
        } else if (file.metadata().containsKey("cases")) {
            YangLosses.compare(file);
        } else {
            assertThat(file.metadata()).as("a kind of file").containsKeys("task", "batches");
            new YangBatches(file).compare();
        }
    }

    private static void compareRing(JsonNode rows) {
        int units = 32;
        assertThat(rows).isNotEmpty();
        for (JsonNode row : rows) {
            double angle = row.get("angle").doubleValue();
            float[] bump = Ring.bump(units, angle, 1);
            for (int unit = 0; unit < units; unit++) {
                assertThat((double) bump[unit])
                        .isCloseTo(row.get("bump").get(unit).doubleValue(), within(1e-6));
            }
            int further = Math.floorMod(
                    Ring.nearest(angle, units) - row.get("nearest").intValue(), units);
            if (row.get("tie").booleanValue()) {
                assertThat(further).as("either neighbour of %s", angle).isIn(0, 1, units - 1);
            } else {
                assertThat(further).as("nearest to %s", angle).isZero();
            }
        }
    }
}
