package cohort.task.declared;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Group;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads how answers are read, and which is right: task.response and task.answer. */
final class ResponseReader {
    private static final String PATH = "task.response";
    private static final String ANSWER = "task.answer";
    private static final List<String> VERBS = List.of("largest", "first", "direction", "error");

    private final Settings settings;
    private final Draws draws;
    private final Periods periods;
    private final Groups outputs;
    private final Fields fields;
    /** The group whose outputs are choices; null if they are none. */
    private Group choices;

    private boolean isNoneFirst;

    ResponseReader(Settings settings, Draws draws, Periods periods, Groups outputs) {
        this.settings = settings;
        this.draws = draws;
        this.periods = periods;
        this.outputs = outputs;
        this.fields = fields();
    }

    /** What is written; or, if nothing is, the largest output of the only group. */
    private Fields fields() {
        ConfigValue given = settings.value(PATH);
        String example = "{ largest = choice, in = decision }";
        if (!Fields.isNothing(given)) {
            return Fields.of(PATH, given, example).named(VERBS);
        }
        if (outputs.all().size() > 1) {
            throw settings.error(PATH, "must say which outputs are the answer, such as " + example);
        }
        Map<String, String> only = Map.of("largest", outputs.all().get(0).name());
        return Fields.of(PATH, ConfigValueFactory.fromMap(only).withOrigin(given.origin()), example)
                .named(VERBS);
    }

    Reading read() {
        return switch (fields.verb()) {
            case "largest" -> largest();
            case "first" -> first();
            case "direction" -> direction();
            default -> near();
        };
    }

    private Reading largest() {
        fields.allow("largest", "in", "no-answer", "chance");
        readChoices("largest", fields.flag("no-answer", true));
        Ordinal answer = answer();
        int none = isNoneFirst ? 1 : 0;
        double chance = chance(draws.possible(answer.amount()).largestShare());
        return new Reading.Largest(
                ChoiceRule.LAST_STEP, answer, choices.first(), choices.size(), none, periods.lasting(fields), chance);
    }

    private Reading first() {
        fields.allow("first", "in", "chance");
        readChoices("first", true);
        Ordinal answer = answer();
        double chance = chance(draws.possible(answer.amount()).largestShare());
        return new Reading.First(answer, choices.first(), choices.size(), periods.lasting(fields), chance);
    }

    private void readChoices(String key, boolean noneFirst) {
        choices = outputs.of(fields, key);
        isNoneFirst = noneFirst;
        if (choices.size() < (noneFirst ? 2 : 1)) {
            throw fields.error(key, "has one output: that of no answer, and none to choose");
        }
    }

    /** The right answer, one of the choices. */
    private Ordinal answer() {
        return draws.ordinal(
                ANSWER,
                given(),
                isNoneFirst ? 0 : 1,
                choices.size() - (isNoneFirst ? 1 : 0),
                "answers of " + choices.name(),
                0);
    }

    private ConfigValue given() {
        ConfigValue given = settings.value(ANSWER);
        if (settings.text(ANSWER).isEmpty()) {
            throw settings.error(ANSWER, "must name the draw that is the right answer");
        }
        return given;
    }

    private Reading direction() {
        fields.allow("direction", "in", "tolerance", "fixation", "above", "withhold", "chance");
        Group ring = outputs.of(fields, "direction");
        if (ring.size() < 3) {
            throw fields.error("direction", "has " + ring.size() + " outputs; a ring that can point anywhere has 3");
        }
        Amount angle = draws.amount(ANSWER, given());
        Possible possible = draws.possible(angle);
        List<Double> directions = new ArrayList<>(possible.shares().keySet());
        for (int unit = 0; !possible.isListed() && unit < ring.size(); unit++) {
            directions.add(Pattern.Code.BUMP.preferred(unit, ring.size()));
        }
        double tolerance = fields.number("tolerance", 36, "above 0 and at most 180 degrees", v -> v > 0 && v <= 180);
        int fixation = -1;
        if (fields.has("fixation")) {
            Group group = outputs.of(fields, "fixation");
            if (group.size() != 1) {
                throw fields.error("fixation", "has " + group.size() + " outputs, not 1");
            }
            fixation = group.first();
        } else if (fields.has("above")) {
            throw fields.error("above", "is of no use without fixation, the group whose output it is about");
        }
        Where withheld =
                fields.has("withhold") ? draws.where(fields.path("withhold"), fields.value("withhold")) : Where.ALWAYS;
        return new Reading.Direction(
                ChoiceRule.LAST_STEP,
                angle,
                withheld,
                List.copyOf(directions),
                ring,
                fixation,
                fields.number("above", 0.5, "a number", v -> true),
                tolerance,
                periods.lasting(fields),
                chance(withheld.isAlways() ? tolerance / 180 : Double.NaN));
    }

    private Reading near() {
        fields.allow("error", "in", "below", "chance");
        fields.value("below");
        if (!settings.text(ANSWER).isEmpty()) {
            throw settings.error(ANSWER, "has no meaning beside task.response.error: right is what is near enough");
        }
        List<Group> groups = fields.elements("error").stream()
                .map(value -> outputs.of(fields.path("error"), value))
                .distinct()
                .toList();
        String allowed = "above 0, the root of the mean squared error";
        double below = fields.number("below", 0, allowed, v -> v > 0);
        List<Span> spans = periods.spans(periods.places(fields));
        boolean isEver = periods.places(fields).stream()
                .anyMatch(place -> periods.all().get(place).duration().minMillis() >= periods.dtMillis());
        if (!isEver) {
            throw fields.error("the periods that are read can all be shorter than a step");
        }
        return new Reading.Near(groups, spans, below, chance(0));
    }

    /** What is written, or what is known. */
    private double chance(double known) {
        double chance = fields.number("chance", known, "a fraction from 0 to below 1", v -> v >= 0 && v < 1);
        if (Double.isNaN(chance) || chance >= 1) {
            throw fields.error(
                    chance >= 1
                            ? "the right answer is always the same, so that who guesses is always right"
                            : "chance cannot be worked out; write chance = accuracy of who guesses");
        }
        return chance;
    }

    /** The output of a group that the right answer asks for. */
    Ordinal asked(Fields verb, Group group) {
        if (choices == null) {
            throw verb.error("class", "the answer is no number of an output here: name a draw");
        }
        int less = group.equals(choices) && !isNoneFirst ? 1 : 0;
        Amount answer = answer().amount();
        for (int number : draws.numbers(verb.path("class"), verb.value("class"), answer)) {
            if (number - less >= group.size()) {
                throw verb.error(
                        "class",
                        "can be " + number + "; outputs of " + group.name() + " are 0 to " + (group.size() - 1));
            }
        }
        return new Ordinal(answer, draws.directions(answer), less);
    }

    /** Whether the first output of a group that classes are asked of is that of no answer. */
    boolean hasNoAnswer(Group group) {
        return !group.equals(choices) || isNoneFirst;
    }

    /** Whether it can be right to give no answer. */
    boolean mayBeNone() {
        return choices == null
                || draws.numbers(ANSWER, given(), answer().amount()).contains(0);
    }

    /** Number of choices. */
    int count() {
        return choices == null ? 0 : choices.size() - (isNoneFirst ? 1 : 0);
    }
}
