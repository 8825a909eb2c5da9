package cohort.experiment;

import cohort.task.Duration;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * A configuration file over the defaults, read key by key. Whatever is wrong is reported with the file and line it stands
 * in, the key, the value and what is allowed.
 */
public final class Settings {
    private static final Config DEFAULTS =
            ConfigFactory.parseResources(Settings.class.getClassLoader(), "cohort/reference.conf");

    private final Config config;

    private Settings(Config config) {
        this.config = config;
    }

    /**
     * Reads a file.
     *
     * @param overrides texts "key=value" that win over the file
     * @throws UserError if it cannot be read, or has a key that does not exist
     */
    public static Settings load(File file, List<String> overrides) {
        if (!file.isFile()) {
            throw new UserError("there is no configuration file " + file
                    + (file.isDirectory() ? ": it is a folder" : "; examples are in conf/"));
        }
        try {
            Config user = ConfigFactory.parseFile(file, ConfigParseOptions.defaults());
            for (String override : overrides) {
                user = parseOverride(override).withFallback(user);
            }
            refuseUnknownKeys("", user.root());
            return new Settings(user.withFallback(DEFAULTS).resolve());
        } catch (ConfigException e) {
            // What a binary file has in it must not reach the terminal.
            throw new UserError(e.getMessage().replaceAll("[^\\P{C}\\n]|\\x{FFFD}", "?"), e);
        }
    }

