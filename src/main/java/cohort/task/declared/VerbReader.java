package cohort.task.declared;

import cohort.config.Settings;
import cohort.task.Group;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what is shown and asked for: task.show and task.ask. */
final class VerbReader {
    private static final List<String> SHOW = List.of("flag", "scalar", "opponent", "one-hot", "ring", "noise");
    private static final List<String> ASK = List.of("class", "value", "ring", "weight");

    /** Loss weights beyond this are slips of the finger. */
    private static final double LARGEST_WEIGHT = 1e12;

    private static final double DEFAULT_WIDTH = 22.5;

    private final Draws draws;
    private final Periods periods;
    private final Groups inputs;
    private final Groups outputs;
    private final ResponseReader response;

    private final List<Verb> shown = new ArrayList<>();
    private final List<Verb> noise = new ArrayList<>();
    private final List<Verb> asked = new ArrayList<>();
    private final Set<String> shownGroups = new LinkedHashSet<>();
    /** By group that classes are asked of: the periods in which one is asked for in each trial. */
    private final Map<Group, Set<Integer>> classes = new LinkedHashMap<>();

    VerbReader(Draws draws, Periods periods, Groups inputs, Groups outputs, ResponseReader response) {
        this.draws = draws;
        this.periods = periods;
        this.inputs = inputs;
        this.outputs = outputs;
        this.response = response;
    }

    /** All of them in the order in which they are done. */
    List<Verb> read(Settings settings) {
        for (ConfigValue value : Fields.elements(settings.value("task.show"))) {
            show(Fields.of("task.show", value, "{ flag = fixation, in = [fixation, delay] }")
                    .named(SHOW));
        }
        for (ConfigValue value : Fields.elements(settings.value("task.ask"))) {
            ask(Fields.of("task.ask", value, "{ class = answer, in = decision }")
                    .named(ASK));
        }
        if (asked.isEmpty()) {
            throw settings.error("task.ask", "must ask for something, such as [{ class = answer, in = decision }]");
        }
        List<Verb> all = new ArrayList<>(shown);
        all.addAll(rest());
        all.addAll(asked);
        all.addAll(noise);
        return all;
    }

    /** Input groups that show nothing but noise. */
    List<String> silent() {
        return inputs.all().stream()
                .map(Group::name)
                .filter(name -> !shownGroups.contains(name))
                .toList();
    }

    private void show(Fields fields) {
        if (fields.verb().equals("noise")) {
            noise(fields);
            return;
        }
        Group group = inputs.of(fields, fields.verb());
        shownGroups.add(group.name());
        Pattern pattern = switch (fields.verb()) {
            case "flag" -> {
                allow(fields, "value");
                yield new Pattern.Level(draws.amount(fields, "value", 1), 1, 0);
            }
            case "scalar" -> {
                allow(fields, "value", "scale", "offset");
                yield level(fields);
            }
            case "opponent" -> opponent(fields, group);
            case "one-hot" -> oneHot(fields, group);
            default -> ring(fields, group);
        };
        Where where = draws.where(fields);
        for (Span span : periods.spans(fields)) {
            shown.add(new Verb.Show(span, where, group.first(), group.size(), pattern));
        }
    }

    private void ask(Fields fields) {
        if (fields.verb().equals("weight")) {
            allow(fields);
            Amount weight = draws.amount(fields, "weight", 0, LARGEST_WEIGHT, "from 0 to " + LARGEST_WEIGHT);
            Where where = draws.where(fields);
            periods.spans(fields).forEach(span -> asked.add(new Verb.Weigh(span, where, weight)));
            return;
        }
        boolean isRing = fields.verb().equals("ring");
        Group group = outputs.of(fields, isRing ? "ring" : "of");
        Pattern pattern;
        boolean isEverywhere = !fields.has("where") && !fields.has("after") && !fields.has("for");
        boolean isClass = fields.verb().equals("class");
        if (isClass) {
            allow(fields, "of");
            pattern = new Pattern.OneHot(asked(fields, group), Amount.of(1));
            Set<Integer> always = classes.computeIfAbsent(group, of -> new TreeSet<>());
            if (isEverywhere) {
                always.addAll(periods.places(fields));
            }
        } else if (isRing) {
            pattern = ring(fields, group);
        } else {
            allow(fields, "of", "scale", "offset");
            pattern = level(fields);
        }
        Where where = draws.where(fields);
        for (Span span : periods.spans(fields)) {
            boolean isFirst = isClass && isEverywhere && !isAsked(group, span);
            asked.add(new Verb.Ask(span, where, group.first(), group.size(), pattern, isFirst));
        }
    }

    /** Whether something was asked of a group before, somewhere in the periods of a span. */
    private boolean isAsked(Group group, Span span) {
        return asked.stream()
                .anyMatch(verb -> verb instanceof Verb.Ask ask
                        && ask.first() == group.first()
                        && ask.span().first() <= span.last()
                        && span.first() <= ask.span().last());
    }

    /** Which output of a group is asked for. */
    private Ordinal asked(Fields fields, Group group) {
        ConfigValue value = fields.value("class");
        boolean isAnswer =
                value.valueType() == ConfigValueType.STRING && value.unwrapped().equals("answer");
        return isAnswer
                ? response.asked(fields, group)
                : draws.ordinal(fields.path("class"), value, 0, group.size() - 1, "outputs of " + group.name(), 0);
    }

