package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.storage.Files;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same command is started twice within five seconds, and one of the two is killed at a random moment. Whoever is left ends well,
 * or says who is at it; and repeated, the command leaves the networks and the rows of one that nobody disturbed.
 *
 * <p>{@code mvn verify -Dtests.excluded=none -Dit.test=PairsIT -Dpairs.runs=20} starts 20 pairs of each kind.
 */
@Tag("cluster")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PairsIT {
    private static final int RUNS = Integer.getInteger("pairs.runs", 1);
    private static final String[] DIFFERS_BY_NATURE = {
        "started_at", "seconds", "model", "config", "compute_ms", "overhead_ms"
    };
    private static final List<String> SETTINGS = List.of(
            "network.hidden=32",
            "averaging.local-steps=20",
            "checkpoint.rounds=2",
            "evaluation.trials=500",
            "evaluation.loss-sequences=600",
            "sweep.space.training.optimizer.learning-rate=[0.01,0.02]",
            "sweep.seeds=1..4");

    private final long seed = Long.getLong("pairs.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    private Path folder;
    private Commands commands;
    private MiniDFSCluster hdfs;
    private int warehouses;
    private final Map<String, String> undisturbed = new TreeMap<>();

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        commands = new Commands(folder, Map.of());
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
        for (String command : List.of("train", "sweep")) {
            String warehouse = newWarehouse(false);
            Commands.Finished finished = commands.run("local", arguments(command, warehouse));
            assertThat(finished.exitCode()).as(finished.err()).isZero();
            undisturbed.put(command, warehouse);
        }
    }

    @AfterAll
    void stop() {
        hdfs.shutdown();
    }

    private String newWarehouse(boolean onHdfs) {
        String name = "/warehouse" + warehouses++;
        return onHdfs ? hdfs.getURI() + name : folder + name;
    }

    private static String[] arguments(String command, String warehouse, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                Commands.PROJECT.resolve("conf/perceptual-decision.conf").toString()));
        SETTINGS.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        arguments.addAll(List.of("--set", "training.steps=" + (command.equals("train") ? 600 : 200)));
        arguments.addAll(List.of("--set", "warehouse=\"" + warehouse + "\""));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"train, false", "train, true", "sweep, false", "sweep, true"})
    void ofAPairOneIsKilled(String command, boolean onHdfs) throws IOException, InterruptedException {
        for (int run = 0; run < RUNS; run++) {
            String warehouse = newWarehouse(onHdfs);
            Commands.Running first = commands.start("local", arguments(command, warehouse));
            Thread.sleep(random.nextInt(5_000));
            Commands.Running second = commands.start("local", arguments(command, warehouse));
            Thread.sleep(random.nextInt(20_000));
            boolean killsFirst = random.nextBoolean();
            (killsFirst ? first : second).kill();
            Commands.Finished left = (killsFirst ? second : first).finish();
            Commands.Finished repeated = commands.run("local", arguments(command, warehouse, "--resume"));

            String description = command + (onHdfs ? " on HDFS " : " ") + run + ", -Dpairs.seed=" + seed + ": "
                    + left.exitCode() + " " + left.err();
            System.out.println("pair: " + description.strip());
            assertThat(left.exitCode()).as(description).isIn(0, 2);
            if (left.exitCode() == 2) {
                assertThat(left.err())
                        .as(description)
                        .containsAnyOf(" is being trained by ", " was begun before", " is in the warehouse already");
            }
            assertThat(repeated.exitCode()).as(description + repeated.err()).isZero();
            assertAsUndisturbed(command, warehouse, description);
        }
    }

    @Test
    void whoIsTakenOverWhileSuspendedWritesNoMore() throws IOException, InterruptedException {
        String warehouse = newWarehouse(false);
        Commands.Running first = commands.start("local", arguments("train", warehouse));
        first.waitFor("step     80"); // there are checkpoints
        signal(first, "-STOP");
        Commands.Running second = commands.start("local", arguments("train", warehouse, "--resume"));
        second.waitFor("Resuming");
        signal(first, "-CONT");
        Commands.Finished suspended = first.finish();
        Commands.Finished finished = second.finish();

        assertThat(suspended.exitCode()).isEqualTo(1);
        assertThat(suspended.err()).contains(" was taken over ").doesNotContain("--resume", "\tat ");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.err()).contains("Waiting ");
        assertAsUndisturbed("train", warehouse, "suspended");
    }

    private static void signal(Commands.Running running, String signal) throws IOException, InterruptedException {
        String process = Long.toString(running.process().pid());
        assertThat(new ProcessBuilder("kill", signal, process).start().waitFor())
                .isZero();
    }

    private void assertAsUndisturbed(String command, String warehouse, String description) throws IOException {
        Warehouse expected = new Warehouse(SharedSpark.session(), undisturbed.get(command));
        Warehouse found = new Warehouse(SharedSpark.session(), warehouse);
        assertThat(found.tables()).as(description).isEqualTo(expected.tables());
        for (String table : expected.tables()) {
            assertThat(rows(found, table)).as(description + ", " + table).isEqualTo(rows(expected, table));
        }
        assertThat(models(found)).as(description).isEqualTo(models(expected));
        assertThat(found.files().list(warehouse + "/.owners")).as(description).isEmpty();
    }

    private static List<String> rows(Warehouse warehouse, String table) {
        List<String> rows = new ArrayList<>(SharedSpark.session()
                .read()
                .format("delta")
                .load(warehouse.table(table))
                .drop(DIFFERS_BY_NATURE)
                .toJSON()
                .collectAsList());
        Collections.sort(rows);
        return rows;
    }

    /** Bytes of all files in the folders of all runs. */
    private static Map<String, String> models(Warehouse warehouse) throws IOException {
        Files files = warehouse.files();
        Map<String, String> models = new TreeMap<>();
        for (String run : files.list(warehouse.models())) {
            for (String file : files.list(warehouse.modelFolder(run))) {
                if (!file.equals("run.conf")) { // which names the warehouse
                    models.put(
                            run + "/" + file,
                            HexFormat.of().formatHex(files.read(warehouse.modelFolder(run) + "/" + file)));
                }
            }
        }
        return models;
    }
}
