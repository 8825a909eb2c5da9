package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trials have the distribution of those that the task's original makes, in everything that a file of its statistics records: every
 * file of a folder, {@code -Dgolden.tasks=DIR}.
 */
class TaskGoldenTest {
    private static final Path FOLDER = Path.of(System.getProperty("golden.tasks", "src/test/resources/golden/tasks"));
    private static final Map<String, GoldenTask> TASKS = new HashMap<>();

    static {
        for (GoldenTask task : ServiceLoader.load(GoldenTask.class)) {
            task.names().forEach(name -> assertThat(TASKS.put(name, task)).isNull());
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(found).as("files in %s", FOLDER.toAbsolutePath()).isNotEmpty();
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void trialsAreDistributedAsTheOriginals(Path file) throws IOException {
        JsonNode golden = new ObjectMapper().readTree(file.toFile());
        String name = golden.get("task").textValue();
        assertThat(TASKS).as("tasks").containsKey(name);

        new NeurogymComparison(golden, TASKS.get(name)).compare().assertAgreement();
    }
}
