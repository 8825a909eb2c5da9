package cohort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.network.LeakyCell;
import cohort.task.Duration;
import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.training.Optimizer;
import cohort.training.Schedule;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private static PerceptualDecisionMaking task(RunConfiguration run) {
        return (PerceptualDecisionMaking) run.plan().task();
    }

    @Test
    void anEmptyFileIsTheDefaults() throws IOException {
        RunConfiguration run = parse("");

        assertThat(run.name()).isEqualTo("experiment");
        assertThat(run.seed()).isEqualTo(1);
        assertThat(run.warehouse()).isEqualTo("warehouse");
        assertThat(task(run).stimulus()).isEqualTo(new Duration.Constant(2000));
        assertThat(task(run).coherencesPercent()).containsExactly(0.0, 6.4, 12.8, 25.6, 51.2);
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
    @ValueSource(
            strings = {
                "perceptual-decision",
                "notebook-adam",
                "notebook-manual-bptt",
                "go-nogo",
                "memory-guided-reach",
                "reaction-time"
            })
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
                "task.kind = no-such-task        | must be one of",
                "task.kind = memory-guided-reach & training.loss = cross-entropy | asks for one output of each group",
                "evaluation.choice = first-crossing & evaluation.threshold = 1 | above 0 and below 1",
                "evaluation.choice = first-crossing & task.kind = ready-set-go | have no outputs of their own",
                "training.until.figure = efficiency & training.until.bound = 2 | above 0 and at most 1",
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
        assertThat(task(parse("task.timing.stimulus = 300")).stimulus()).isEqualTo(new Duration.Constant(300));
        assertThat(task(parse("task.timing.stimulus = [200, 400]")).stimulus())
                .isEqualTo(new Duration.Choice(List.of(200.0, 400.0)));
        assertThat(task(parse("task.timing.stimulus { uniform = [200, 400] }")).stimulus())
                .isEqualTo(new Duration.Uniform(200, 400));
        assertThat(task(parse("task.timing.delay { truncated-exponential { mean = 300, min = 100, max = 900 } }"))
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data//runs",
                "runs#4",
                "file:///srv/w",
                "hdfs://nn:9000/w?x=1",
                "a=b=c",
                "x,seed=9",
                "with blank",
                "[a",
                "100%",
                "w // no comment"
            })
    void aValueOfSetIsWhatStandsBehindTheFirstEqualsSign(String path) throws IOException {
        String value = path.startsWith("[") ? '"' + path + '"' : path;

        RunConfiguration run = parse("seed = 5", "warehouse=" + value);

        assertThat(run.warehouse()).isEqualTo(path);
        assertThat(run.seed()).isEqualTo(5);
    }

    @Test
    void setReadsNumbersListsAndQuotesAsFilesDo() throws IOException {
        RunConfiguration run = parse(
                "task.timing.delay { uniform = [100, 200] }",
                "task.timing.stimulus=[400, 800]",
                "task.timing.delay={ truncated-exponential = { mean = 300, min = 100, max = 900 } }",
                "warehouse=\"/a b\"",
                "name = x",
                "seed=1",
                "seed=1e3");

        assertThat(task(run).stimulus()).isEqualTo(new Duration.Choice(List.of(400.0, 800.0)));
        assertThat(task(run).delay()).isEqualTo(new Duration.TruncatedExponential(300, 100, 900));
        assertThat(run.warehouse()).isEqualTo("/a b");
        assertThat(run.seed()).as("the last one counts").isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task.coherences+=3                       | += is of files only",
                "seed=null                                | null is no value",
                "warehouse='  '                           | write key=value",
                "name=two,seed=7                          | name = \"two,seed=7\"",
                "task.coherences=[1, 2], seed=7           | one option sets one key",
                "task.coherences={ include \"x.conf\" } | only a file can include",
                "a b=3                                    | write key=value",
                "warehouse=\"a\"b                       | around the whole value",
                "network.dale=true                        | network has activation, bias",
                "netwrok.hidden=3                         | --set netwrok.hidden=3: there is no key netwrok; did you mean network?"
            })
    void whatSetDoesNotMeanIsSaidInALine(String override, String expected) {
        assertThatThrownBy(() -> parse("", override.replace("'", "")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--set")
                .hasMessageContaining(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "warehouse = /b//c                    | // begins a comment",
                "name = run#3                         | # begins a comment",
                "warehouse = s3a://bucket/w           | // begins a comment",
                "warehouse = //server/share           | // begins a comment",
                "warehouse = \"/b\"#c               | # begins a comment",
                "network { hidden = null }            | x.conf: 1: network.hidden = null: a value is missing",
                "training = null                      | training is a section",
                "task.timing.delay = [100, null]      | a value is missing in it",
                "sweep.space = [1]                    | sweep.space is a section",
                "network.hidden = ${NO_SUCH_VARIABLE} | NO_SUCH_VARIABLE",
                "warehouse = \"~ada/w\"             | only ~ and $HOME",
                "network.initial-model = \"$M/m\"   | only ~ and $HOME",
                "warehouse = \"\"                   | not an empty text",
                "name = ..                            | letters, digits",
                "data.table = leaderboard             | of Cohort's own",
                "task.coherences = [-3, 3]            | without a sign",
                "seed = 18446744073709551615          | whole number from -9223372036854775808"
            })
    void whatHoconWouldTakeSilentlyIsRefused(String text, String expected) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(UserError.class).hasMessageContaining(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.optimizer.lerning-rate = 1 | did you mean training.optimizer.learning-rate?",
                "nmae = x                            | did you mean name?",
                "hidden = 3                          | did you mean network.hidden?",
                "task.timing.go = 3                  | task.timing has decision, delay, fixation, stimulus",
                "dropout = 0.5                       | there are averaging, checkpoint",
                "'network.tau' = 3                   | there is no key network.tau; leave the quotes out"
            })
    void onlyWhatIsNearIsSuggested(String text, String expected) {
        assertThatThrownBy(() -> parse(text.replace('\'', '"'))).hasMessageContaining(expected.strip());
    }

    @Test
    void commentsBesideValuesStayComments() throws IOException {
        RunConfiguration run = parse("seed = 3 # three\nname = \"x\" // name\ntask { # open\n  dt = 10 }# end\n"
                + "task.coherences = [ # percent\n  4, 8]//\nwarehouse = \"/a//b#c\"\ntask.sigma = # none\n  0\n");

        assertThat(run.seed()).isEqualTo(3);
        assertThat(run.warehouse()).isEqualTo("/a//b#c");
        assertThat(task(run).coherencesPercent()).containsExactly(4.0, 8.0);
        assertThat(task(run).sigma()).isZero();
    }

    @Test
    void anIncludeIsAFileBesideTheOneItStandsIn() throws IOException {
        Files.createDirectories(folder.resolve("parts/deep"));
        Files.writeString(folder.resolve("parts/a.conf"), "include file(\"deep/b\")\nseed = 7");
        Files.writeString(folder.resolve("parts/deep/b.conf"), "include \"../../c.properties\"\ntask.dt = 10");
        Files.writeString(folder.resolve("c.properties"), "network.hidden = 24\nwarehouse=/x//y\n");

        RunConfiguration run = parse("include required(\"parts/a.conf\")\nname = x");

        assertThat(run.seed()).isEqualTo(7);
        assertThat(run.plan().task().signature().dtMillis()).isEqualTo(10);
        assertThat(run.plan().network().hidden()).isEqualTo(24);
        assertThat(run.warehouse()).isEqualTo("/x//y");
    }

    @Test
    void anIncludeThatIsNoFileNamesBoth() throws IOException {
        Files.writeString(folder.resolve("outer.conf"), "seed = 1\n\ninclude \"inner.cnf\"");
        Files.writeString(folder.resolve("web.conf"), "include url(\"http://127.0.0.1:1/a.conf\")");
        Files.writeString(folder.resolve("ring.conf"), "include \"x.conf\"");

        for (String name : List.of("none", "none.json", "outer", "web", "ring", ".")) {
            for (String form : List.of("\"%s\"", "required(\"%s\")", "file(\"%s\")", "required(file(\"%s\"))")) {
                assertThatThrownBy(() -> parse("name = x\ninclude " + String.format(form, name)))
                        .as(name + " " + form)
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining(folder.toString())
                        .hasMessageMatching(".*\\.conf: \\d: include \".*")
                        .hasMessageNotContaining("class");
            }
        }
        assertThatThrownBy(() -> parse("include \"outer\""))
                .hasMessageContaining("outer.conf: 3: include \"inner.cnf\": there is no file")
                .hasMessageEndingWith("inner.cnf.conf");
        for (String form :
                List.of("url(\"file:///etc/x\")", "classpath(\"cohort/reference.conf\")", "\"hdfs://h/x\"")) {
            assertThatThrownBy(() -> parse("include " + form)).hasMessageContaining("x.conf: 1: include");
        }
    }

    @Test
    void aFileIsTextInUtf8() throws IOException {
        Path file = folder.resolve("x.conf");
        Files.write(file, "seed = 4".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> Settings.load(file.toFile(), List.of())).hasMessageContaining("UTF-16");
        Files.write(file, "name = \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Settings.load(file.toFile(), List.of())).hasMessageContaining("UTF-8");
        assertThat(parse("\ufeffseed = 4\r\nnetwork.hidden = 8\r\n").seed()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.hidden = 32            | network.hidden = \"32\"",
                "network.hidden = 32            | network.hidden = 3.2e1",
                "task.dt = 10                   | task.dt = 10.0",
                "network.tau = 62.5             | network.tau = \"62.50\"",
                "training.optimizer.learning-rate = 0.0005 | training.optimizer.learning-rate = 5e-4",
                "task.sigma = 1                 | task.sigma = 1.0",
                "task.coherences = [5, 7.5]     | task.coherences = [\"5\", 7.50]",
                "task.timing.delay = [100, 200] | task.timing.delay = [1e2, \"200\"]",
                "task.timing.delay { uniform = [100, 200] } | task.timing.delay { uniform = [100.0, \"200\"] }",
                "network.initial-model = \"7\" | network.initial-model = 7"
            })
    void oneValueIsOneRunHoweverItIsWritten(String first, String second) throws IOException {
        RunConfiguration one = parse(first);
        RunConfiguration other = parse(second);

        assertThat(one.spec()).isEqualTo(other.spec());
        assertThat(one.differencesFrom(other.spec().config())).isEmpty();
    }

    /** Ids that these configurations had in earlier versions, whose runs are in warehouses. */
    @ParameterizedTest
    @CsvSource({
        "perceptual-decision, , perceptual-decision-seed1-15745655",
        "notebook-adam, , notebook-adam-seed1-07f8842b",
        "notebook-manual-bptt, , notebook-manual-bptt-seed1-dc594ca8",
        "perceptual-decision, training.optimizer.learning-rate=0.0005, perceptual-decision-seed1-64917438",
        "perceptual-decision, 'task.timing.delay={uniform=[200,400.5]}', perceptual-decision-seed1-4d6200b2",
        "perceptual-decision, training.optimizer.epsilon=1e-7, perceptual-decision-seed1-59bb4f9f"
    })
    void idsStayWhatTheyWere(String name, String override, String id) {
        File file = new File("conf/" + name + ".conf");

        assertThat(RunConfiguration.of(Settings.load(file, override == null ? List.of() : List.of(override)))
                        .runId())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.optimizer.epsilon = 1e-44                    | as good as 0",
                "training.optimizer.learning-rate = 1e-42              | as good as 0",
                "training.optimizer.learning-rate = 5e38               | Infinity",
                "training.optimizer { learning-rate = 1e35, beta1 = 0.9999 } | over 1 - beta1 is infinite",
                "training.optimizer.beta2 = 0.99999999                 | it is 1.0",
                "training.optimizer { name = adamw, learning-rate = 2, weight-decay = 0.8 } | more than the whole of a weight",
                "training.optimizer.momentum = 1e-50                   | as good as 0",
                "training { optimizer.learning-rate = 1e-36, schedule.warmup-steps = 1999 } | first of 1999 warm-up steps",
                "training { optimizer.learning-rate = 1e-20, schedule.final-fraction = 1e-20 } | as good as 0",
                "training.clipping.limit = 1e-35                       | from 1e-30",
                "training.period-weights.delay = 1e-20                 | from 1e-12",
                "averaging.outer.learning-rate = 1e-60                 | as good as 0",
                "averaging.outer.momentum = 0.999999999                | it is 1.0",
                "task { sigma = 1e14, dt = 1e-6 }                      | noise of a step",
                "task.dt = 1e-6 & network.tau = 1e-6                   | does not fit an array",
                "network.tau = 1e11                                    | leak nothing",
                "task.timing.stimulus = 3600000 & task.dt = 0.01       | block of the evaluation",
                "data { batch-size = 1, sequence-length = 1000000 } & network.hidden = 512 | held-out loss",
                "network.hidden = 14000                                | checkpoint",
                "training.steps = 2000000 & averaging.local-steps = 1  | 2000000 rounds"
            })
    void aNumberIsCheckedAsWhatItIsUsedAs(String text, String expected) {
        assertThatThrownBy(() -> parse(text.replace(" & ", "\n")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("x.conf: ")
                .hasMessageContaining(expected.strip());
    }

    @Test
    void wholeNumbersAreExact() throws IOException {
        assertThat(parse("seed = 9007199254740993").seed()).isEqualTo(9007199254740993L);
        assertThat(parse("seed = \"-9223372036854775808\"").seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(parse("seed = 1.2e4").seed()).isEqualTo(12_000);
    }

    @Test
    void whatIsAllowedAndPerhapsNotMeantIsNoted() throws IOException {
        assertThat(parse("").notes()).isEmpty();
        assertThat(parse("task { dt = 15, timing { stimulus = [300, 500], delay { uniform = [0, 40] } } }")
                        .notes())
                .containsExactly("durations are whole steps of task.dt = 15 ms: fixation 100 ms becomes 90,"
                        + " stimulus 500 ms becomes 495, delay 40 ms becomes 30, decision 100 ms becomes 90");
        assertThat(parse("task.coherences = [0, 0.25, 0.5]").notes())
                .singleElement()
                .asString()
                .contains("percent");
        String varying = "task.timing.delay = [200, 400]\n";
        assertThat(parse(varying).notes()).isEmpty();
        assertThat(parse(varying + "task.fixation = fixation-only").notes())
                .singleElement()
                .asString()
                .contains("cannot know when to answer");
        assertThat(parse(
                                "task { fixation = fixation-only, timing { delay = [205, 210], stimulus = [500, 600] }, dt = 5 }")
                        .notes())
                .isNotEmpty();
        assertThat(parse("task { fixation = fixation-only, timing { delay = 200, stimulus = [500, 600] } }")
                        .notes())
                .isEmpty();
    }
}
