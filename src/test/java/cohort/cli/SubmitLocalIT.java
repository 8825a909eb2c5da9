package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
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

    private static String[] train(String warehouse, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train", PROJECT.resolve("conf/perceptual-decision.conf").toString()));
        arguments.addAll(List.of(SMALL));
        arguments.addAll(List.of("--set", "warehouse=" + warehouse));
        arguments.addAll(List.of(more));
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

        Commands.Finished again = submit(Map.of(), train("two"));
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("in the warehouse already", "--set name=");

        Commands.Finished badQuery = submit(Map.of(), "sql", "--warehouse", "two", "SELECT nothing FROM nowhere");
        assertThat(badQuery.exitCode()).isEqualTo(2);
        assertThat(badQuery.err()).contains("nowhere").doesNotContain("\tat ");
    }

    @Test
    void aDivergedRunIsSaidSoAndRecorded() throws IOException, InterruptedException {
        Commands.Finished diverged = submit(
                Map.of(),
                train(
                        "bad",
                        "--set",
                        "training.optimizer.name=sgd",
                        "--set",
                        "training.optimizer.learning-rate=1e38",
                        "--set",
                        "training.clipping.mode=none"));

        assertThat(diverged.exitCode()).isEqualTo(1);
        assertThat(diverged.err()).contains("diverged", "step", "gradient norm").doesNotContain("\tat ");
        assertThat(SharedSpark.session()
                        .read()
                        .format("delta")
                        .load(temporary.resolve("a folder/bad/runs").toString())
                        .select("status", "model")
                        .toJSON()
                        .collectAsList())
                .containsExactly("{\"status\":\"diverged\"}");
    }

    @Test
    void aScalingStudyCountsTheTrialsToATarget() throws IOException, InterruptedException {
        Commands.Finished study = submit(
                Map.of(),
                concat(
                        new String[] {
                            "scaling",
                            PROJECT.resolve("conf/perceptual-decision.conf").toString(),
                            "--workers",
                            "2",
                            "--local-steps",
                            "50",
                            "--seeds",
                            "1",
                            "--target",
                            "2", // met at the first look
                            "--figure",
                            "scaling.svg"
                        },
                        SMALL));

        assertThat(study.exitCode()).as(study.err()).isZero();
        assertThat(study.out().replace(" ", "")).contains("|0|50|2|1|1|50|1600|", "|0.9|50|2|1|1|50|1600|");
        assertThat(temporary.resolve("a folder/scaling.svg")).content().contains("<svg");
    }

    private static String[] concat(String[] first, String[] second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
    }

    @Test
    void aDamagedModelIsRefused() throws IOException, InterruptedException {
        Path damaged = temporary.resolve("damaged.safetensors");
        Files.writeString(damaged, "this is no model");

        Commands.Finished refused = submit(
                Map.of(),
                "evaluate",
                PROJECT.resolve("conf/notebook-adam.conf").toString(),
                "--model",
                damaged.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("damaged.safetensors", "not a safetensors file")
                .doesNotContain("\tat ");
    }
}
