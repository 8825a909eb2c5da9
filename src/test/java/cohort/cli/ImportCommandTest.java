package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cohort.cluster.SharedSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of other programs: a light at the left or the right, and after a pause the side is to be said. */
class ImportCommandTest {
    private static final int TRIALS = 200;
    private static final int TIME = 12;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final float[] inputs = new float[TRIALS * TIME * 2];
    private final int[] targets = new int[TRIALS * TIME];
    private final int[] lengths = new int[TRIALS];
    private final int[] ends = new int[TRIALS * 2];
    private final int[] pause = new int[TRIALS];
    private int[] answer;
    private float[] weights;

    ImportCommandTest() {
        Random random = new Random(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            int side = 1 + random.nextInt(2);
            pause[trial] = random.nextBoolean() ? 4 : 6;
            lengths[trial] = 4 + pause[trial];
            ends[2 * trial] = 2 + pause[trial];
            ends[2 * trial + 1] = lengths[trial];
            for (int step = 0; step < TIME; step++) {
                if (step < 2) {
                    inputs[(trial * TIME + step) * 2 + side - 1] = 1;
                }
                targets[trial * TIME + step] = step < 2 + pause[trial] ? 0 : side;
            }
        }
    }

    private int run(String... arguments) {
        SharedSpark.session();
        return Cohort.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private Path npz() {
        Path file = folder.resolve("lights.npz");
        try (NpzFile.Writer npz = NpzFile.write(file, true)) {
            npz.write("inputs", inputs, new int[] {TRIALS, TIME, 2});
            npz.write("targets", targets, new int[] {TRIALS, TIME});
            npz.write("lengths", lengths, new int[] {TRIALS});
            npz.write("period_ends", ends, new int[] {TRIALS, 2});
            npz.write("pause", seconds(), new int[] {TRIALS});
            if (answer != null) {
                npz.write("answer", answer, new int[] {TRIALS});
            }
            if (weights != null) {
                npz.write("weights", weights, new int[] {TRIALS, TIME});
            }
        }
        return file;
    }

    /** Numbers that a float would not tell apart, or would show with other digits. */
    private double[] seconds() {
        return IntStream.of(pause)
                .mapToDouble(steps -> steps == 4 ? 0.1 : 0.1 + 1e-9)
                .toArray();
    }

    private int imported(Path file, String... options) {
        List<String> words = new ArrayList<>(List.of(
                "import",
                file.toString(),
                "--as",
                "lights",
                "--warehouse",
                folder + "/warehouse",
                "--held-out",
                "0.25"));
        words.addAll(List.of(options));
        return run(words.toArray(String[]::new));
    }

    private int onRecording(String command, String... settings) throws IOException {
        Files.writeString(folder.resolve("lights.conf"), """
                name = lights
                task { kind = recorded, recording = lights }
                network { hidden = 24, activation = tanh }
                training { steps = 300, optimizer.learning-rate = 0.005 }
                averaging.workers = 1
                evaluation { trials = 25, loss-sequences = 25 }
                warehouse = "%s/warehouse"
                """.formatted(folder));
        List<String> words = new ArrayList<>(List.of(command, folder + "/lights.conf"));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        return run(words.toArray(String[]::new));
    }

    private Row trained() {
        return SharedSpark.session()
                .read()
                .format("delta")
                .load(folder + "/warehouse/runs")
                .first();
    }

    @Test
    void arraysOfNumPyAreTrainedOn() throws IOException {
        assertThat(imported(npz(), "--periods", "light,answer"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "200 trials of 8 to 10 steps, 2 inputs, 3 classes",
                        "25 for the accuracy, 25 for the loss",
                        "conditions: pause");

        assertThat(onRecording("train")).as(err.toString()).isZero();

        assertThat(trained().<Double>getAs("accuracy")).isEqualTo(1.0);
        assertThat(trained().<String>getAs("config")).containsPattern("recording-digest=\"?[0-9a-f]{64}");
        List<Row> accuracy = SharedSpark.session()
                .read()
                .format("delta")
                .load(folder + "/warehouse/condition_accuracy")
                .select("condition")
                .distinct()
                .orderBy("condition")
                .collectAsList();
        assertThat(accuracy).extracting(row -> row.getString(0)).containsExactly("pause=0.1", "pause=0.100000001");
        assertThat(onRecording("task", "show")).isEqualTo(2); // "task show CONF" is two words
        assertThat(run("task", "show", folder + "/lights.conf", "--to", folder + "/shown"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void rowsOfParquetGiveTheSameRecording() throws IOException {
        assertThat(imported(npz(), "--periods", "light,answer"))
                .as(err.toString())
                .isZero();
        List<Row> rows = new ArrayList<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            List<List<Float>> shown = new ArrayList<>();
            List<Integer> asked = new ArrayList<>();
            for (int step = 0; step < lengths[trial]; step++) {
                int at = (trial * TIME + step) * 2;
                shown.add(List.of(inputs[at], inputs[at + 1]));
                asked.add(targets[trial * TIME + step]);
            }
            rows.add(RowFactory.create(
                    shown.toArray(),
                    asked.toArray(),
                    List.of(ends[2 * trial], ends[2 * trial + 1]).toArray(),
                    seconds()[trial]));
        }
        StructType schema = new StructType()
                .add("inputs", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)))
                .add("targets", DataTypes.createArrayType(DataTypes.IntegerType))
                .add("period_ends", DataTypes.createArrayType(DataTypes.IntegerType))
                .add("pause", DataTypes.DoubleType);
        Dataset<Row> data = SharedSpark.session().createDataFrame(rows, schema).coalesce(1);
        data.write().parquet(folder + "/lights.parquet");

        assertThat(run(
                        "import",
                        folder + "/lights.parquet",
                        "--as",
                        "again",
                        "--periods",
                        "light,answer",
                        "--held-out",
                        "0.25",
                        "--warehouse",
                        folder + "/warehouse"))
                .as(err.toString())
                .isZero();

        Path recordings = folder.resolve("warehouse/recordings");
        assertThat(recordings.resolve("again.safetensors"))
                .hasSameBinaryContentAs(recordings.resolve("lights.safetensors"));
    }

    @Test
    void whatCannotBeTrainedOnIsRefused() throws IOException {
        assertThat(imported(npz())).isEqualTo(2); // no names of periods
        assertThat(imported(folder.resolve("none.npz"))).isEqualTo(2);
        assertThat(imported(Files.writeString(folder.resolve("text.npz"), "no archive")))
                .isEqualTo(2);
        assertThat(run("import", npz().toString(), "--as", "none", "--held-out", "0"))
                .isEqualTo(2);
        inputs[5] = Float.NaN;
        assertThat(imported(npz(), "--periods", "light,answer")).isEqualTo(2);
        inputs[5] = 0;
        targets[3] = -1;
        assertThat(imported(npz(), "--periods", "light,answer")).isEqualTo(2);
        targets[3] = 0;
        ends[0] = 0;
        ends[1] = 3;
        assertThat(imported(npz(), "--periods", "light,answer")).isEqualTo(2);
        ends[1] = lengths[0];
        answer = IntStream.generate(() -> 1).limit(TRIALS).toArray();
        answer[7] = 3;
        assertThat(imported(npz(), "--periods", "light,answer")).isEqualTo(2);
        answer = null;
        weights = new float[TRIALS * TIME];
        assertThat(imported(npz(), "--periods", "light,answer")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "period_ends has 2 columns: name as many periods with --periods",
                        "there is no file",
                        "cannot be read as a file of numpy.savez",
                        "--held-out 0.0: must be above 0 and below 1",
                        "inputs of trial 0, step 2, column 1: is not a finite number",
                        "targets of trial 0, step 3: is not a class",
                        "period_ends of trial 0: the last period ends at step 3",
                        "answer of trial 7: must be a class that is asked for, 0 to 2: 3",
                        "weights of trial 0: no step counts")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("warehouse/recordings")).doesNotExist();
    }

    @Test
    void aNameIsTakenOnceAndARunKnowsItsRecording() throws IOException {
        assertThat(onRecording("train")).isEqualTo(2);
        assertThat(imported(npz(), "--periods", "light,answer")).isZero();
        assertThat(imported(npz(), "--periods", "light,answer")).isEqualTo(2);
        assertThat(onRecording("train", "evaluation.trials=26")).isEqualTo(2);
        assertThat(onRecording("train", "task.recording-digest=abc")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "submit/local import FILE --as lights",
                        "there is a recording lights",
                        "holds out 25 trials for it: must be at most that",
                        "has changed since the run was trained")
                .doesNotContain("\tat ");
    }

    /** The script that docs/tasks/recorded.md shows. */
    @Test
    void theScriptOfTheDocumentationMakesAFile() throws IOException, InterruptedException {
        Matcher script = Pattern.compile("```python\n(import numpy.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/tasks/recorded.md")));
        assertThat(script.find()).isTrue();
        Process python = new ProcessBuilder("python3", "-c", script.group(1))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(python.getInputStream().readAllBytes());
        assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assumeThat(printed).doesNotContain("No module named 'numpy'");
        assertThat(python.exitValue()).as(printed).isZero();

        assertThat(imported(folder.resolve("dots.npz"), "--periods", "fixation,stimulus,decision"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("1,000 trials of 30 steps, 3 inputs, 3 classes", "conditions: coherence");
    }
}
