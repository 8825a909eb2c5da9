package cohort.task.declared;

import cohort.config.Settings;
import cohort.config.TypedValues;
import cohort.config.UserError;
import cohort.task.Factor;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The draws of a configuration, task.draw, while it is read: by name, what each can come to, and where names stand for them. They are in
 * alphabetical order, but for those that others are made of, which come before these; the order they are written in is no part of the
 * task.
 */
final class Draws {
    private static final String SECTION = "task.draw";

    private final Fields given;
    private final List<Named> all = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    /** Those that wait for others they are made of. */
    private final Set<String> begun = new LinkedHashSet<>();

    private final BitSet used = new BitSet();

    /**
     * A draw by name.
     *
     * @param form what it is
     * @param possible what it can come to
     * @param factor what it is in conditions; empty if it is none
     */
    record Named(String name, DrawReader.Form form, Possible possible, Optional<Factor> factor) {}

    private Draws(Fields given) {
        this.given = given;
    }

    static Draws of(Settings settings) {
        Draws draws = new Draws(Fields.of(SECTION, settings.value(SECTION), "{ go = [0, 1] }"));
        draws.given.keys().forEach(draws::read);
        return draws;
    }

    private int read(String name) {
        Integer known = places.get(name);
        if (known != null) {
            return known;
        }
        String path = SECTION + "." + name;
        ConfigValue value = given.value(name);
        if (!begun.add(name)) {
            throw Settings.error(
                    path,
                    value,
                    "is made of itself, by way of " + String.join(", ", begun) + ": name values in one of them");
        }
        DrawReader.Form form = DrawReader.read(this, path, value);
        int place = all.size();
        List<Draw> draws = draws();
        draws.add(form.draw());
        Possible possible = Possible.of(draws, place);
        if (!(Math.max(Math.abs(possible.min()), Math.abs(possible.max())) <= Fields.LARGEST)) {
            throw Settings.error(path, value, "can be larger than " + Fields.LARGEST);
        }
        Factor factor;
        try {
            factor = new Factor(name, form.unit(), form.meaning());
        } catch (IllegalArgumentException e) {
            throw new UserError(value.origin().description() + ": " + path + ": " + e.getMessage(), e);
        }
        if (form.isCondition() && !possible.isListed()) {
            throw Settings.error(path, value, "cannot be a condition: each trial would be one of its own");
        }
        all.add(new Named(name, form, possible, Optional.of(factor).filter(f -> form.isCondition())));
        places.put(name, place);
        begun.remove(name);
        return place;
    }

    /** All draws so far. */
    List<Draw> draws() {
        List<Draw> draws = new ArrayList<>();
        all.forEach(named -> draws.add(named.form().draw()));
        return draws;
    }

    List<Named> all() {
        return all;
    }

    boolean has(String name) {
        return given.has(name);
    }

    /** Names of draws that nothing is made of. */
    List<String> unused() {
        List<String> names = new ArrayList<>();
        for (int place = used.nextClearBit(0); place < all.size(); place = used.nextClearBit(place + 1)) {
            names.add(all.get(place).name());
        }
        return names;
    }

    /** The draw that a name stands for. */
    Named named(String path, ConfigValue value) {
        return all.get(place(path, value));
    }

    int place(String path, ConfigValue value) {
        String name = Fields.text(path, value);
        if (!given.has(name)) {
            throw Names.unknown(path, value, "draw", name, given.keys());
        }
        int place = read(name);
        used.set(place);
        return place;
    }

    /** A number, or the name of a draw. */
    Amount amount(String path, ConfigValue value) {
        if (TypedValues.number(value).isPresent()) {
            return Amount.of(Fields.number(path, value, "a number that single precision can square", v -> true));
        }
        if (value.valueType() != ConfigValueType.STRING) {
            throw Settings.error(path, value, "must be a number or the name of a draw");
        }
        return Amount.drawn(place(path, value));
    }

    Amount amount(Fields fields, String key) {
        return amount(fields.path(key), fields.value(key));
    }

    Amount amount(Fields fields, String key, double otherwise) {
        return fields.has(key) ? amount(fields, key) : Amount.of(otherwise);
    }

    /** An amount that is never outside of bounds. */
    Amount amount(Fields fields, String key, double min, double max, String allowed) {
        Amount amount = amount(fields, key);
        Possible possible = possible(amount);
        if (possible.min() < min || possible.max() > max) {
            throw fields.error(key, "must be " + allowed);
        }
        return amount;
    }

    Possible possible(Amount amount) {
        return amount.isDrawn() ? all.get(amount.place()).possible() : Possible.of(amount.number());
    }

    /** How many directions an amount is one of, in degrees; 0 if it is no such angle. */
    int directions(Amount amount) {
        return amount.isDrawn() ? all.get(amount.place()).form().directions() : 0;
    }

    /** The whole numbers that an amount can be; of a direction its number, from 1 on. */
    List<Integer> numbers(String path, ConfigValue value, Amount amount) {
        Possible possible = possible(amount);
        if (!possible.isListed()) {
            throw Settings.error(path, value, "must be a draw of few values, which can be counted");
        }
        int directions = directions(amount);
        Set<Integer> numbers = new LinkedHashSet<>();
        for (double each : possible.shares().keySet()) {
            if (directions == 0 && (each != Math.rint(each) || Math.abs(each) > Integer.MAX_VALUE)) {
                throw Settings.error(
                        path,
                        value,
                        "can be " + text(each) + ", which counts nothing; give each of its values a number:"
                                + " { by = name, values = [1, 2, ...] }");
            }
            numbers.add(Ordinal.number(each, directions));
        }
        return List.copyOf(numbers);
    }

    /**
     * An amount that counts.
     *
     * @param what how messages call what is counted
     * @param less taken from the number
     */
    Ordinal ordinal(String path, ConfigValue value, int min, int max, String what, int less) {
        Amount amount = amount(path, value);
        for (int number : numbers(path, value, amount)) {
            if (number < min || number > max) {
                throw Settings.error(path, value, "can be " + number + "; " + what + " are " + min + " to " + max);
            }
        }
        return new Ordinal(amount, directions(amount), less);
    }

    /** Which trials are meant by key where, of which there are all if it is not there. */
    Where where(Fields fields) {
        return fields.has("where") ? where(fields.path("where"), fields.value("where")) : Where.ALWAYS;
    }

    Where where(String path, ConfigValue value) {
        Fields fields = Fields.of(path, value, "{ match = 1 }");
        List<Where.Is> conditions = new ArrayList<>();
        for (String name : fields.keys()) {
            ConfigValue meant = fields.value(name);
            String at = path + "." + name;
            if (!has(name)) {
                throw Names.unknown(at, meant, "draw", name, given.keys());
            }
            int place = read(name);
            used.set(place);
            Set<Double> possible = all.get(place).possible().shares().keySet();
            List<Double> values = Fields.different(at, meant);
            for (double one : values) {
                if (!possible.contains(one)) {
                    throw Settings.error(
                            at,
                            meant,
                            "is never " + text(one)
                                    + (possible.isEmpty() ? ": it is drawn from a range" : ", but " + texts(possible)));
                }
            }
            conditions.add(new Where.Is(place, values));
        }
        return new Where(List.copyOf(conditions));
    }

    static String texts(Iterable<Double> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(text(value)));
        int last = texts.size() - 1;
        return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " or " + texts.get(last);
    }

    /** A number as it would be written. */
    static String text(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
