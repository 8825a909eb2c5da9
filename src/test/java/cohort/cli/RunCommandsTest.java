package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a run that is trained: tested again, under other conditions too; and what may become of others. */
@Tag("spark")
class RunCommandsTest {
    private static final String CONF = "conf/perceptual-decision.conf";
    private static final String[] TINY = {
        "--set", "training.steps=10",
        "--set", "averaging.workers=1",
        "--set", "averaging.local-steps=10",
        "--set", "network.hidden=6",
        "--set", "evaluation.trials=300",
        "--set", "evaluation.loss-sequences=30"
    };

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;
    private static String run;

    private static final StringWriter OUT = new StringWriter();
    private static final StringWriter ERR = new StringWriter();

    private static int run(String... arguments) {
        OUT.getBuffer().setLength(0);
        ERR.getBuffer().setLength(0);
        return Cohort.run(new PrintWriter(OUT, true), new PrintWriter(ERR, true), arguments);
    }

    private static int tiny(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, CONF));
        arguments.addAll(List.of(TINY));
        arguments.addAll(List.of("--set", "warehouse=\"" + warehouse.root() + "\""));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @BeforeAll
    static void train() throws IOException {
        warehouse = new Warehouse(
                SharedSpark.session(), folder.resolve("a warehouse").toString());
        assertThat(tiny("train")).as(ERR.toString()).isZero();
        run = runs().get(0).getAs("run_id");
    }

    private static List<Row> runs() throws IOException {
        return warehouse.read(Tables.RUNS).collectAsList();
    }

    @Test
    void keysWithoutEffectOnTheTrainingFindTheNetwork() {
        for (String[] keys : new String[][] {
            {"evaluation.trials=31", "evaluation.choice=decision-mean"},
            {"data.table=no_such", "evaluation.trials=30"},
            {"name=called-otherwise", "checkpoint.rounds=3", "evaluation.trials=30"},
            {"training.optimizer.momentum=0.5", "sweep.seeds=1..4", "evaluation.trials=30"} // Adam has none
        }) {
            List<String> set = new ArrayList<>();
            for (String key : keys) {
                set.addAll(List.of("--set", key));
            }
            assertThat(tiny("evaluate", set.toArray(String[]::new)))
                    .as(ERR.toString())
                    .isZero();
            assertThat(OUT.toString()).contains(run + "/model.safetensors");
        }
        assertThat(tiny("evaluate", "--set", "task.sigma=2")).isEqualTo(2);
        assertThat(ERR.toString()).contains("has no network", "evaluate perceptual-decision:1 --warehouse");
        assertThat(tiny("evaluate", "--set", "training.optimizer.beta1=0.8")).isEqualTo(2);
        for (String key :
                List.of("network.hidden=5", "network.cell=gru", "network.tau=50")) { // of another size, or not
            assertThat(run("evaluate", "perceptual-decision", "--warehouse", warehouse.root(), "--set", key))
                    .isEqualTo(2);
            assertThat(ERR.toString()).contains(key, "evaluating trains nothing");
        }
    }

    @Test
    void whatDoesNotFitTheMemoryIsRefusedBeforeItBegins() {
        for (String command : List.of("train", "sweep")) {
            assertThat(tiny(
                            command,
                            "--set",
                            "name=large",
                            "--set",
                            "sweep.seeds=1..2",
                            "--set",
                            "data.batch-size=3000",
                            "--set",
                            "network.hidden=2000"))
                    .isEqualTo(2);

            assertThat(ERR.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("error: training needs more than")
                    .contains("COHORT_DRIVER_MEMORY")
                    .hasSizeLessThan(300);
        }
    }

    @Test
    void aRunIsTestedUnderOtherConditionsAndItsRowsSayWhich() throws IOException {
        assertThat(run(
                        "evaluate",
                        "perceptual-decision:1",
                        "--warehouse",
                        warehouse.root(),
                        "--set",
                        "task.coherences=[3, 30]",
                        "--set",
                        "task.timing.delay=40",
                        "--store",
                        "with.a-delay_2"))
                .as(ERR.toString())
                .isZero();

        assertThat(OUT.toString()).contains("30 %", run + " with task.coherences = [3, 30], task.timing.delay = 40");
        Row stored =
                warehouse.read(Tables.RUNS).where("run_id = 'with.a-delay_2'").first();
        assertThat(stored.<String>getAs("status")).isEqualTo("evaluated");
        assertThat(stored.<String>getAs("changed")).isEqualTo("task.coherences = [3, 30], task.timing.delay = 40");
        assertThat(warehouse
                        .read(TestTables.CONDITION_ACCURACY)
                        .where("run_id = 'with.a-delay_2'")
                        .orderBy("condition")
                        .select("condition")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("coherence=3", "coherence=30");
        assertThat(run("evaluate", "with.a-delay_2", "--warehouse", warehouse.root(), "--set", "task.dt=10"))
                .as(ERR.toString())
                .isZero();
        assertThat(run("evaluate", "perceptual-decision", "--warehouse", warehouse.root()))
                .as("not the one that was stored later")
                .isZero();
        assertThat(OUT.toString()).contains(run + "/model").doesNotContain(" with task");
    }

    @Test
    void whatATestCannotChangeIsRefused() {
        String[][] refused = {
            {"task.ring-size=5", "3 inputs and 3 outputs", "6 and 6"},
            {"training.steps=7", "training.steps=7", "evaluating trains nothing"},
            {"network.activation=tanh", "network.activation=tanh", "evaluating trains nothing"},
            {"task.sigmo=7", "task.sigma"},
            {"task.sigma=many", "task.sigma"}
        };
        for (String[] change : refused) {
            assertThat(run("evaluate", run, "--warehouse", warehouse.root(), "--set", change[0]))
                    .as(change[0])
                    .isEqualTo(2);
            assertThat(ERR.toString())
                    .contains(Arrays.copyOfRange(change, 1, change.length))
                    .doesNotContain("Exception");
        }
        assertThat(run("evaluate", run, "--warehouse", warehouse.root(), "--set", "task.sigma=2", "--record", "3"))
                .isEqualTo(2);
        assertThat(ERR.toString()).contains("--store");
        assertThat(run("evaluate", "perceptual-decison", "--warehouse", warehouse.root()))
                .isEqualTo(2);
        assertThat(ERR.toString()).contains("did you mean perceptual-decision");
    }

    @Test
    void aRunIsNotTrainedTwice() {
        assertThat(tiny("train")).isEqualTo(2);
        assertThat(ERR.toString()).contains("in the warehouse already", "--set name=");
    }

    @Test
    void aDivergedRunIsSaidSoAndRecorded() throws IOException {
        String diverging = folder.resolve("diverging").toString();

        int exitCode = tiny(
                "train",
                "--set",
                "warehouse=\"" + diverging + "\"",
                "--set",
                "training.optimizer.name=sgd",
                "--set",
                "training.optimizer.learning-rate=1e38",
                "--set",
                "training.clipping.mode=none");

        assertThat(exitCode).isEqualTo(1);
        assertThat(ERR.toString()).contains("diverged", "step", "gradient norm").doesNotContain("\tat ");
        assertThat(new Warehouse(SharedSpark.session(), diverging)
                        .read(Tables.RUNS)
                        .select("status", "model")
                        .collectAsList())
                .containsExactly(RowFactory.create("diverged", null));
    }

    @Test
    void aScalingStudyCountsTheTrialsToATarget() {
        Path figure = folder.resolve("scaling.svg");

        int exitCode = tiny(
                "scaling",
                "--workers",
                "2",
                "--local-steps",
                "5",
                "--seeds",
                "1",
                "--target",
                "2", // met at the first look
                "--set",
                "training.steps=60",
                "--figure",
                figure.toString());

        assertThat(exitCode).as(ERR.toString()).isZero();
        assertThat(OUT.toString().replace(" ", "")).contains("|0|5|2|1|1|50|1600|", "|0.9|5|2|1|1|50|1600|");
        assertThat(figure).content().contains("<svg");
    }

    @Test
    void aDamagedModelIsRefused() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.safetensors"), "this is no model");

        assertThat(run("evaluate", "conf/notebook-adam.conf", "--model", damaged.toString()))
                .isEqualTo(2);
        assertThat(ERR.toString())
                .contains("damaged.safetensors", "not a safetensors file")
                .doesNotContain("\tat ");
    }
}
