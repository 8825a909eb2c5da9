package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user runs them: submit/local in a process of its own, from another folder with a space in its name. */
@Tag("cluster")
class SubmitLocalIT {
    private static final Path PROJECT = Commands.PROJECT;
    private static final String[] SMALL = {
        "--set", "network.hidden=20",
        "--set", "training.steps=60",
        "--set", "averaging.workers=3",
        "--set", "averaging.local-steps=25",
        "--set", "evaluation.trials=250",
        "--set", "evaluation.loss-sequences=600"
    };

    @TempDir
    private Path temporary;

    private Commands.Finished submit(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return new Commands(temporary, environment).run("local", arguments);
    }

    private static String[] train(String warehouse) {
        List<String> arguments = new ArrayList<>(List.of(
                "train", PROJECT.resolve("conf/perceptual-decision.conf").toString()));
        arguments.addAll(List.of(SMALL));
        arguments.addAll(List.of("--set", "warehouse=" + warehouse));
        return arguments.toArray(String[]::new);
    }

    private byte[] model(String warehouse) throws IOException {
        try (Stream<Path> files = Files.walk(temporary.resolve("a folder").resolve(warehouse))) {
            Path model = files.filter(file -> file.endsWith("model.safetensors"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllBytes(model);
        }
    }

    @Test
    void trainsToTheSameBitsOnOneCoreAndOnTwoAndAnswersInSql() throws IOException, InterruptedException {
        Commands.Finished two = submit(Map.of("COHORT_CORES", "2"), train("two"));
        Commands.Finished one = submit(
                Map.of(
                        "COHORT_CORES", "1",
                        // Another language, and no encoding: nothing of it may be seen in what comes of a run.
                        "_JAVA_OPTIONS", "-Duser.language=fa -Duser.country=IR",
                        "LC_ALL", "C",
                        "HOME", temporary.resolve("gone").toString(),
                        "CDPATH", ".:" + PROJECT),
                train("größe"));

        assertThat(two.exitCode()).as(two.err()).isZero();
        assertThat(two.out()).contains("efficiency", "all > 0", "model.safetensors", "condition_accuracy");
        assertThat(two.err()).doesNotContain("WARN").doesNotContain("Exception");
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(Arrays.equals(model("größe"), model("two")))
                .as("the same bytes")
                .isTrue();

        Commands.Finished json = submit(
                Map.of(),
                "sql",
                "--warehouse",
                "two",
                "--format",
                "json",
                "SELECT sum(trials) n, count(*) c FROM coherence_accuracy");
        assertThat(json.out().strip()).isEqualTo("{\"n\":250,\"c\":5}");
    }
}
