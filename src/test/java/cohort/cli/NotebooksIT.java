package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks, run from top to bottom by the kernel that users install. */
@Tag("cluster")
class NotebooksIT {
    private static final Path NOTEBOOKS = Commands.PROJECT.resolve("notebooks");

    @TempDir
    private static Path temporary;

    /** A process whose output, errors included, goes to a file. */
    private record Started(Process process, Path log) {
        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        }

        String printed() throws IOException {
            return Files.readString(log);
        }
    }

    private static Started start(List<String> command) throws IOException {
        Path log = Files.createTempFile(temporary, "printed", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("SPARK_HOME");
        builder.environment()
                .put("JUPYTER_PATH", temporary.resolve("share/jupyter").toString());
        return new Started(builder.redirectOutput(log.toFile()).start(), log);
    }

    private static Started execute(Path notebook) throws IOException {
        return start(List.of(
                "jupyter",
                "nbconvert",
                "--to=notebook",
                "--execute",
                "--ExecutePreprocessor.timeout=240",
                "--output-dir=" + temporary.resolve("executed"),
                notebook.toString()));
    }

    @BeforeAll
    static void installTheKernel() throws IOException, InterruptedException {
        boolean isThere;
        try {
            isThere = start(List.of("jupyter", "nbconvert", "--version")).exitCode() == 0;
        } catch (IOException e) {
            isThere = false;
        }
        assumeTrue(isThere, "needs Jupyter: apt-get install jupyter-nbconvert jupyter-client");
        Started installed =
                start(List.of(NOTEBOOKS.resolve("install-kernel").toString(), "--prefix", temporary.toString()));
        assertThat(installed.exitCode()).as(installed.printed()).isZero();
        assertThat(installed.printed()).contains("jupyter notebook");
    }

    @Test
    void allRunFromTopToBottomAndShowWhatIsCommitted() throws IOException, InterruptedException {
        List<Path> notebooks;
        try (Stream<Path> files = Files.list(NOTEBOOKS)) {
            notebooks = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
        assertThat(notebooks).hasSize(3);
        List<Started> started = new ArrayList<>();
        for (Path notebook : notebooks) {
            started.add(execute(notebook));
        }
        for (int i = 0; i < notebooks.size(); i++) {
            assertThat(started.get(i).exitCode()).as(started.get(i).printed()).isZero();
            Path executed =
                    temporary.resolve("executed").resolve(notebooks.get(i).getFileName());
            List<String> outputs = outputs(executed);
            assertThat(outputs).contains("image/png");
            assertThat(outputs(notebooks.get(i)))
                    .as("committed outputs of %s, cell by cell", notebooks.get(i))
                    .isEqualTo(outputs);
        }
    }

    /** What kinds of output each cell of code has, in the order of execution. */
    private static List<String> outputs(Path notebook) throws IOException {
        List<String> kinds = new ArrayList<>();
        for (JsonNode cell : new ObjectMapper().readTree(notebook.toFile()).get("cells")) {
            if (cell.get("cell_type").asText().equals("code")) {
                kinds.add("cell " + cell.get("execution_count"));
                for (JsonNode output : cell.get("outputs")) {
                    kinds.add(output.get("output_type").asText());
                    output.path("data").fieldNames().forEachRemaining(kinds::add);
                }
            }
        }
        return kinds;
    }

    @Test
    void anExceptionInACellIsAFailure() throws IOException, InterruptedException {
        String notebook = """
                {"cells": [{"cell_type": "code", "execution_count": null, "id": "1", "metadata": {}, "outputs": [],
                  "source": ["throw new IllegalStateException(\\"of a cell\\");"]}],
                 "metadata": {"kernelspec": {"display_name": "Java (Cohort)", "language": "java", "name": "cohort"}},
                 "nbformat": 4, "nbformat_minor": 5}
                """;

        Started failing = execute(Files.writeString(temporary.resolve("failing.ipynb"), notebook));

        assertThat(failing.exitCode()).as(failing.printed()).isNotZero();
        assertThat(failing.printed()).contains("IllegalStateException", "of a cell");
    }

    @Test
    void aMistakeInTheOptionsIsSaidSo() throws IOException, InterruptedException {
        Started mistaken = start(List.of(NOTEBOOKS.resolve("install-kernel").toString(), "--prefix"));

        assertThat(mistaken.exitCode()).isEqualTo(2);
        assertThat(mistaken.printed()).contains("install-kernel [--prefix DIR]");
    }
}
