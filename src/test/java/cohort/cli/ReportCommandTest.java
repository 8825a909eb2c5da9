package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.sweep.SweepStatus;
import cohort.warehouse.Table;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a small training, and of a small sweep in which two of four runs diverge. */
@Tag("spark")
class ReportCommandTest {
    private static final String[] SMALL = {
        "--set", "network.hidden=20",
        "--set", "training.steps=60",
        "--set", "averaging.workers=1",
        "--set", "averaging.local-steps=20",
        "--set", "training.period-weights.fixation=0", // so that it learns to choose before all else
        "--set", "training.period-weights.stimulus=0",
        "--set", "evaluation.trials=400",
        "--set", "evaluation.loss-sequences=600"
    };

    @TempDir
    private static Path folder;

    private static String warehouse;

    private static final StringWriter OUT = new StringWriter();
    private static final StringWriter ERR = new StringWriter();

    private static int run(String... arguments) {
        OUT.getBuffer().setLength(0);
        ERR.getBuffer().setLength(0);
        SharedSpark.session();
        return Cohort.run(new PrintWriter(OUT, true), new PrintWriter(ERR, true), arguments);
    }

    private static int runSmall(String command, String conf, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, conf));
        arguments.addAll(List.of(SMALL));
        arguments.addAll(List.of("--set", "warehouse=" + warehouse));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static int runTrained(String command, String... more) {
        return runSmall(command, "conf/perceptual-decision.conf", more);
    }

    private static int report(String subject, Path to) {
        return run("report", subject, "--warehouse", warehouse, "--to", to.toString());
    }

    @BeforeAll
    static void trainAndSweep() throws IOException {
        warehouse = folder.resolve("warehouse").toString();
        assertThat(runTrained("train")).as(ERR.toString()).isZero();
        Path conf = Files.writeString(folder.resolve("rates.conf"), """
                include required(file("%s"))
                name = rates
                training.optimizer.name = sgd
                training.clipping.mode = none
                sweep {
                  space { training.optimizer.learning-rate = [1e-3, 1e30] }
                  seeds = 1..2
                }
                """.formatted(
                        Path.of("conf/perceptual-decision.conf").toAbsolutePath()));
        assertThat(runSmall("sweep", conf.toString())).as(ERR.toString()).isZero();
    }

    private static Dataset<Row> table(Table<?> table) throws IOException {
        return new Warehouse(SharedSpark.session(), warehouse).read(table);
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aRunHasAllItsFiguresInOneFileAndBesideIt() throws IOException {
        Path to = folder.resolve("a run");

        assertThat(report("perceptual-decision", to)).as(ERR.toString()).isZero();

        assertThat(OUT.toString()).contains("a%20run/report.html");
        List<String> figures = List.of(
                "accuracy",
                "loss",
                "psychometric-curve",
                "recurrent-weights",
                "state-space",
                "trial-1",
                "trial-2",
                "trial-3",
                "trial-4",
                "unit-activity-choice-1",
                "unit-activity-choice-2");
        assertThat(namesIn(to.resolve("figures")))
                .containsExactlyElementsOf(figures.stream()
                        .flatMap(name -> Stream.of(name + ".png", name + ".svg"))
                        .toList());
        String page = Files.readString(to.resolve("report.html"));
        assertThat(page)
                .contains(figures.stream()
                        .map(name -> "data-name=\"" + name + "\"")
                        .toList());
        assertThat(page)
                .contains("submit/local train perceptual-decision.conf", "learning-rate", "cumulative-gaussian");
    }

    @Test
    void whatWasRecordedIsReplacedByWhatIsRecordedNext() throws IOException {
        assertThat(runTrained("evaluate", "--record", "20")).as(ERR.toString()).isZero();
        assertThat(runTrained("evaluate", "--record", "7")).as(ERR.toString()).isZero();

        Dataset<Row> activity = table(TestTables.ACTIVITY);
        assertThat(activity.count()).isEqualTo(7 * 60);
        Row last = ((Row[]) activity.orderBy("trial", "step").tail(1))[0];
        assertThat(last.<Double>getAs("time_ms")).isEqualTo(60 * 20.0);
        assertThat(last.<String>getAs("period")).isEqualTo("decision");
        assertThat(last.getList(last.fieldIndex("rates"))).hasSize(20);
        Row outcome = table(TestTables.TRIAL_OUTCOMES)
                .where("trial = 6 AND run_id = '" + last.getAs("run_id") + "'")
                .first();
        for (String column : List.of("answer", "condition", "choice")) {
            assertThat(last.<Object>getAs(column)).isEqualTo(outcome.getAs(column));
        }
    }

    @Test
    void aSweepIsComparedAndItsFitsAreKept() throws IOException {
        Path to = folder.resolve("sweep");

        assertThat(report("rates", to)).as(ERR.toString()).isZero();

        assertThat(namesIn(to.resolve("figures"))).contains("accuracy.svg", "loss.svg", "seeds.svg");
        assertThat(Files.readString(to.resolve("report.html")))
                .contains("4 runs of which 2 were trained", "diverged", "learning-rate=0.001");
        Dataset<Row> pooled = table(TestTables.PSYCHOMETRIC_FITS).where("sweep = 'rates'");
        assertThat(pooled.where("run_id IS NULL AND networks = 2").count()).isPositive();
        long fits = pooled.count();
        assertThat(report("rates", to)).isZero();
        assertThat(table(TestTables.PSYCHOMETRIC_FITS).where("sweep = 'rates'").count())
                .isEqualTo(fits);
    }

    @Test
    void runsAndSweepsAreComparedOnOnePage() throws IOException {
        Path to = folder.resolve("side by side");

        assertThat(run("report", "perceptual-decision", "rates", "--warehouse", warehouse, "--to", to.toString()))
                .as(ERR.toString())
                .isZero();

        assertThat(namesIn(to.resolve("figures")))
                .containsExactly(
                        "accuracy.png",
                        "accuracy.svg",
                        "loss.png",
                        "loss.svg",
                        "psychometric-curve.png",
                        "psychometric-curve.svg");
        assertThat(Files.readString(to.resolve("figures/loss.svg")))
                .contains("; perceptual-decision; rates; held out;");
        assertThat(Files.readString(to.resolve("report.html")))
                .contains("perceptual-decision, rates", "2 of 2 seeds trained", "Settings of rates")
                .containsPattern("<td>training.optimizer.name<td>adam<td>sgd")
                .doesNotContain("<td>training.steps<");
    }

    /** Others of the sweep are not in table runs yet. */
    @Test
    void anUnfinishedSweepSaysHowFarItIsAndWhetherSomebodyIsAtIt() throws IOException {
        Dataset<Row> members = table(Tables.SWEEP_RUNS).where("sweep = 'rates'");
        List<Row> begun = new ArrayList<>();
        for (Row row : members.orderBy("run_id").collectAsList()) {
            boolean isThere = begun.isEmpty();
            begun.add(RowFactory.create(
                    "begun", isThere ? row.get(1) : row.get(1) + "-later", row.get(2), row.get(3), row.get(4)));
        }
        SharedSpark.session()
                .createDataFrame(begun, Tables.SWEEP_RUNS.schema())
                .write()
                .format("delta")
                .mode("append")
                .save(warehouse + "/sweep_runs");
        Path to = folder.resolve("begun");

        assertThat(report("begun", to)).as(ERR.toString()).isZero();
        assertThat(Files.readString(to.resolve("report.html"))).contains("Unfinished sweep (1 of 4 runs, broken off");

        new SweepStatus("begun", "running", 4, 0, 1, 0, 0, 0, 0, 0, "", System.currentTimeMillis())
                .write(
                        new cohort.storage.Files(
                                SharedSpark.session().sparkContext().hadoopConfiguration()),
                        new Warehouse(SharedSpark.session(), warehouse).sweep("begun"));
        assertThat(report("begun", to)).isZero();
        assertThat(Files.readString(to.resolve("report.html")))
                .contains("Unfinished sweep (1 of 4 runs, the others are still being trained)");
    }

    @Test
    void theLossHasTheUnitOfItsKindAndNoResponseItsOwnFigure() throws IOException {
        String other = folder.resolve("squares-warehouse").toString();
        String loss = "training.loss=mean-squared-error";
        assertThat(runTrained("train", "--set", "name=squares", "--set", loss, "--set", "warehouse=" + other))
                .as(ERR.toString())
                .isZero();
        assertThat(OUT.toString()).contains(" squared output units.").doesNotContain("nats");
        Path to = folder.resolve("squares");

        assertThat(run("report", "squares", "--warehouse", other, "--to", to.toString()))
                .as(ERR.toString())
                .isZero();

        assertThat(Files.readString(to.resolve("figures/loss.svg"))).contains("loss (squared output units)");
        assertThat(Files.readString(to.resolve("report.html")))
                .contains("<dt>no response</dt>", "squared output units")
                .doesNotContain("nats");
        Warehouse squares = new Warehouse(SharedSpark.session(), other);
        Row run = squares.read(Tables.RUNS).first();
        Row counted = squares.read(TestTables.CONDITION_ACCURACY)
                .where("conditions['coherence'] > 0 AND run_id = '" + run.getAs("run_id") + "'")
                .selectExpr("sum(no_response) / sum(trials)")
                .first();
        assertThat(run.<Double>getAs("no_response")).isEqualTo(counted.getDouble(0));
    }

    @Test
    void aRunThatDivergedIsReportedWithItsReason() throws IOException {
        String diverged = table(Tables.RUNS)
                .where("status = 'diverged'")
                .orderBy("run_id")
                .first()
                .getAs("run_id");
        Path to = folder.resolve("diverged");

        assertThat(report(diverged, to)).as(ERR.toString()).isZero();

        assertThat(Files.readString(to.resolve("report.html")))
                .contains("diverged (", "submit/local train ")
                .doesNotContain("held-out data", "submit/local evaluate ");
        assertThat(to.resolve("figures/state-space.svg")).doesNotExist();
    }

    @Test
    void aLostModelIsSaidSoAndTheRestIsReported() throws IOException {
        Row run = table(Tables.RUNS)
                .where("name = 'rates' AND status = 'trained'")
                .orderBy("run_id")
                .first();
        String lost = run.getAs("model");
        Files.delete(Path.of(lost));
        Path to = folder.resolve("lost");

        assertThat(report(run.getAs("run_id"), to)).isZero();

        assertThat(ERR.toString()).contains("no file " + lost);
        assertThat(namesIn(to.resolve("figures"))).contains("loss.svg").doesNotContain("state-space.svg");
    }

    @Test
    void whatCannotBeReportedIsSaidSo() throws IOException {
        assertThat(report("perceptual-desicion", folder.resolve("x"))).isEqualTo(2);
        assertThat(ERR.toString()).contains("perceptual-desicion", "did you mean perceptual-decision");
        assertThat(runTrained("evaluate", "--set", "seed=99")).isEqualTo(2);
        assertThat(ERR.toString()).contains("perceptual-decision-seed99-", "train it first");
        assertThat(run("export", "none", "--warehouse", warehouse, "--to", folder + "/y"))
                .isEqualTo(2);
        assertThat(ERR.toString()).contains("no run or sweep none", "perceptual-decision-seed1-");
        assertThat(folder.resolve("y")).doesNotExist();
        assertThat(report("rates-seed", folder.resolve("x"))).isEqualTo(2);
        assertThat(ERR.toString()).contains("rates-seed1-", "rates-seed2-", "whole id");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(report("perceptual-decision", file)).isEqualTo(2);
        assertThat(ERR.toString()).contains(file.toString(), "--to").doesNotContain("\tat ");
    }
}
