package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.config.Kinds;
import cohort.task.TaskFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Cohort.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void everyTaskIsListed() {
        assertThat(run("task", "list")).as(err.toString()).isZero();

        List<String> lines = out.toString().lines().toList();
        for (String name : Kinds.names("task")) {
            assertThat(lines.stream().anyMatch(line -> line.startsWith("| " + name + " ")))
                    .as(name)
                    .isEqualTo(((TaskFactory) Kinds.named("task", name).orElseThrow()).isComplete());
        }
        assertThat(lines).anyMatch(line -> line.matches("\\| go-nogo +\\|.*\\| +3 \\| +2 \\| +0.500 \\| +1.000 \\|.*"));
    }

    @Test
    void aFamilyIsListedAlone() {
        assertThat(run("task", "list", "--family", "go-nogo")).isZero();
        assertThat(out.toString()).contains("| go-nogo ").doesNotContain("| ready-set-go ");

        assertThat(run("task", "list", "--family", "nogo")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no family nogo");
    }

    @Test
    void aTaskIsShownInWordsAndPictures() throws IOException {
        assertThat(run(
                        "task",
                        "show",
                        "go-nogo",
                        "--to",
                        folder.resolve("shown").toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains(
                        "go-nogo: One of two symbols",
                        "delay, 500 ms",
                        "go: 1: a response",
                        "chance 0.5000, ceiling 1.0000");
        assertThat(Files.readString(folder.resolve("shown/report.html")))
                .contains("go-nogo", "data-name=\"trial-1\"", "data-name=\"trial-2\"")
                .doesNotContain("trial-3");
        try (Stream<Path> figures = Files.list(folder.resolve("shown/figures"))) {
            assertThat(figures.map(file -> file.getFileName().toString())
                            .sorted()
                            .toList())
                    .containsExactly("trial-1.png", "trial-1.svg", "trial-2.png", "trial-2.svg");
        }
    }

    @Test
    void theTaskOfAConfigurationIsShownWithWhatItChanges() {
        assertThat(run(
                        "task",
                        "show",
                        "conf/go-nogo.conf",
                        "--set",
                        "task.timing.delay=[100, 200]",
                        "--to",
                        folder.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("delay, 100 or 200 ms", "55 to 60 steps of 20.0 ms");
    }

    @Test
    void mistakesAreOneLine() {
        assertThat(run("task", "show", "go-no-go")).isEqualTo(2);
        assertThat(run("task", "show", "go-nogo", "--set", "task.coherences=[1]"))
                .isEqualTo(2);
        assertThat(run("task")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "go-no-go is no task and no configuration file", "there is no key task.coherences", "task list")
                .doesNotContain("\tat ");
        assertThat(err.toString().lines().count()).isLessThan(8);
    }
}
