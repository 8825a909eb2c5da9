package cohort.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.network.LeakyCell;
import cohort.task.Duration;
import cohort.training.Optimizer;
import cohort.training.Schedule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    private Path folder;

    private RunConfiguration parse(String text, String... overrides) throws IOException {
        File file = folder.resolve("x.conf").toFile();
        Files.writeString(file.toPath(), text);
        return RunConfiguration.of(Settings.load(file, List.of(overrides)));
    }

    @Test
    void anEmptyFileIsTheDefaults() throws IOException {
        RunConfiguration run = parse("");

        assertThat(run.name()).isEqualTo("experiment");
        assertThat(run.seed()).isEqualTo(1);
        assertThat(run.warehouse()).isEqualTo("warehouse");
        assertThat(run.plan().task().stimulus()).isEqualTo(new Duration.Constant(2000));
        assertThat(run.plan().task().coherencesPercent()).containsExactly(0.0, 6.4, 12.8, 25.6, 51.2);
        assertThat(run.plan().network().hidden()).isEqualTo(128);
        assertThat(((LeakyCell) run.plan().network().cell()).alpha()).isEqualTo(0.2);
        assertThat(run.plan().batching().batchSize()).isEqualTo(16);
        assertThat(run.plan().batching().sequenceLength()).isEqualTo(100);
        assertThat(run.plan().training().steps()).isEqualTo(2000);
        assertThat(run.plan().training().optimizer()).isEqualTo(new Optimizer.Adam(0.9, 0.999, 1e-8, 0));
        assertThat(run.plan().training().schedule()).isEqualTo(new Schedule(0.01, Schedule.Shape.COSINE, 0, 2000, 0));
        assertThat(run.plan().workers()).isEqualTo(2);
        assertThat(run.plan().localSteps()).isEqualTo(100);
        assertThat(run.evaluation().trials()).isEqualTo(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"perceptual-decision", "notebook-adam", "notebook-manual-bptt"})
    void everyShippedConfigurationIsReadAndCommentsEveryKey(String name) throws IOException {
        Path file = Path.of("conf", name + ".conf");

        RunConfiguration run = RunConfiguration.of(Settings.load(file.toFile(), List.of()));

        assertThat(run.name()).isEqualTo(name);
        List<String> lines = Files.readAllLines(file);
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean isScalarOfSmallSection = lines.get(i - 1).strip().matches("(outer|period-weights|timing) \\{")
                    || lines.get(i - 1).strip().matches("[a-z-]+ = [0-9.]+");
            if (line.matches("[a-z0-9-]+ = .*") && !isScalarOfSmallSection) {
                assertThat(lines.get(i - 1).strip()).as(file + ":" + (i + 1)).startsWith("#");
            }
        }
    }

    @Test
    void anUnknownKeyIsNamedWithFileLineAndTheNearestKey() {
        assertThatThrownBy(() -> parse("seed = 2\nnetwork {\n  hiden = 3\n}\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("x.conf: 3")
                .hasMessageContaining("network.hiden")
                .hasMessageContaining("did you mean network.hidden?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.hidden = many           | whole number",
                "network.hidden = 0              | from 1 to",
                "network.hidden = 2.5            | whole number",
                "network.hidden = [1]            | whole number",
                "network = 3                     | is a section",
                "seed = x                        | whole number",
                "network.cell = transformer       | leaky, lstm, gru",
                "network.layers = 0               | from 1 to",
                "network.cell = lstm & network.hidden = 16384 & network.layers = 9 | does not fit",
                "network.activation = cubic      | relu, tanh, softplus, sigmoid",
                "task.dt = -20                   | above 0",
                "task.coherences = 5             | list of numbers",
                "task.coherences = []            | different percentages",
                "task.coherences = [3, 3]        | different percentages",
                "task.coherences = [101]         | different percentages",
                "task.timing.stimulus = 5        | shorter than one step",
                "task.timing.delay = {a = 1}     | milliseconds",
                "task.timing.delay = {uniform = [3, 1]} | larger than max",
                "task.timing.delay = -1          | -1",
                "task.ring-size = 1              | from 2",
                "network.tau = 10                | at least task.dt",
                "training.clipping.limit = 0     | above 0",
                "training.schedule.warmup-steps = 3000 | from 0 to 2000",
                "training.optimizer.name = adagrad     | adam, adamw, sgd",
                "averaging.outer.momentum = 1    | below 1",
                "name = a/b                      | letters",
                "data.batch-size = 99999 & network.hidden = 9999 | does not fit"
            })
    void aBadValueIsNamedWithFileLineAndWhatIsAllowed(String text, String expected) {
        assertThatThrownBy(() -> parse("\n" + text.replace(" & ", "\n")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("x.conf: ")
                .hasMessageContaining(expected.strip());
    }

    @Test
    void aBadOverrideIsNamedAsTheUserTypedIt() {
        assertThatThrownBy(() -> parse("", "network.hidden=few"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--set network.hidden=few");
        assertThatThrownBy(() -> parse("", "hidden")).hasMessageContaining("write key=value");
        assertThatThrownBy(() -> parse("", "=5")).hasMessageContaining("write key=value");
        assertThatThrownBy(() -> parse("", "seed=")).hasMessageContaining("write key=value");
        assertThatThrownBy(() -> parse("", "network.hiden=3")).hasMessageContaining("did you mean network.hidden");
    }

    @Test
    void aFileThatIsMissingOrNotHoconIsSaidSo() {
        assertThatThrownBy(() -> Settings.load(folder.resolve("none.conf").toFile(), List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.conf");
        assertThatThrownBy(() -> Settings.load(folder.toFile(), List.of())).hasMessageContaining("folder");
        assertThatThrownBy(() -> parse("\u0001\u001b[2J\u0007 = {"))
                .isInstanceOf(UserError.class)
                .hasMessageMatching("[^\\p{Cntrl}]*");
        assertThatThrownBy(() -> parse("a = {\n")).isInstanceOf(UserError.class).hasMessageContaining("x.conf");
    }

    @Test
    void durationsComeInFourForms() throws IOException {
        assertThat(parse("task.timing.stimulus = 300").plan().task().stimulus()).isEqualTo(new Duration.Constant(300));
        assertThat(parse("task.timing.stimulus = [200, 400]").plan().task().stimulus())
                .isEqualTo(new Duration.Choice(List.of(200.0, 400.0)));
        assertThat(parse("task.timing.stimulus { uniform = [200, 400] }")
                        .plan()
                        .task()
                        .stimulus())
                .isEqualTo(new Duration.Uniform(200, 400));
        assertThat(parse("task.timing.delay { truncated-exponential { mean = 300, min = 100, max = 900 } }")
                        .plan()
                        .task()
                        .delay())
                .isEqualTo(new Duration.TruncatedExponential(300, 100, 900));
    }

    @Test
    void theRunIdFollowsFromWhatDeterminesTheResultOnly() throws IOException {
        String id = parse("").runId();

        assertThat(parse("# a comment\nnetwork.hidden = 128").runId()).isEqualTo(id);
        assertThat(parse("warehouse = elsewhere").runId()).isEqualTo(id);
        assertThat(parse("network.hidden = 127").runId()).isNotEqualTo(id);
        assertThat(parse("seed = 2").runId())
                .isEqualTo(id.replace("seed1", "seed2"))
                .isNotEqualTo(id);
    }
}
