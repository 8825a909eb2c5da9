package cohort.task.declared;

import cohort.config.Settings;
import cohort.config.TypedValues;
import cohort.config.UserError;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/** An object { ... } of a configuration, read key by key; what is wrong in it is named with file, line, key and what is allowed. */
final class Fields {
    /** Squares of larger numbers, and of what they lead to, are infinite in single precision. */
    static final double LARGEST = 1e15;

    private final String path;
    private final ConfigObject object;

    private Fields(String path, ConfigObject object) {
        this.path = path;
        this.object = object;
    }

    /**
     * Looks into a value.
     *
     * @param example what it could be
     */
    static Fields of(String path, ConfigValue value, String example) {
        if (value instanceof ConfigObject object) {
            return new Fields(path, object);
        }
        throw Settings.error(path, value, "must be { ... }, such as " + example);
    }

    /** Whether a value that can be left out is: an empty list, its default, or { }. */
    static boolean isNothing(ConfigValue value) {
        return (value instanceof ConfigList list && list.isEmpty())
                || (value instanceof ConfigObject object && object.isEmpty());
    }

    /** The elements of a list; what is none is a list of itself. */
    static List<ConfigValue> elements(ConfigValue value) {
        return value instanceof ConfigList list ? list : List.of(value);
    }

    /** A number that can be calculated with. */
    static double number(String path, ConfigValue value, String allowed, DoublePredicate isAllowed) {
        return TypedValues.number(value)
                .map(BigDecimal::doubleValue)
                .filter(number -> Math.abs(number) <= LARGEST && isAllowed.test(number))
                .orElseThrow(() -> Settings.error(path, value, "must be " + allowed));
    }

    /** The same under the name of its verb, which is the one of some keys that it has. */
    Fields named(List<String> verbs) {
        List<String> there = verbs.stream().filter(object::containsKey).toList();
        if (there.size() == 1) {
            return new Fields(path + "." + there.get(0), object);
        }
        if (there.size() > 1) {
            throw error("is " + String.join(" and ", there)
                    + " at once; a comma or a new line is missing between two pairs of brackets, or one is too much");
        }
        throw error("must have one of the keys " + String.join(", ", verbs) + mend(verbs));
    }

    private String mend(List<String> verbs) {
        return object.keySet().stream()
                .map(key -> Names.advice(key, verbs))
                .filter(advice -> advice.endsWith("?"))
                .findFirst()
                .orElse("");
    }

    /** The last part of its path. */
    String verb() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Refuses all other keys. */
    Fields allow(String... keys) {
        Set<String> known = new TreeSet<>(Arrays.asList(keys));
        for (String key : new TreeSet<>(object.keySet())) {
            if (!known.contains(key)) {
                throw Names.unknown(path + "." + key, object.get(key), "key", key, known);
            }
        }
        return this;
    }

    boolean has(String key) {
        return object.containsKey(key);
    }

    Set<String> keys() {
        return new TreeSet<>(object.keySet());
    }

    /** Where a key is, for messages; the verb's own is the whole. */
    String path(String key) {
        return path.endsWith("." + key) ? path : path + "." + key;
    }

    ConfigValue value(String key) {
        if (!has(key)) {
            throw error("needs " + key);
        }
        return object.get(key);
    }

    List<ConfigValue> elements(String key) {
        return elements(value(key));
    }

    /** A text; a number is none. */
    String text(String key) {
        return text(path(key), value(key));
    }

    static String text(String path, ConfigValue value) {
        if (value.valueType() != ConfigValueType.STRING) {
            throw Settings.error(path, value, "must be a name");
        }
        return (String) value.unwrapped();
    }

    double number(String key, double otherwise, String allowed, DoublePredicate isAllowed) {
        return has(key) ? number(path(key), value(key), allowed, isAllowed) : otherwise;
    }

    int whole(String key, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        return (int) number(path(key), value(key), allowed, v -> v >= min && v <= max && v == Math.rint(v));
    }

    /** Numbers that differ from each other. */
    static List<Double> different(String path, ConfigValue value) {
        String allowed = "a list of different numbers";
        List<Double> numbers = elements(value).stream()
                .map(element -> number(path, element, allowed, v -> true) + 0.0)
                .collect(Collectors.toCollection(ArrayList::new));
        if (numbers.isEmpty() || numbers.stream().distinct().count() < numbers.size()) {
            throw Settings.error(path, value, "must be " + allowed);
        }
        return List.copyOf(numbers);
    }

    boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        String text = String.valueOf(value(key).unwrapped());
        if (!text.equals("true") && !text.equals("false")) {
            throw error(key, "must be true or false");
        }
        return text.equals("true");
    }

    /** An error about the value of a key. */
    UserError error(String key, String problem) {
        return Settings.error(path(key), value(key), problem);
    }

    /** An error about all of it. */
    UserError error(String problem) {
        return Settings.error(path, object, problem);
    }
}