    /** Where no class is asked of a group that others are asked of, it is the first output: no answer. It is asked for first, so that the others are 0. */
    private List<Verb> rest() {
        List<Verb> all = new ArrayList<>();
        classes.forEach((group, always) -> {
            TreeSet<Integer> others = new TreeSet<>();
            for (int place = 0; place < periods.all().size(); place++) {
                if (!always.contains(place)) {
                    others.add(place);
                }
            }
            if (response.hasNoAnswer(group)) {
                Pattern none = new Pattern.Level(Amount.of(1), 1, 0);
                periods.spans(others)
                        .forEach(span -> all.add(new Verb.Ask(span, Where.ALWAYS, group.first(), 1, none, true)));
            }
        });
        return all;
    }

    private void noise(Fields fields) {
        allow(fields, "on");
        Amount sigma = draws.amount(fields, "noise", 0, Fields.LARGEST, "a number of at least 0");
        if (draws.possible(sigma).max() / Math.sqrt(periods.dtMillis()) > Fields.LARGEST) {
            throw fields.error(
                    "noise", "the noise of a step, sigma / sqrt(task.dt), must be at most " + Fields.LARGEST);
        }
        Where where = draws.where(fields);
        List<Group> on = new ArrayList<>(inputs.all());
        if (fields.has("on")) {
            Set<Group> named = new LinkedHashSet<>();
            fields.elements("on").forEach(value -> named.add(inputs.of(fields.path("on"), value)));
            on.retainAll(named);
        }
        for (Span span : periods.spans(fields)) {
            for (int i = 0; i < on.size(); i++) { // neighbours at once
                int first = on.get(i).first();
                while (i + 1 < on.size() && on.get(i + 1).first() == on.get(i).end()) {
                    i++;
                }
                noise.add(new Verb.Noise(span, where, first, on.get(i).end() - first, sigma));
            }
        }
    }

    private Pattern level(Fields fields) {
        Amount amount = draws.amount(fields, "value");
        return new Pattern.Level(amount, scale(fields, amount), offset(fields));
    }

    private Pattern opponent(Fields fields, Group group) {
        allow(fields, "value", "scale", "at");
        if (group.size() != 2) {
            throw fields.error("opponent", "has " + group.size() + " channels; a pair has 2");
        }
        Ordinal favoured = fields.has("at") ? channel(fields, group) : Ordinal.of(0);
        Amount evidence = draws.amount(fields, "value");
        return new Pattern.Opponent(evidence, scale(fields, evidence), favoured);
    }

    private Pattern oneHot(Fields fields, Group group) {
        allow(fields, "at", "value");
        return new Pattern.OneHot(channel(fields, group), draws.amount(fields, "value", 1));
    }

    /** Which channel of a group: counted from 1, or from 0 if the number can be 0. */
    private Ordinal channel(Fields fields, Group group) {
        String path = fields.path("at");
        ConfigValue value = fields.value("at");
        int least = draws.numbers(path, value, draws.amount(path, value)).contains(0) ? 0 : 1;
        return draws.ordinal(path, value, least, group.size() - 1 + least, "channels of " + group.name(), least);
    }

    private Pattern ring(Fields fields, Group group) {
        allow(fields, "at", "strength", "code", "width", "scale", "offset");
        Pattern.Code code = fields.has("code") ? code(fields) : Pattern.Code.BUMP;
        if (code == Pattern.Code.VECTOR && group.size() != 2) {
            throw fields.error("code", group.name() + " has " + group.size() + " channels; a vector has 2");
        }
        if (code != Pattern.Code.BUMP && fields.has("width")) {
            throw fields.error("width", "only a bump has one");
        }
        double width =
                fields.number("width", DEFAULT_WIDTH, "degrees, above 0 and at most 360", v -> v > 0 && v <= 360);
        Amount strength = draws.amount(fields, "strength", 1);
        return new Pattern.Ring(
                draws.amount(fields, "at"),
                strength,
                code,
                group.size(),
                width,
                scale(fields, strength),
                offset(fields));
    }

    private static Pattern.Code code(Fields fields) {
        List<String> names = new ArrayList<>();
        for (Pattern.Code code : Pattern.Code.values()) {
            names.add(code.name().toLowerCase(Locale.ROOT));
            if (fields.text("code").equals(names.get(names.size() - 1))) {
                return code;
            }
        }
        throw fields.error("code", "must be one of " + String.join(", ", names));
    }

    /** What an amount is multiplied by, without becoming too large. */
    private double scale(Fields fields, Amount amount) {
        Possible possible = draws.possible(amount);
        double largest = Math.max(Math.abs(possible.min()), Math.abs(possible.max()));
        String allowed = "a number that makes nothing larger than " + Fields.LARGEST;
        return fields.number("scale", 1, allowed, v -> Math.abs(v) * largest <= Fields.LARGEST);
    }

    private static double offset(Fields fields) {
        return fields.number("offset", 0, "a number", v -> true);
    }

    private static void allow(Fields fields, String... keys) {
        List<String> all = new ArrayList<>(List.of(keys));
        all.addAll(List.of(fields.verb(), "in", "after", "for", "where"));
        fields.allow(all.toArray(String[]::new));
    }
}
