package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trials have the distribution of those that the task's original makes, in everything that a file of its statistics records, or are
 * the trials that a file has: every file of the project's folders, or of another one, {@code -Dgolden.tasks=DIR}.
 */
class TaskGoldenTest {
    private static final String GOLDEN = "src/test/resources/golden/";
    private static final List<Path> FOLDERS = System.getProperty("golden.tasks") == null
            ? List.of(Path.of(GOLDEN, "tasks"), Path.of(GOLDEN, "tasks_more"))
            : List.of(Path.of(System.getProperty("golden.tasks")));
    private static final Map<String, GoldenTask> TASKS = new HashMap<>();
    private static final Map<String, ExactTrials> EXACT = new HashMap<>();

    static {
        for (GoldenTask task : ServiceLoader.load(GoldenTask.class)) {
            task.names().forEach(name -> assertThat(TASKS.put(name, task)).isNull());
        }
        for (ExactTrials task : ServiceLoader.load(ExactTrials.class)) {
            task.names().forEach(name -> assertThat(EXACT.put(name, task)).isNull());
        }
    }

    static List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(found::add);
            }
        }
        assertThat(found).as("files in %s", FOLDERS).isNotEmpty();
        return found;
    }

    @ParameterizedTest
    @MethodSource("files")
    void trialsAreThoseOfTheOriginal(Path file) throws IOException {
        JsonNode golden = new ObjectMapper().readTree(file.toFile());
        String name = golden.get("task").textValue();
        Set<String> known = new HashSet<>(TASKS.keySet());
        known.addAll(EXACT.keySet());
        assertThat(known).as("tasks").contains(name);

        compare(golden, name).assertAgreement();
    }

    private static GoldenComparison compare(JsonNode golden, String name) {
        if (!EXACT.containsKey(name)) {
            return new NeurogymComparison(golden, TASKS.get(name)).compare();
        }
        GoldenComparison comparison = new GoldenComparison();
        EXACT.get(name).compare(golden, comparison);
        return comparison;
    }
}
