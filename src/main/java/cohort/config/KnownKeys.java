package cohort.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/** The keys that a configuration can have, those of reference.conf and of the kinds it chooses, and what becomes of others. */
final class KnownKeys {
    /** Keys of all configurations and their defaults. */
    private static final Config REFERENCE = ConfigFactory.parseResources(
            KnownKeys.class.getClassLoader(),
            "cohort/reference.conf",
            ConfigParseOptions.defaults().setOriginDescription("defaults"));

    /** The sections in which a kind is chosen. */
    private static final List<String> WITH_KINDS = List.of("task");

    /** By the chosen kinds and what they say of their keys. */
    private static final Map<Map<Kind, String>, KnownKeys> BY_KINDS = new ConcurrentHashMap<>();

    /** What a distribution of durations is called, which is a value, though it is written as a section is. */
    private static final Set<String> DISTRIBUTIONS = Set.of("uniform", "truncated-exponential");

    /** A section that has keys of the whole configuration in it. */
    private static final String SPACE = "sweep.space";

    /** Values lie in each other less deep than this. */
    private static final int DEEPEST = 64;

    /** Keys that were there when ids of runs began. */
    static final Set<String> FIRST = firstKeys();

    private final Config defaults;
    private final List<Kind> kinds;
    /** Sections in which values of some keys are names of others. */
    private final Set<String> withNames;

    private KnownKeys(Config defaults, List<Kind> kinds, Set<String> withNames) {
        this.defaults = defaults;
        this.kinds = kinds;
        this.withNames = withNames;
    }

    /** What reads the keys of a hundred kinds, when the first asks for it: most commands do not. */
    private static final class Any {
        static final KnownKeys KEYS = new KnownKeys(Kinds.allDefaults().withFallback(REFERENCE), List.of(), Set.of());
    }

    /** Keys of all kinds together: what may be a key of some configuration. */
    static KnownKeys any() {
        return Any.KEYS;
    }

