package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.config.Settings;
import cohort.run.RunConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One small training of the tutorial's second network, its warehouse moved, and one export. */
@Tag("cluster")
class ExportIT {
    private static final String[] TABLES = {
        "choice_counts", "condition_accuracy", "psychometric_fits", "runs", "training_curve", "trial_outcomes"
    };

    @TempDir
    private static Path temporary;

    private static Commands commands;
    private static Path model;
    private static Commands.Finished export;
    private static Path exported;

    @BeforeAll
    static void trainAndExport() throws IOException, InterruptedException {
        commands = new Commands(temporary, Map.of());
        Path conf = Commands.PROJECT.resolve("conf/perceptual-decision.conf");
        Commands.Finished trained = commands.run(
                "local",
                "train",
                conf.toString(),
                "--set",
                "name=small",
                "--set",
                "network.activation=tanh",
                "--set",
                "network.bias=one",
                "--set",
                "network.hidden=20",
                "--set",
                "task.timing.stimulus=[300, 600]",
                "--set",
                "training.steps=60",
                "--set",
                "training.period-weights.fixation=0", // so that it learns to choose before all else
                "--set",
                "training.period-weights.stimulus=0",
                "--set",
                "evaluation.trials=250",
                "--set",
                "evaluation.loss-sequences=600");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        Path moved = Files.move(
                commands.folder().resolve("warehouse"), commands.folder().resolve("moved"));
        try (Stream<Path> files = Files.walk(moved)) {
            model = files.filter(file -> file.endsWith("model.safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
        export = commands.run("local", "export", "small", "--warehouse", "moved", "--to", "x", "--trials", "130");
        exported = commands.folder().resolve("x");
    }

    @Test
    void theFolderHasTheNetworkTheConfigurationTheTrialsAndAllTables() throws IOException {
        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(export.err()).doesNotContain("WARN").doesNotContain("Exception");
        assertThat(export.out()).contains("small-seed1-", "trials.npz", "python x/load.py");
        assertThat(exported.toFile().list())
                .containsExactlyInAnyOrder(
                        "model.safetensors", "network.json", "run.conf", "trials.npz", "load.py", "tables");
        assertThat(exported.resolve("model.safetensors")).hasSameBinaryContentAs(model);
        RunConfiguration run =
                RunConfiguration.of(Settings.load(exported.resolve("run.conf").toFile(), List.of()));
        assertThat(export.out()).contains(run.runId());
        assertThat(exported.resolve("tables").toFile().list())
                .contains("tasks.parquet") // which has a list, and so is no CSV
                .hasSize(1 + 2 * TABLES.length)
                .contains(Stream.of(TABLES)
                        .flatMap(name -> Stream.of(name + ".csv", name + ".parquet"))
                        .toArray(String[]::new));
        assertThat(Files.readAllLines(exported.resolve("tables/trial_outcomes.csv")))
                .hasSize(251)
                .startsWith(
                        "run_id,seed,step,split,task,trial,steps,condition,conditions,answer,choice,value,response_ms,"
                                + "correct,no_response")
                .element(250)
                .asString()
                .contains(",test,perceptual-decision-making,249,");
        assertThat(commands.folder()).isDirectoryNotContaining("glob:**/.x*");
    }

    /** In a jar with everything in it the template engine works in another way than in a folder of classes. */
    @Test
    void aReportIsMadeWhereTheWarehouseIsNow() throws IOException, InterruptedException {
        Commands.Finished report = commands.run("local", "report", "small", "--warehouse", "moved");

        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.err()).isEmpty();
        Path page = Path.of(
                URI.create(report.out().lines().findFirst().orElseThrow().replaceFirst("Report +", "")));
        assertThat(page).startsWith(commands.folder().resolve("reports"));
        assertThat(page)
                .content()
                .contains("Psychometric functions", "data-name=\"psychometric-curve\"", "data-name=\"state-space\"")
                .contains("conf --set warehouse=again", "activation=tanh");
    }

    @Test
    void tablesSurviveTheWayThroughCsv() throws IOException, InterruptedException {
        Python.assume("csv");
        String read = """
                import csv, sys
                (row,) = csv.DictReader(open("tables/runs.csv", newline="", encoding="utf-8"))
                sys.stdout.write(row["config"])
                """;

        Python.Finished config = Python.run(exported, "-c", read);

        assertThat(config.exitCode()).as(config.printed()).isZero();
        assertThat(config.printed()).isEqualTo(Files.readString(exported.resolve("run.conf")));
    }

    @Test
    void pyTorchComputesOurOutputsAndDrawsThePsychometricCurve() throws IOException, InterruptedException {
        Python.assume("torch", "numpy");

        Python.Finished loaded =
                Python.run(temporary, exported.resolve("load.py").toString());

        assertThat(loaded.exitCode()).as(loaded.printed()).isZero();
        Matcher difference = Pattern.compile("130 held-out trials: largest difference to Cohort's outputs (\\S+) ")
                .matcher(loaded.printed());
        assertThat(difference.find()).as(loaded.printed()).isTrue();
        assertThat(Double.parseDouble(difference.group(1))).isLessThan(1e-5);
        Path picture = exported.resolve("psychometric.png");
        if (!loaded.printed().contains("needs matplotlib")) {
            assertThat(loaded.printed()).contains(picture.toString());
            assertThat(Files.readAllBytes(picture)).startsWith("\u0089PNG\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        Files.deleteIfExists(picture);
    }
}
