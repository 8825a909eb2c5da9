package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.Execution;
import cohort.cluster.ParameterAveraging;
import cohort.cluster.SharedSpark;
import cohort.config.Settings;
import cohort.run.RunConfiguration;
import cohort.run.RunFolder;
import cohort.run.TrainingState;
import cohort.storage.Fence;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a training leaves that is killed at any point, made as the kill would leave it. The points, in order:
 *
 * <ol>
 *   <li>the mark of the owner is there, and nothing of the run (OwnershipTest)
 *   <li>the folder is there, with or without the configuration in it
 *   <li>a checkpoint is half written, or an older one half deleted (CheckpointsTest)
 *   <li>the last checkpoint is there, and the network may be
 *   <li>the first n of the tables have the run's rows; the last one is table runs
 *   <li>all rows are there, and the checkpoints are whole or half deleted
 *   <li>{@code --restart}: the removal is written down; rows are gone from the first n tables, table runs first; the folder is half
 *       deleted or gone
 * </ol>
 */
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenOffTest {
    private static final List<String> TABLES = List.of(
            "tasks",
            "training_curve",
            "trial_outcomes",
            "condition_accuracy",
            "choice_counts",
            "psychometric_fits",
            "runs");
    private static final String[] DIFFERS_BY_NATURE = {
        "started_at", "seconds", "model", "config", "compute_ms", "overhead_ms"
    };
    private static final List<String> SETTINGS = List.of(
            "name=broken",
            "training.steps=6",
            "averaging.local-steps=2",
            "network.hidden=3",
            "evaluation.trials=60",
            "evaluation.loss-sequences=20");

    private final RunConfiguration run = RunConfiguration.of(Settings.defaults(SETTINGS));
    private Path undisturbed;
    private final Map<String, List<String>> expected = new HashMap<>();
    private TrainingState last;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeAll
    void trainUndisturbed(@TempDir Path temporary) throws IOException {
        undisturbed = temporary.resolve("undisturbed");
        assertThat(train(undisturbed)).isEqualTo("0 ");
        TABLES.forEach(table -> expected.put(table, rows(undisturbed, table)));
        last = ParameterAveraging.generating(SharedSpark.context(), run.plan(), Execution.ANY)
                .run(
                        TrainingState.initial(
                                run.spec().firstParameters(null, note -> {}),
                                run.plan().training().optimizer()),
                        state -> true)
                .state();
    }

    @BeforeEach
    void copy() throws IOException {
        root = folder.resolve("it's a warehouse");
        try (Stream<Path> files = Files.walk(undisturbed)) {
            for (Path file : files.toList()) {
                Files.copy(file, root.resolve(undisturbed.relativize(file).toString()));
            }
        }
    }

    /** The exit code and what was said in error. */
    private String train(Path warehouse, String... more) throws IOException {
        Path conf = Files.writeString(warehouse.resolveSibling("run.conf"), "");
        List<String> arguments = new ArrayList<>(List.of("train", conf.toString()));
        SETTINGS.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        arguments.addAll(List.of("--set", "warehouse=\"" + warehouse + "\""));
        arguments.addAll(List.of(more));
        SharedSpark.session(); // which the command uses
        StringWriter err = new StringWriter();
        int exitCode = Cohort.run(
                new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments.toArray(String[]::new));
        return exitCode + " " + err;
    }

    private Path modelFolder() {
        return root.resolve("models").resolve(run.runId());
    }

    private void putCheckpointBack() throws IOException {
        Warehouse warehouse = new Warehouse(SharedSpark.session(), root.toString());
        new RunFolder(warehouse.files(), Fence.NONE, modelFolder().toString(), run.spec()).checkpoint(last);
        Files.writeString(
                modelFolder().resolve("checkpoints/run.conf"), run.spec().config());
    }

    private static void delete(Path path) {
        try (Stream<Path> files = Files.exists(path) ? Files.walk(path) : Stream.empty()) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> rows(Path warehouse, String table) {
        List<String> rows = new ArrayList<>(SharedSpark.session()
                .read()
                .format("delta")
                .load(warehouse.resolve(table).toString())
                .drop(DIFFERS_BY_NATURE)
                .toJSON()
                .collectAsList());
        Collections.sort(rows);
        return rows;
    }

    private void assertAsUndisturbed() throws IOException {
        String id = run.runId();
        for (String table : TABLES) {
            assertThat(rows(root, table)).as(table).isEqualTo(expected.get(table));
        }
        assertThat(modelFolder()).isDirectoryNotContaining("glob:**checkpoints");
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertThat(modelFolder().resolve(file))
                    .as(file)
                    .hasSameBinaryContentAs(
                            undisturbed.resolve("models").resolve(id).resolve(file));
        }
        assertThat(root.resolve(".owners")).isEmptyDirectory();
    }

    @Test
    void killedBetweenTwoTablesItWritesTheOthers() throws IOException {
        killedAfter(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5})
    @Tag("long")
    void killedBetweenAnyTwoTablesItWritesTheOthers(int written) throws IOException {
        killedAfter(written);
    }

    private void killedAfter(int written) throws IOException {
        putCheckpointBack();
        TABLES.subList(written, TABLES.size()).forEach(table -> delete(root.resolve(table)));

        assertThat(train(root))
                .startsWith("2 error: run " + run.runId() + " was begun before")
                .contains("--resume", "--restart");
        assertThat(train(root, "--resume")).isEqualTo("0 ");

        assertAsUndisturbed();
    }

    @Test
    void killedWhileItsCheckpointsAreDeletedItIsFinished() throws IOException {
        killedWhenDeleted("run.conf round-00000003/manifest.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run.conf",
                "round-00000003/manifest.json",
                "round-00000003/model.safetensors",
                "run.conf round-00000003"
            })
    @Tag("long")
    void whateverIsLeftOfItsCheckpointsItIsFinished(String deleted) throws IOException {
        killedWhenDeleted(deleted);
    }

    private void killedWhenDeleted(String deleted) throws IOException {
        putCheckpointBack();
        Stream.of(deleted.split(" "))
                .filter(name -> !name.isEmpty())
                .forEach(name -> delete(modelFolder().resolve("checkpoints").resolve(name)));

        assertThat(train(root)).startsWith("2 error: run " + run.runId() + " is in the warehouse already, trained: ");
        assertThat(train(root, "--resume")).isEqualTo("0 ");

        assertAsUndisturbed();
    }

    @Test
    @Tag("long")
    void whatWasBegunWithoutACheckpointBeginsAnew() throws IOException {
        delete(root);
        Files.createDirectories(modelFolder().resolve("checkpoints/round-00000001"));

        assertThat(train(root, "--resume")).isEqualTo("0 ");

        assertAsUndisturbed();
    }

    @ParameterizedTest
    @CsvSource({"0, true, ", "1, true, --restart", "3, false, --resume"})
    @Tag("long")
    void aRemovalThatWasBrokenOffIsCompletedFirst(int tablesDone, boolean isFolderThere, String how)
            throws IOException {
        Files.createDirectories(root.resolve(".removals"));
        Files.createFile(root.resolve(".removals").resolve(run.runId()));
        List<String> order = new ArrayList<>(TABLES);
        Collections.rotate(order, 1); // runs first
        order.subList(0, tablesDone).forEach(table -> delete(root.resolve(table)));
        if (!isFolderThere) {
            delete(modelFolder());
        }

        assertThat(how == null ? train(root) : train(root, how)).isEqualTo("0 ");

        assertAsUndisturbed();
        assertThat(root.resolve(".removals")).isEmptyDirectory();
    }

    @Test
    void restartTrainsAFinishedRunAgain() throws IOException {
        Path model = modelFolder().resolve("model.safetensors");
        Files.writeString(model, "damaged");

        assertThat(train(root, "--restart")).isEqualTo("0 ");

        assertAsUndisturbed();
    }

    @Test
    @Tag("long")
    void aRunThatDivergedIsFinished() throws IOException {
        String[] wild = {
            "--set", "training.loss=mean-squared-error",
            "--set", "training.optimizer.name=sgd",
            "--set", "training.optimizer.learning-rate=1e20",
            "--set", "training.clipping.mode=none"
        };
        String first = train(root, wild);
        assertThat(first).startsWith("1 diverged: ");
        String[] resumed = Stream.concat(Stream.of(wild), Stream.of("--resume")).toArray(String[]::new);

        assertThat(train(root, wild)).startsWith("2 error: ").contains(" is in the warehouse already, diverged: ");
        assertThat(train(root, resumed)).startsWith("1 Run ").contains(" is finished: it diverged, ");
        assertThat(rows(root, "runs")).hasSize(2);
    }
}
