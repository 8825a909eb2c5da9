package cohort.task.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.run.RunConfiguration;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no task is refused when it is read, in a line that says where and what instead. */
class DeclaredRefusalsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // names
                "task.name=My Task                        | must be a name of small letters",
                "task.name=condition                      | condition and setting are taken",
                "task.inputs=[]                           | must name groups and how many inputs they have, such as [fixation",
                "task.inputs=[light, light]               | is there twice",
                "task.inputs=[{ light = 0 }]              | a whole number from 1 to 4096",
                "task.inputs=[{ light = 1, pair = 2 }]    | a comma may be missing",
                "task.inputs=[two words]                  | must be a name of letters",
                "task.inputs=[3]                          | must be a name",
                "task.outputs=[{ choice = 3, weight = -1 }] | how much an error counts",
                "task.outputs=[{ choice = 3, wight = 1 }] | a comma may be missing",
                // periods
                "task.periods=[]                          | must name periods in their order",
                "task.periods=[wait, look, look]          | is there twice",
                "task.periods=[wait, look, later, decide] | how long is it? Write task.timing.later = 500",
                "task.timing.look=-3                      | duration is not between 0 and",
                "task.timing.look=sid                     | must be milliseconds",
                "task.timing.lok=3                        | there is no period lok; did you mean look?",
                "task.timing.decide=5                     | answers are read in period decide, but the decide period can be shorter than one step",
                "training.period-weights.lok=3            | did you mean training.period-weights.look?",
                "task.block-size=0                        | from 1",
                // draws
                "task.draw.side=left                      | must be { ... }, such as [0, 1]",
                "task.draw.side=[]                        | must be a list of different numbers",
                "task.draw.side=[1, 1.0]                  | must be a list of different numbers",
                "task.draw.side=[1, left]                 | must be a list of different numbers",
                "task.draw.Side=[1, 2]                    | small letters",
                "task.draw.accuracy=[1, 2]                | a column which all tasks have",
                "task.draw.side={ one = [1, 2] }          | must have one of the keys one-of, directions",
                "task.draw.side={ oneof = [1, 2] }        | did you mean one-of?",
                "task.draw.side={ one-of = [1, 2], share = [1, 2] } | task.draw.side.one-of.share = [1,2]: there is no key share; did you mean shares?",
                "task.draw.side={ one-of = [1, 2], shares = [1] }   | one for each value",
                "task.draw.side={ one-of = [1, 2], shares = [1, 0] } | above 0",
                "task.draw.side={ one-of = [1, 2], condition = maybe } | must be true or false",
                "task.draw.x={ directions = 1 }           | a whole number from 2 to 360",
                "task.draw.x={ uniform = [2, 1] }         | two numbers, the first below the second",
                "task.draw.x={ uniform = [0, 1], condition = true } | cannot be a condition",
                "task.draw.x={ other-than = sid }         | there is no draw sid; did you mean side?",
                "task.draw.x={ other-than = yonder }      | there is no draw yonder; there are angle, side, strength, x",
                "task.draw.x={ other-than = x }           | is made of itself",
                "task.draw={ x = { sum = [y, 1] }, y = { opposite-of = x } } | is made of itself, by way of x, y",
                "task.draw={ x = [1], y = { other-than = x } }       | there is no other",
                "task.draw={ x = 1, y = { other-than = x } }         | x has no list of values",
                "task.draw.x={ by = side, values = [1] }  | one number or draw for each value of side, 2",
                "task.draw.x={ sum = [1] }                | two at least",
                "task.draw.x={ product = [strength, 1e15, 2] } | can be larger than",
                "task.draw.x={ opposite-of = angle, where = { side = 3 } } | is never 3, but 1 or 2",
                "task.draw.x={ opposite-of = angle, where = { sid = 1 } }  | there is no draw sid; did you mean side?",
                "task.draw.x={ opposite-of = angle, were = { side = 1 } }  | did you mean where?",
                // answers
                "task.answer=sid                          | task.answer = \"sid\": there is no draw sid; did you mean side?",
                "task.answer=                             | write key=value",
                "task.answer=strength                     | can be 0.5, which counts nothing; give each of its values a number",
                "task.answer=angle                        | can be 3; answers of choice are 0 to 2",
                "task.draw.side=[1, 2, 3]                 | can be 3; answers of choice are 0 to 2",
                "task.draw.side=[-1, 1]                   | can be -1",
                "task.draw.side={ uniform = [0, 1] }      | must be a draw of few values",
                // shown
                "task.show=[{ flg = light }]              | must have one of the keys flag, scalar, opponent, one-hot, ring, noise; did you mean flag?",
                "task.show=[{ flag = light, noise = 1 }]  | is flag and noise at once",
                "task.show=[flag]                         | must be { ... }, such as",
                "task.show=[{ flag = lihgt }]             | there is no group of inputs lihgt; did you mean light?",
                "task.show=[{ flag = choice }]            | there is no group of inputs choice; there are light, pair, ring",
                "task.show=[{ flag = light, in = loook }] | task.show.flag.in = \"loook\": there is no period loook; did you mean look?",
                "task.show=[{ flag = light, inn = look }] | there is no key inn; did you mean in?",
                "task.show=[{ flag = light, in = [] }]    | must name a period",
                "task.show=[{ flag = light, value = lot }] | there is no draw lot",
                "task.show=[{ flag = light, value = [1] }] | must be a number or the name of a draw",
                "task.show=[{ flag = light, value = 1e300 }] | single precision",
                "task.show=[{ flag = light, in = look, after = 50 }] | must end within period look, which can be as short as 40 ms; it can begin after 50 ms",
                "task.show=[{ flag = light, in = look, after = 20, for = 30 }] | it can last to 50 ms",
                "task.show=[{ flag = light, after = -1 }] | milliseconds, an hour at most",
                "task.show=[{ flag = light, where = { side = 7 } }] | is never 7, but 1 or 2",
                "task.show=[{ flag = light, where = side }] | must be { ... }, such as { match = 1 }",
                "task.show=[{ scalar = light }]           | needs value",
                "task.show=[{ scalar = light, value = 1, scale = side }] | must be a number that makes nothing larger than 1.0E15",
                "task.show=[{ scalar = light, value = 1e9, scale = 1e9 }] | makes nothing larger than",
                "task.show=[{ opponent = light, value = 1 }] | has 1 channels; a pair has 2",
                "task.show=[{ opponent = pair, value = 1, at = angle }] | can be 3; channels of pair are 1 to 2",
                "task.show=[{ one-hot = pair }]           | needs at",
                "task.show=[{ one-hot = pair, at = angle }] | can be 3; channels of pair are 1 to 2",
                "task.show=[{ one-hot = pair, at = strength }] | can be 0.5, which counts nothing",
                "task.show=[{ ring = ring, at = angle, code = bumb }] | must be one of bump, cosine, vector",
                "task.show=[{ ring = ring, at = angle, code = vector }] | has 4 channels; a vector has 2",
                "task.show=[{ ring = ring, at = angle, code = cosine, width = 3 }] | only a bump has one",
                "task.show=[{ ring = ring, at = angle, width = 0 }] | above 0 and at most 360",
                "task.show=[{ noise = -1 }]               | a number of at least 0",
                "task.show=[{ noise = 1, on = choice }]   | there is no group of inputs choice",
                // asked for
                "task.ask=[]                              | must ask for something",
                "task.ask=[{ class = 3, of = choice }]    | can be 3; outputs of choice are 0 to 2",
                "task.ask=[{ class = angle, of = choice }] | can be 3",
                "task.ask=[{ class = answer }]            | needs of",
                "task.ask=[{ class = answer, of = pair }] | there is no group of outputs pair; there are choice, ring",
                "task.ask=[{ weight = -1 }]               | from 0 to",
                "task.ask=[{ weight = 2, of = choice }]   | there is no key of",
                // responses
                "task.response=[]                         | must say which outputs are the answer",
                "task.response={ largst = choice }        | must have one of the keys largest, first, direction, error; did you mean largest?",
                "task.response={ largest = chioce }       | there is no group of outputs chioce; did you mean choice?",
                "task.response={ largest = choice, in = dcide } | did you mean decide?",
                "task.response={ largest = choice, tolerance = 3 } | there is no key tolerance",
                "task.response={ largest = choice, chance = 1 } | a fraction from 0 to below 1",
                "task.draw.side=2                         | the right answer is always the same",
                "task.response={ direction = choice, fixation = ring } | has 4 outputs, not 1",
                "task.response={ direction = ring, above = 0.5 } | of no use without fixation",
                "task.response={ direction = ring, tolerance = 0 } | above 0 and at most 180",
                "task.response={ direction = ring, withhold = { side = 1 } } | chance cannot be worked out",
                "task.response={ direction = ring }       | the answer is no number of an output here",
                "task.response={ error = ring }           | needs below",
                "task.response={ error = ring, below = 1 } | has no meaning beside task.response.error",
                // psychometry
                "task.psychometry={ factor = strenght, period = look } | did you mean strength?",
                "task.psychometry={ factor = strength }   | needs period",
                "task.psychometry={ factor = strength, period = look, positive = 3 } | a whole number from 1 to 2",
                "task.psychometry={ factor = strength, period = look, sign = 3 } | there is no key sign"
            })
    void whatIsWrongIsSaidInALine(String setting, String message) {
        assertThatThrownBy(() -> DeclaredTasks.task(DeclaredTasks.SMALL, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message.strip())
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task.draw.go={ one-of = [0, 1], condition = false } | task.psychometry={ factor = go, period = stimulus } | is no condition; add condition = true",
                "task.draw.c=[-1, 1]   | task.psychometry={ factor = c, period = stimulus }  | must be the strength of the evidence, at least 0",
                "task.draw.c=[0, 1]    | task.psychometry={ factor = c, period = stimulus }  | needs a choice as the right answer of each trial",
                "task.draw.h=[20, 40]  | task.timing.delay=h & task.block-size=2              | must be 1 where a draw says",
                "task.draw.a={ uniform = [0, 1] } | task.draw.go={ largest-of = [a, 0.5] } & task.outputs=[{ choice = 3 }] & task.inputs=[fixation, { symbol = 3 }] | chance cannot be worked out",
                "task.draw.a=[1, 2]    | task.answer=a                                        | can be 2; answers of choice are 0 to 1",
                "task.outputs=[choice] | task.draw.go=[0, 1]                                  | that of no answer, and none to choose"
            })
    void whatDoesNotFitTogetherIsRefused(String first, String others, String message) {
        List<String> settings = new ArrayList<>(List.of(first.strip()));
        settings.addAll(List.of(others.strip().split(" +& +")));
        assertThatThrownBy(() -> DeclaredTasks.task(DeclaredTasks.GO_NOGO, settings.toArray(String[]::new)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void fileAndLineAreNamed() throws IOException {
        String text = DeclaredTasks.SMALL.replace("in = [wait, look]", "in = [wait,\n loook]");
        Path file = Files.writeString(folder.resolve("mine.conf"), text);
        int line = (int) text.substring(0, text.indexOf("loook")).lines().count();

        assertThatThrownBy(() -> RunConfiguration.of(Settings.load(file.toFile(), List.of())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("mine.conf: " + line
                        + ": task.show.flag.in = \"loook\": there is no period loook; did you mean look?");
        assertThatThrownBy(() -> Settings.load(
                        Files.writeString(file, DeclaredTasks.SMALL.replace("answer = side", "anwser = side"))
                                .toFile(),
                        List.of()))
                .hasMessageContaining("there is no key task.anwser; did you mean task.answer?");
    }

    @Test
    void aTaskOfNothingSaysWhatIsMissing() {
        assertThatThrownBy(() -> DeclaredTasks.task("task.kind = declared"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("task.periods = []: must name periods in their order");
    }

    /** Any value in any place makes a task, or a mistake that is named in a line; never an accident, now or in a trial. */
    @Test
    void oddValuesAreATaskOrAMistake() {
        List<Object> odd = List.of(
                "",
                "x",
                "side",
                "look",
                "ring",
                "answer",
                -1,
                0,
                0.5,
                3,
                1e300,
                true,
                List.of(),
                List.of(1),
                List.of("side", "x"),
                List.of(1, List.of(2)),
                Map.of(),
                Map.of("side", 1),
                Map.of("one-of", List.of(2, 1)));
        List<ConfigObject> variants = new ArrayList<>();
        for (String text : List.of(DeclaredTasks.SMALL, DeclaredTasks.PERCEPTUAL_DECISION)) {
            ConfigObject task = ConfigFactory.parseString(text).getObject("task");
            for (Object value : odd) {
                ConfigValue replacement = ConfigValueFactory.fromAnyRef(value);
                variants(task, replacement).forEach(variant -> variants.add((ConfigObject) variant));
            }
        }
        int tasks = 0;
        for (ConfigObject variant : variants) {
            Config config = variant.withValue("kind", ConfigValueFactory.fromAnyRef("declared"))
                    .atPath("task");
            String text = config.root().render(ConfigRenderOptions.concise());
            try {
                RunConfiguration run = RunConfiguration.of(DeclaredTasks.settings(text));
                TrialSource trials = run.task().trials(1, Split.TRAIN);
                Trial trial = new Trial(trials.signature());
                for (int index = 0; index < 10; index++) {
                    trials.read(index, trial);
                }
                tasks++;
            } catch (UserError e) {
                assertThat(e.getMessage().lines()).as(text).hasSize(1);
            } catch (RuntimeException e) {
                throw new AssertionError(text, e);
            }
        }
        assertThat(variants).hasSizeGreaterThan(1000);
        assertThat(tasks).isGreaterThan(50);
    }

    /** A value with one thing in it replaced, for each thing. */
    private static List<ConfigValue> variants(ConfigValue value, ConfigValue replacement) {
        List<ConfigValue> all = new ArrayList<>(List.of(replacement));
        if (value instanceof ConfigList list) {
            for (int i = 0; i < list.size(); i++) {
                for (ConfigValue variant : variants(list.get(i), replacement)) {
                    List<ConfigValue> changed = new ArrayList<>(list);
                    changed.set(i, variant);
                    all.add(ConfigValueFactory.fromIterable(changed));
                }
            }
        } else if (value instanceof ConfigObject object) {
            for (String key : object.keySet()) {
                for (ConfigValue variant : variants(object.get(key), replacement)) {
                    Map<String, ConfigValue> changed = new LinkedHashMap<>(object);
                    changed.put(key, variant);
                    all.add(ConfigValueFactory.fromMap(changed));
                }
            }
        }
        return all.stream()
                .filter(variant -> value.valueType() != ConfigValueType.OBJECT || variant instanceof ConfigObject)
                .toList();
    }
}