    /**
     * Reads what {@link #render} wrote.
     *
     * @param origin where it is stored, for messages
     * @param overrides texts "key=value" that win over it
     * @throws UserError if it has a key that does not exist in this version
     */
    public static Settings stored(String text, String origin, List<String> overrides) {
        Config stored =
                ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription(origin));
        for (String override : overrides) {
            stored = parseOverride(override).withFallback(stored);
        }
        refuseUnknownKeys("", stored.root());
        return new Settings(stored.withFallback(DEFAULTS).resolve());
    }

    /** The defaults, with some keys changed. */
    public static Settings defaults(List<String> overrides) {
        Config config = DEFAULTS;
        for (String override : overrides) {
            config = parseOverride(override).withFallback(config);
        }
        return new Settings(config.resolve());
    }

    private static Config parseOverride(String override) {
        if (!override.matches("[^=]+=.+")) {
            throw new UserError("--set " + override + ": write key=value");
        }
        return ConfigFactory.parseString(
                override, ConfigParseOptions.defaults().setOriginDescription("--set " + override));
    }

    private static void refuseUnknownKeys(String parent, ConfigObject object) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String path = parent.isEmpty()
                    ? ConfigUtil.quoteString(entry.getKey())
                    : parent + "." + ConfigUtil.quoteString(entry.getKey());
            if (!DEFAULTS.hasPathOrNull(path)) {
                String key = path.replace("\"", "");
                throw new UserError(where(entry.getValue()) + ": there is no key " + key + "; did you mean "
                        + nearestKey(key) + "?");
            }
            if (path.replace("\"", "").equals("sweep.space")) {
                continue; // it has keys of the whole configuration in it; see keysIn
            }
            boolean isSection = DEFAULTS.getValue(path).valueType() == ConfigValueType.OBJECT;
            if (entry.getValue() instanceof ConfigObject section && isSection) {
                refuseUnknownKeys(path, section);
            } else if (isSection) {
                throw new UserError(where(entry.getValue()) + ": " + path.replace("\"", "")
                        + " is a section, not a key; it has "
                        + DEFAULTS.getConfig(path).root().keySet().stream()
                                .sorted()
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private static String nearestKey(String key) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        TreeSet<String> known = new TreeSet<>();
        DEFAULTS.entrySet().forEach(entry -> known.add(entry.getKey()));
        String last = key.substring(key.lastIndexOf('.') + 1);
        return known.stream()
                .min(Comparator.comparingInt(candidate -> Math.min(
                        distance.apply(key, candidate),
                        1 + distance.apply(last, candidate.substring(candidate.lastIndexOf('.') + 1)))))
                .orElseThrow();
    }

    private static String where(ConfigValue value) {
        return value.origin().description();
    }

    /** The same settings with other values for some keys. */
    public Settings with(Map<String, ConfigValue> values) {
        Config changed = config;
        for (Map.Entry<String, ConfigValue> value : values.entrySet()) {
            changed = changed.withValue(value.getKey(), value.getValue());
        }
        return new Settings(changed);
    }

    public ConfigValue value(String path) {
        return config.getValue(path);
    }

    /**
     * The values in a section that has keys of the whole configuration in it, by those keys, in alphabetical order.
     *
     * @throws UserError if there is a key that does not exist
     */
    public NavigableMap<String, ConfigValue> keysIn(String section) {
        ConfigObject object = config.getObject(section);
        refuseUnknownKeys("", object);
        NavigableMap<String, ConfigValue> keys = new TreeMap<>();
        collectKeys("", object, keys);
        return keys;
    }

    private static void collectKeys(String parent, ConfigObject object, Map<String, ConfigValue> keys) {
        object.forEach((key, value) -> {
            String path = parent.isEmpty() ? key : parent + "." + key;
            if (DEFAULTS.getValue(path).valueType() == ConfigValueType.OBJECT) {
                collectKeys(path, (ConfigObject) value, keys);
            } else {
                keys.put(path, value);
            }
        });
    }

    /** An error about the value of a key. */
    public UserError error(String path, String problem) {
        return error(path, config.getValue(path), problem);
    }

    /** An error about a value. */
    public static UserError error(String path, ConfigValue value, String problem) {
        return new UserError(
                where(value) + ": " + path + " = " + value.render(ConfigRenderOptions.concise()) + ": " + problem);
    }

    public String text(String path) {
        if (config.getValue(path).valueType() == ConfigValueType.OBJECT
                || config.getValue(path).valueType() == ConfigValueType.LIST) {
            throw error(path, "must be a text");
        }
        return config.getString(path);
    }

    /** A whole number within bounds. */
    public long integer(String path, long min, long max) {
        double value = number(path, "a whole number from " + min + " to " + max, v -> v >= min && v <= max);
        if (value != Math.rint(value)) {
            throw error(path, "must be a whole number");
        }
        return config.getLong(path);
    }

    /** A number; {@code allowed} says in words what the predicate asks for. */
    public double number(String path, String allowed, DoublePredicate isAllowed) {
        double value;
        try {
            value = config.getDouble(path);
        } catch (ConfigException e) {
            throw error(path, "must be " + allowed);
        }
        if (!isAllowed.test(value)) {
            throw error(path, "must be " + allowed);
        }
        return value;
    }

    public List<Double> numbers(String path) {
        try {
            return List.copyOf(config.getDoubleList(path));
        } catch (ConfigException e) {
            throw error(path, "must be a list of numbers, such as [1, 2]");
        }
    }

    /** One of an enum's constants, written in lower case with dashes. */
    public <E extends Enum<E>> E choice(String path, Class<E> type) {
        String given = text(path);
        for (E constant : type.getEnumConstants()) {
            if (name(constant).equals(given)) {
                return constant;
            }
        }
        String all = Arrays.stream(type.getEnumConstants()).map(Settings::name).collect(Collectors.joining(", "));
        throw error(path, "must be one of " + all);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The duration of a period: a number, a list, or one of two distributions. */
    public Duration duration(String path) {
        String allowed = "must be milliseconds, a list of them, { uniform = [min, max] } or"
                + " { truncated-exponential = { mean = m, min = a, max = b } }";
        try {
            return switch (config.getValue(path).valueType()) {
                case LIST -> new Duration.Choice(config.getDoubleList(path));
                case OBJECT -> distribution(path, allowed);
                default -> new Duration.Constant(config.getDouble(path));
            };
        } catch (ConfigException e) {
            throw error(path, allowed);
        } catch (IllegalArgumentException e) {
            throw error(path, e.getMessage());
        }
    }

    private Duration distribution(String path, String allowed) {
        Config given = config.getConfig(path);
        Set<String> keys = given.root().keySet();
        if (keys.equals(Set.of("uniform")) && given.getDoubleList("uniform").size() == 2) {
            List<Double> range = given.getDoubleList("uniform");
            return new Duration.Uniform(range.get(0), range.get(1));
        }
        if (keys.equals(Set.of("truncated-exponential"))) {
            Config shape = given.getConfig("truncated-exponential");
            if (shape.root().keySet().equals(Set.of("mean", "min", "max"))) {
                return new Duration.TruncatedExponential(
                        shape.getDouble("mean"), shape.getDouble("min"), shape.getDouble("max"));
            }
        }
        throw error(path, allowed);
    }

    /** The keys in which two rendered configurations differ, with both values. */
    public static List<String> differences(String before, String now, String... without) {
        Config first = without(ConfigFactory.parseString(before), without);
        Config second = without(ConfigFactory.parseString(now), without);
        TreeSet<String> keys = new TreeSet<>();
        first.entrySet().forEach(entry -> keys.add(entry.getKey()));
        second.entrySet().forEach(entry -> keys.add(entry.getKey()));
        return keys.stream()
                .filter(key -> !concise(first, key).equals(concise(second, key)))
                .map(key -> key + " was " + concise(first, key) + ", is now " + concise(second, key))
                .collect(Collectors.toList());
    }

    private static String concise(Config config, String key) {
        return config.hasPath(key) ? config.getValue(key).render(ConfigRenderOptions.concise()) : "not there";
    }

    private static Config without(Config config, String... paths) {
        Config rest = config;
        for (String path : paths) {
            rest = rest.withoutPath(path);
        }
        return rest;
    }

    /** The resolved configuration without some of its keys, every key in alphabetical order. */
    public String render(String... without) {
        return without(config, without)
                .root()
                .render(ConfigRenderOptions.defaults()
                        .setOriginComments(false)
                        .setComments(false)
                        .setJson(false));
    }
}
