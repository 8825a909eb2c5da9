package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.storage.Files;
import cohort.storage.Safetensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps are killed while another one writes to the same warehouse. Repeated, they must leave every row once, the networks that
 * the undisturbed one leaves, and what was finished as it was.
 *
 * <p>{@code mvn verify} kills one; {@code mvn verify -Dit.test=SweepFaultsIT -Dfaults.runs=10} kills ten of 64 runs each.
 */
@Tag("cluster")
class SweepFaultsIT {
    private static final int RUNS = Integer.getInteger("faults.runs", 1);
    private static final int SEEDS = RUNS == 1 ? 8 : 32;
    private static final int STEPS = RUNS == 1 ? 200 : 1600;
    private static final List<String> TABLES = List.of("runs", "training_curve", "condition_accuracy", "sweep_runs");
    private static final String[] DIFFERS_BY_NATURE = {
        "started_at", "seconds", "model", "config", "compute_ms", "overhead_ms"
    };

    private final long seed = Long.getLong("faults.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private Path folder;

    private String[] sweep(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sweep",
                Commands.PROJECT.resolve("conf/perceptual-decision.conf").toString()));
        for (String setting : List.of(
                "name=" + name,
                "warehouse=\"" + folder + "/warehouse\"",
                "network.hidden=32",
                "training.steps=" + STEPS,
                "evaluation.trials=500",
                "evaluation.loss-sequences=600",
                "sweep.space.training.optimizer.learning-rate=[0.01,0.02]",
                "sweep.seeds=1.." + SEEDS)) {
            arguments.addAll(List.of("--set", setting));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void killedBesideAnotherSweepAndRepeatedEveryRunIsThereOnce() throws IOException, InterruptedException {
        Commands commands = new Commands(folder, Map.of());
        Commands.Running undisturbed = commands.start("local", sweep("other"));
        for (int run = 0; run < RUNS; run++) {
            String name = "killed" + run;
            Commands.Running killed = commands.start("local", sweep(name));
            killed.waitFor("Sweep " + name);
            Thread.sleep(random.nextInt(RUNS == 1 ? 8_000 : 30_000));
            killed.kill();
            Map<String, Object> finished = startTimes(name);
            Commands.Finished repeated = commands.run("local", sweep(name));
            StringWriter status = new StringWriter();
            assertThat(Cohort.run(
                            new PrintWriter(status, true),
                            new PrintWriter(status, true),
                            "status",
                            "--warehouse",
                            folder + "/warehouse"))
                    .isZero();
            if (run == 0) {
                Commands.Finished other = undisturbed.finish();
                assertThat(other.exitCode()).as(other.err()).isZero();
            }

            assertThat(status.toString()).contains(name);
            assertThat(repeated.exitCode()).as(repeated.err()).isZero();
            assertThat(repeated.out()).contains("learning-rate=0.02");
            assertSame(name, finished);
        }
    }

    private void assertSame(String name, Map<String, Object> finishedBefore) throws IOException {
        String description = name + ", finished before: " + finishedBefore.size() + ", -Dfaults.seed=" + seed;
        for (String table : TABLES) {
            assertThat(rows(table, name)).as(description + ", " + table).isEqualTo(rows(table, "other"));
        }
        assertThat(rows("runs", name)).hasSize(2 * SEEDS);
        assertThat(startTimes(name)).as(description).containsAllEntriesOf(finishedBefore);
        Files files = new Files(new Configuration());
        for (Row run : table("runs", name).select("model").collectAsList()) {
            String model = run.getString(0);
            assertThat(tensors(files, model)).as(model).isEqualTo(tensors(files, model.replace(name, "other")));
        }
    }

    /** When each finished run of a sweep began: a run that is trained again begins again. */
    private Map<String, Object> startTimes(String name) {
        Map<String, Object> times = new HashMap<>();
        if (java.nio.file.Files.exists(folder.resolve("warehouse/runs/_delta_log"))) {
            table("runs", name)
                    .select("run_id", "started_at")
                    .collectAsList()
                    .forEach(row -> times.put(row.getString(0), row.get(1)));
        }
        return times;
    }

    private List<String> rows(String table, String name) {
        List<String> rows = new ArrayList<>();
        for (String row : table(table, name).drop(DIFFERS_BY_NATURE).toJSON().collectAsList()) {
            rows.add(row.replace(name, "sweep"));
        }
        Collections.sort(rows);
        return rows;
    }

    private Dataset<Row> table(String table, String name) {
        return SharedSpark.session()
                .read()
                .format("delta")
                .load(folder + "/warehouse/" + table)
                .where(functions.col("run_id").startsWith(name + "-"));
    }

    private static Map<String, FloatBuffer> tensors(Files files, String model) throws IOException {
        Map<String, FloatBuffer> tensors = new HashMap<>();
        Safetensors.parse(files.read(model))
                .tensors()
                .forEach((tensor, content) -> tensors.put(tensor, content.values()));
        return tensors;
    }
}