    private static Set<String> firstKeys() {
        try (InputStream in = KnownKeys.class.getResourceAsStream("/cohort/first-keys.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of the kinds that a configuration, not resolved yet, chooses. */
    static KnownKeys of(Config given) {
        Config choices = given.withFallback(REFERENCE)
                .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
        Map<Kind, String> kinds = new LinkedHashMap<>();
        for (String section : WITH_KINDS) {
            Kind kind = Kinds.chosen(section, choices);
            kinds.put(kind, kind.defaults(choices));
        }
        return BY_KINDS.computeIfAbsent(kinds, KnownKeys::of);
    }

    private static KnownKeys of(Map<Kind, String> chosen) {
        Config all = REFERENCE;
        Set<String> withNames = new TreeSet<>();
        for (Map.Entry<Kind, String> kind : chosen.entrySet()) {
            all = Kinds.read(kind.getKey(), kind.getValue()).withFallback(all);
            if (!kind.getValue().equals(kind.getKey().defaults())) {
                withNames.add(kind.getKey().section());
            }
        }
        return new KnownKeys(all, List.copyOf(chosen.keySet()), withNames);
    }

    /** Whether other keys may be there when the value of this one is another. */
    boolean areNamedBy(String key) {
        return key.endsWith(".kind")
                || key.endsWith(".source")
                || withNames.contains(StringUtils.substringBefore(key, "."));
    }

    /** What the user says, with the names of kinds that are in files of their own. */
    static Config withSources(Config given) {
        Config choices = given.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
        Config noted = given;
        for (String section : WITH_KINDS) {
            String source = section + ".source";
            if (choices.hasPath(source) && !choices.getValue(source).unwrapped().equals("")) {
                noted = KindSource.of(section, choices).noted(noted);
            }
        }
        return noted;
    }

    /** See {@link Kind#digests}. */
    Map<String, String> digests(Settings settings) {
        Map<String, String> digests = new TreeMap<>();
        kinds.forEach(kind -> digests.putAll(kind.digests(settings)));
        return digests;
    }

    /** The kind that is chosen in a section. */
    Kind kind(String section) {
        return kinds.stream()
                .filter(kind -> kind.section().equals(section))
                .findFirst()
                .orElseThrow();
    }

    /** All keys and their defaults. */
    Config defaults() {
        return defaults;
    }

    boolean isSection(String path) {
        return isSection(defaults, path);
    }

    /** Whether a path is a section of some configuration. */
    static boolean isSectionOfAny(String path) {
        return REFERENCE.hasPath(path) ? isSection(REFERENCE, path) : any().isSection(path);
    }

    private static boolean isSection(Config defaults, String path) {
        return defaults.hasPath(path)
                && defaults.getValue(path).valueType() == ConfigValueType.OBJECT
                && !isDistribution(defaults.getValue(path));
    }

    /** Whether a value is a distribution, and no section. */
    static boolean isDistribution(ConfigValue value) {
        return value instanceof ConfigObject object && !object.isEmpty() && DISTRIBUTIONS.containsAll(object.keySet());
    }

    /**
     * Refuses keys that do not exist, sections that are values, and nulls.
     *
     * @param parent path of the section
     */
    void check(String parent, ConfigObject section) {
        for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
            String name = ConfigUtil.quoteString(entry.getKey());
            String path = parent.isEmpty() ? name : parent + "." + name;
            String key = path.replace("\"", "");
            ConfigValue value = entry.getValue();
            if (!defaults.hasPathOrNull(path)) {
                throw new UserError(
                        Settings.where(value) + ": there is no key " + UserError.quoted(key) + "; " + advice(key));
            }
            if (!isSection(path)) {
                requireNoNull(key, value, 0);
            } else if (!(value instanceof ConfigObject inner)) {
                throw new UserError(Settings.where(value) + ": " + key + " is a section, not a key; "
                        + (key.equals(SPACE)
                                ? "write " + key + ".network.hidden = [16, 32]"
                                : "it has " + keysOf(key)));
            } else if (key.equals(SPACE)) {
                check("", inner);
            } else {
                check(path, inner);
            }
        }
    }

    private static void requireNoNull(String key, ConfigValue value, int depth) {
        if (depth > DEEPEST) {
            throw new UserError(Settings.where(value) + ": " + key + ": brackets stand in each other too deep");
        }
        if (value.valueType() == ConfigValueType.NULL) {
            throw new UserError(Settings.where(value) + ": " + key + " = null: a value is missing"
                    + (depth == 0 ? "; leave the key out for its default" : " in it"));
        }
        if (value instanceof ConfigList list) {
            list.forEach(element -> requireNoNull(key, element, depth + 1));
        } else if (value instanceof ConfigObject object) {
            object.values().forEach(element -> requireNoNull(key, element, depth + 1));
        }
    }

    /** Whether a key has no signs that a path would have to quote. */
    private static boolean isPlain(String key) {
        return key.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    }

    private String advice(String key) {
        if (isPlain(key) && defaults.hasPath(key)) {
            return "leave the quotes out";
        }
        Optional<String> near = nearest(key);
        if (near.isPresent()) {
            return "did you mean " + near.get() + "?";
        }
        String section = key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
        return isPlain(section) && isSection(section) ? section + " has " + keysOf(section) : "there are " + keysOf("");
    }

    /** The key or section that a slip of the finger may have been meant as: a third of it is different at most. */
    private Optional<String> nearest(String key) {
        TreeSet<String> known = new TreeSet<>();
        collect("", defaults.root(), known);
        String last = Keys.lastPart(key);
        return known.stream()
                .filter(candidate -> !key.startsWith(candidate + "."))
                .filter(candidate -> Math.min(
                                Keys.distance(key, candidate)
                                        * 3.0
                                        / Math.max(3, Keys.lastPart(candidate).length()),
                                Keys.distance(last, Keys.lastPart(candidate)) * 3.0 / Math.max(3, last.length()))
                        <= 1)
                .min(Comparator.comparingInt(candidate ->
                        Math.min(Keys.distance(key, candidate), 1 + Keys.distance(last, Keys.lastPart(candidate)))));
    }

    private static void collect(String parent, ConfigObject section, Set<String> into) {
        section.forEach((name, value) -> {
            String path = parent + name;
            into.add(path);
            if (value instanceof ConfigObject inner) {
                collect(path + ".", inner, into);
            }
        });
    }

    private String keysOf(String section) {
        ConfigObject object = section.isEmpty()
                ? defaults.root()
                : defaults.getConfig(section).root();
        return object.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
