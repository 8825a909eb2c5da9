package cohort.task.declared;

import cohort.config.Settings;
import cohort.task.Factor;
import cohort.task.Psychometry;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Timing;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Tasks that are written in a configuration, {@code task.kind = declared}: groups of inputs and outputs, periods, what is drawn for a
 * trial, what is shown and asked for, and how answers are read. There are no expressions, only the verbs of a painter. docs/tasks/declared.md
 * is the reference.
 */
public final class DeclaredKind implements TaskFactory {
    /** Sections whose keys are the configuration's own, or depend on each other. */
    private static final List<String> SECTIONS = List.of("timing", "draw", "response", "psychometry");

    private static final String PLAIN = "[A-Za-z0-9_-]+";

    @Override
    public String name() {
        return "declared";
    }

    @Override
    public String about() {
        return "A task that is written in the configuration.";
    }

    @Override
    public String source() {
        return "docs/tasks/declared.md";
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public String defaults() {
        return """
                task {
                  # Its name in tables: small letters, digits and dashes.
                  name = declared
                  # Groups of input channels, one after the other: a name, or { name = channels }.
                  inputs = []
                  # Groups of outputs, the same; { name = outputs, weight = 2 } counts twice in the loss.
                  outputs = []
                  # Names of the periods, in the order they follow each other.
                  periods = []
                  # How long each period lasts: as for all tasks, or the name of a draw.
                  timing {}
                  # What is drawn for a trial.
                  draw {}
                  # The draw that is the right answer.
                  answer = ""
                  # What the inputs show.
                  show = []
                  # What the outputs are asked for.
                  ask = []
                  # How the answer is read; empty: the largest output, of the only group, in the last period.
                  response = []
                  # What psychometric functions are drawn over: { factor = name, period = name, positive = choice }.
                  psychometry = []
                  # Number of successive trials whose periods are equally long.
                  block-size = 1
                }
                data.form = trials
                network {
                  hidden = 64
                  activation = tanh
                  initialisation = orthogonal
                }
                training {
                  steps = 1000
                  optimizer.learning-rate = 0.003
                }
                """;
    }

    /** What is made up has defaults too: periods count once in the loss, and all else is missing, an empty list, until it is written. */
    @Override
    public String defaults(Config given) {
        StringBuilder all = new StringBuilder(defaults());
        try {
            if (!(given.root().get("task") instanceof ConfigObject task)) {
                return all.toString();
            }
            for (String period : texts(task.get("periods"))) {
                all.append("task.timing.").append(period).append(" = []\n");
                all.append("training.period-weights.").append(period).append(" = 1\n");
            }
            for (String section : SECTIONS) {
                if (task.get(section) instanceof ConfigObject object) {
                    Stream<String> keys = new TreeSet<>(object.keySet()).stream();
                    keys.filter(key -> key.matches(PLAIN))
                            .forEach(key -> all.append("task." + section + "." + key + " = []\n"));
                }
            }
            if (asksForValues(task.get("ask"))) {
                all.append("training.loss = mean-squared-error\n");
            }
        } catch (ConfigException.NotResolved e) {
            return defaults(); // and whoever resolves it says what is missing
        }
        return all.toString();
    }

    private static List<String> texts(ConfigValue list) {
        List<String> texts = new ArrayList<>();
        if (list != null) {
            for (ConfigValue value : Fields.elements(list)) {
                if (value.valueType() == ConfigValueType.STRING
                        && value.unwrapped().toString().matches(PLAIN)) {
                    texts.add(value.unwrapped().toString());
                }
            }
        }
        return texts;
    }

    private static boolean asksForValues(ConfigValue asked) {
        return asked != null
                && Fields.elements(asked).stream()
                        .anyMatch(verb -> verb instanceof ConfigObject object
                                && (object.containsKey("value") || object.containsKey("ring")));
    }

    @Override
    public Task of(Settings settings) {
        String name = settings.text("task.name");
        if (!name.matches("[a-z][a-z0-9-]*") || name.equals("condition") || name.equals("setting")) {
            throw settings.error(
                    "task.name",
                    "must be a name of small letters, digits and dashes, since a table is called after it; condition"
                            + " and setting are taken");
        }
        Draws draws = Draws.of(settings);
        Periods periods = Periods.of(settings, draws);
        Groups inputs = Groups.of(settings, "inputs", false);
        Groups outputs = Groups.of(settings, "outputs", true);
        ResponseReader response = new ResponseReader(settings, draws, periods, outputs);
        Reading reading = response.read();
        VerbReader verbs = new VerbReader(draws, periods, inputs, outputs, response);
        List<Verb> painted = verbs.read(settings);
        List<DeclaredTask.Drawn> drawn = new ArrayList<>();
        List<Factor> factors = new ArrayList<>();
        for (Draws.Named named : draws.all()) {
            named.factor().ifPresent(factors::add);
            drawn.add(
                    new DeclaredTask.Drawn(named.form().draw(), named.factor().isPresent() ? factors.size() - 1 : -1));
        }
        int blockSize = (int) settings.integer("task.block-size", 1, Integer.MAX_VALUE);
        if (blockSize > 1 && periods.drawn().stream().anyMatch(place -> place >= 0)) {
            throw settings.error(
                    "task.block-size", "must be 1 where a draw says how long a period is: it is drawn for each trial");
        }
        Psychometry psychometry = psychometry(settings, draws, periods, response);
        List<String> notes = new ArrayList<>();
        draws.unused().forEach(unused -> notes.add("task.draw." + unused + " is drawn, and nothing depends on it"));
        verbs.silent().forEach(silent -> notes.add("input group " + silent + " shows nothing"));
        return new DeclaredTask(
                new Signature(name, periods.dtMillis(), inputs.all(), outputs.all(), periods.all(), factors),
                new Timing(periods.dtMillis(), periods.all()),
                periods.drawn(),
                blockSize,
                drawn,
                painted,
                reading,
                psychometry,
                notes);
    }

    private static Psychometry psychometry(Settings settings, Draws draws, Periods periods, ResponseReader response) {
        String path = "task.psychometry";
        ConfigValue given = settings.value(path);
        if (Fields.isNothing(given)) {
            return null;
        }
        Fields fields = Fields.of(path, given, "{ factor = coherence, period = stimulus, positive = 2 }");
        fields.allow("factor", "period", "positive");
        Draws.Named factor = draws.named(fields.path("factor"), fields.value("factor"));
        if (factor.factor().isEmpty()) {
            throw fields.error("factor", "is no condition; add condition = true to task.draw." + factor.name());
        }
        if (factor.possible().min() < 0) {
            throw fields.error(
                    "factor", "must be the strength of the evidence, at least 0: its sign is that of the right answer");
        }
        int period = periods.place(fields.path("period"), fields.value("period"));
        if (response.mayBeNone()) {
            throw settings.error(path, "needs a choice as the right answer of each trial, and there may be none");
        }
        int positive = fields.has("positive") ? fields.whole("positive", 1, response.count()) : response.count();
        return new Psychometry(factor.name(), periods.all().get(period).name(), positive);
    }
}
