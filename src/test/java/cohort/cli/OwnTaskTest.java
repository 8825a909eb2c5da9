package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.config.Settings;
import cohort.task.TaskFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task in a Java file of a user's own. */
class OwnTaskTest {
    private static final String TASK = """
            import cohort.config.Settings;
            import cohort.task.*;
            import java.util.List;
            import org.apache.commons.rng.UniformRandomProvider;

            public record WhichLight(double dtMillis, double brightness) implements Task {
                @Override
                public Signature signature() {
                    return new Signature("which-light", dtMillis, List.of(new Group("lights", 0, 2)), List.of(new Group("choice", 0, 3)),
                            List.of(new PeriodSpec("light", new Duration.Constant(100)), new PeriodSpec("answer", new Duration.Constant(100))),
                            List.of(new Factor("side", "", "1 or 2")));
                }

                @Override
                public void plan(UniformRandomProvider random, Trial into) {
                    int side = 1 + random.nextInt(2);
                    into.setFactor(0, side);
                    into.setAnswer(side);
                    into.setSteps(0, Duration.steps(100, dtMillis));
                    into.setSteps(1, Duration.steps(100, dtMillis));
                }

                @Override
                public void show(UniformRandomProvider random, Trial trial) {
                    trial.paint(0, trial.answer() - 1, brightness);
                    trial.target(0, 0);
                    trial.target(1, trial.answer());
                }

                @Override
                public Response response(ChoiceRule rule) {
                    return new LargestOutput(2, 0.5, rule, 1);
                }

                public static final class Factory implements TaskFactory {
                    @Override
                    public String name() {
                        return "which-light";
                    }

                    @Override
                    public String defaults() {
                        return \"""
                                # How bright the light is.
                                task.brightness = 1
                                training.period-weights { light = 1, answer = 1 }
                                \""";
                    }

                    @Override
                    public Task of(Settings settings) {
                        return new WhichLight(TaskFactory.dtMillis(settings), settings.number("task.brightness", "above 0", v -> v > 0));
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path file;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeTheFile() throws IOException {
        file = Files.writeString(folder.resolve("WhichLight.java"), TASK);
        Files.writeString(folder.resolve("own.conf"), """
                name = own
                task.source = "%s"
                data.form = trials
                network.hidden = 16
                training.steps = 300
                averaging.workers = 2
                evaluation { trials = 200, loss-sequences = 100 }
                warehouse = "%s/warehouse"
                """.formatted(file, folder));
    }

    private int run(String... arguments) {
        SharedSpark.session();
        return Cohort.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private int onConfiguration(String command, String... settings) {
        List<String> words = new ArrayList<>(List.of(command, folder + "/own.conf"));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        return run(words.toArray(String[]::new));
    }

    @Test
    void itIsTrainedOnAndTestedLikeOneOfTheLibrary() {
        assertThat(onConfiguration("train")).as(err.toString()).isZero();

        Row run = SharedSpark.session()
                .read()
                .format("delta")
                .load(folder + "/warehouse/runs")
                .first();
        assertThat(run.<Double>getAs("accuracy")).isEqualTo(1.0);
        assertThat(run.<String>getAs("config")).contains("kind=which-light", "source-digest=");
        assertThat(run("evaluate", "own", "--warehouse", folder + "/warehouse"))
                .as(err.toString())
                .isZero();
        assertThat(run("evaluate", "own", "--warehouse", folder + "/warehouse", "--set", "task.brightness=2"))
                .as("a key that only its task has: " + err)
                .isZero();
        assertThat(onConfiguration("sweep", "name=swept", "sweep.space.task.brightness=[1,2]"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void itsIdFollowsItsContentAndNotItsPlace() throws IOException {
        String id = id(file);
        Path moved = Files.writeString(folder.resolve("Moved.java"), TASK);
        assertThat(id(moved)).isEqualTo(id);
        assertThat(id(Files.writeString(folder.resolve("Other.java"), TASK.replace("Constant(100)", "Constant(120)"))))
                .isNotEqualTo(id);
    }

    private static String id(Path source) {
        return cohort.run.RunConfiguration.of(Settings.defaults(List.of("task.source=\"" + source + "\"")))
                .runId();
    }

    @Test
    void mistakesInItAreSaidWithFileAndLine() throws IOException {
        Files.writeString(file, TASK.replace("trial.target(0, 0);", "trial.aim(0, 0);"));
        assertThat(onConfiguration("train")).isEqualTo(2);
        assertThat(err.toString())
                .contains("WhichLight.java:26: cannot find symbol")
                .doesNotContain("\tat ");
    }

    @Test
    void whatIsNoTaskIsRefused() throws IOException {
        Files.writeString(file, "public class Nothing {}");
        assertThat(onConfiguration("train")).isEqualTo(2);
        assertThat(onConfiguration("train", "task.source=none.java")).isEqualTo(2);
        assertThat(onConfiguration("train", "task.source=" + folder + "/own.conf"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("has no task", "none.java", "must be a .java or .jar file")
                .doesNotContain("\tat ");
    }

    @Test
    void aRunIsNotContinuedWithAnotherTask() throws IOException {
        assertThat(onConfiguration("train", "training.steps=20"))
                .as(err.toString())
                .isZero();
        Files.writeString(file, TASK.replace("brightness)", "2 * brightness)"));

        assertThat(run("evaluate", "own", "--warehouse", folder + "/warehouse")).isEqualTo(2);

        assertThat(err.toString())
                .contains("has changed since the run was trained")
                .doesNotContain("\tat ");
    }

    @Test
    void aKeyThatItDoesNotHaveIsRefused() {
        assertThat(onConfiguration("train", "task.brightnes=2")).isEqualTo(2);
        assertThat(err.toString()).contains("task.brightnes", "task.brightness");
    }

    @Test
    void itIsATaskToTheJavaApi() {
        assertThat(TaskFactory.chosen(Settings.defaults(List.of("task.source=\"" + file + "\"")))
                        .signature()
                        .name())
                .isEqualTo("which-light");
    }
}
