package cohort.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A configuration file over the defaults, read key by key. Whatever is wrong is reported with the file and line it stands
 * in, the key, the value and what is allowed.
 */
public final class Settings {
    private final Config given;
    private final KnownKeys keys;
    private final Config config;

    private Settings(Config given, KnownKeys keys, Config config) {
        this.given = given;
        this.keys = keys;
        this.config = config;
    }

    /**
     * Reads a file, and what it includes.
     *
     * @param overrides texts "key=value" that win over the file, the last of a key over those before it; the value is what stands
     *     behind the first =, taken as it stands: see {@link SetOption}
     * @throws UserError if it cannot be read, or has a key that does not exist
     */
    public static Settings load(File file, List<String> overrides) {
        if (!file.isFile()) {
            throw new UserError("there is no configuration file " + file
                    + (file.isDirectory()
                            ? ": it is a folder"
                            : file.exists() ? ": it is no regular file" : "; examples are in conf/"));
        }
        return of(() -> ConfigurationFile.parse(file), overrides);
    }

    /** Whether there is a key or section of this name. */
    public static boolean hasKey(String name) {
        return name.matches("\\w[\\w.-]*\\w|\\w")
                && !name.contains("..")
                && KnownKeys.any().defaults().hasPath(name);
    }

    /** What a file and those it includes say, nothing replaced; tells by which name each is included, and the file. */
    public static Config said(File file, BiConsumer<String, File> included) {
        return ConfigurationFile.parse(file, included);
    }

    /**
     * Reads what {@link #render} wrote.
     *
     * @param origin where it is stored, for messages
     * @param overrides texts "key=value" that win over it
     * @throws UserError if it has a key that does not exist in this version
     */
    public static Settings stored(String text, String origin, List<String> overrides) {
        return of(() -> ConfigurationFile.parse(text, origin), overrides);
    }

    /** The defaults, with some keys changed. */
    public static Settings defaults(List<String> overrides) {
        return of(ConfigFactory::empty, overrides);
    }

    private static Settings of(Supplier<Config> source, List<String> overrides) {
        try {
            Config given = source.get();
            for (String override : overrides) {
                SetOption option = SetOption.of(override);
                given = option.over(given, KnownKeys.isSectionOfAny(option.key()));
            }
            return of(given);
        } catch (ConfigException e) {
            throw ConfigurationFile.unreadable(e);
        } catch (StackOverflowError e) {
            throw new UserError(
                    "the configuration is nested too deep: names or values within each other, thousands of times", e);
        }
    }

    private static Settings of(Config said) {
        Config given = KnownKeys.withSources(said);
        KnownKeys keys = KnownKeys.of(given);
        Config resolved = given.withFallback(keys.defaults()).resolve();
        keys.check("", resolved.root());
        Settings settings = new Settings(
                given,
                keys,
                TypedValues.of(resolved.root(), keys.defaults().root()).toConfig());
        return settings.noting(keys.digests(settings));
    }

    /** The same settings with the digests of files filled in. */
    private Settings noting(Map<String, String> digests) {
        Map<String, ConfigValue> noted = new TreeMap<>();
        digests.forEach((key, digest) -> {
            if (!text(key).isEmpty() && !text(key).equals(digest)) {
                String named = key.replaceFirst("-digest$", "");
                throw error(named, "has changed since the run was trained (" + key + ")");
            }
            noted.put(key, ConfigValueFactory.fromAnyRef(digest));
        });
        return noted.isEmpty() ? this : with(noted);
    }

    static String where(ConfigValue value) {
        return value.origin().description();
    }

    /** The same settings with other values for some keys. */
    public Settings with(Map<String, ConfigValue> values) {
        Config changed = given;
        for (Map.Entry<String, ConfigValue> value : values.entrySet()) {
            changed = value.getValue()
                    .atPath(value.getKey())
                    .withFallback(ConfigValueFactory.fromAnyRef(null)
                            .atPath(value.getKey())) // or an object would be added to
                    .withFallback(changed);
        }
        if (values.keySet().stream().anyMatch(keys::areNamedBy)) {
            return of(changed);
        }
        Config all = config;
        for (Map.Entry<String, ConfigValue> value : values.entrySet()) {
            String key = value.getKey();
            all = all.withValue(
                    key, TypedValues.of(value.getValue(), keys.defaults().getValue(key)));
        }
        return new Settings(changed, keys, all);
    }

    /** The kind that the configuration chooses in a section. */
    public Kind kind(String section) {
        return keys.kind(section);
    }

    /** Whether there is a key, given or by default. */
    public boolean has(String path) {
        return config.hasPath(path);
    }

    public ConfigValue value(String path) {
        return config.getValue(path);
    }

    /** The values in a section that has keys of the whole configuration in it, by those keys, in alphabetical order. */
    public NavigableMap<String, ConfigValue> keysIn(String section) {
        NavigableMap<String, ConfigValue> values = new TreeMap<>();
        collectKeys("", config.getObject(section), values);
        return values;
    }

    private void collectKeys(String parent, ConfigObject object, Map<String, ConfigValue> values) {
        object.forEach((key, value) -> {
            String path = parent.isEmpty() ? key : parent + "." + key;
            if (keys.isSection(path)) {
                collectKeys(path, (ConfigObject) value, values);
            } else {
                values.put(path, value);
            }
        });
    }

    /** An error about the value of a key. */
    public UserError error(String path, String problem) {
        return error(path, config.getValue(path), problem);
    }

    /** An error about a value. */
    public static UserError error(String path, ConfigValue value, String problem) {
        return new UserError(where(value) + ": " + path + " = "
                + UserError.quoted(value.render(ConfigRenderOptions.concise())) + ": " + problem);
    }

    public String text(String path) {
        if (config.getValue(path).valueType() != ConfigValueType.STRING) {
            throw error(path, "must be a text");
        }
        return config.getString(path);
    }

    /** A path or URI, as its user means it; see {@link UserPath}. */
    public String path(String path) {
        return UserPath.of(where(config.getValue(path)) + ": " + path, text(path));
    }

    /** A path or URI of a file that is read, or nothing; one that came along to another machine is there by another name. */
    public String file(String path) {
        if (text(path).isEmpty()) {
            return "";
        }
        String file = path(path);
        File here = new File(UserPath.nameThere(text(path)));
        return here.isFile() ? here.toURI().toString() : file;
    }

    /** A whole number within bounds. */
    public long integer(String path, long min, long max) {
        return TypedValues.number(config.getValue(path))
                .flatMap(TypedValues::whole)
                .filter(whole -> whole >= min && whole <= max)
                .orElseThrow(() -> error(path, "must be a whole number from " + min + " to " + max));
    }

    /** Whole numbers, exact to the last digit; {@code allowed} says in words what they must be. */
    public List<Long> integers(String path, String allowed) {
        return elements(path, allowed).stream()
                .map(value -> TypedValues.number(value)
                        .flatMap(TypedValues::whole)
                        .orElseThrow(() -> error(path, value, allowed)))
                .collect(Collectors.toList());
    }

    /** A number; {@code allowed} says in words what the predicate asks for. */
    public double number(String path, String allowed, DoublePredicate isAllowed) {
        return TypedValues.number(config.getValue(path))
                .map(BigDecimal::doubleValue)
                .filter(number -> Double.isFinite(number) && isAllowed.test(number))
                .orElseThrow(() -> error(path, "must be " + allowed));
    }

    /**
     * A number that is calculated with in single precision: what the predicate asks for must hold of the nearest float too, and what
     * is not 0 must not become it.
     */
    public double single(String path, String allowed, DoublePredicate isAllowed) {
        double number = number(path, allowed, isAllowed);
        float single = (float) number;
        boolean isNormal = number == 0 || Math.abs(single) >= Float.MIN_NORMAL;
        if (!isNormal || !Float.isFinite(single) || !isAllowed.test(single)) {
            throw error(
                    path,
                    "must be " + allowed + " in single precision, where it is "
                            + (isNormal ? Float.toString(single) : "as good as 0"));
        }
        return number;
    }

    public List<Double> numbers(String path) {
        String allowed = "must be a list of numbers, such as [1, 2]";
        return elements(path, allowed).stream()
                .map(value -> number(path, value, allowed))
                .collect(Collectors.toUnmodifiableList());
    }

    /** A number within the value of a key. */
    public double number(String path, ConfigValue value, String allowed) {
        return TypedValues.number(value).map(BigDecimal::doubleValue).orElseThrow(() -> error(path, allowed));
    }

    private ConfigList elements(String path, String allowed) {
        if (config.getValue(path) instanceof ConfigList list) {
            return list;
        }
        throw error(path, allowed);
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

    /** Runs a constructor whose complaint concerns a key, or several of a section. */
    public <T> T within(String path, Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            throw error(path, e.getMessage());
        }
    }

    /**
     * What the result of a run depends on, as a text that a key or kind that is added later does not change: keys that were there from
     * the beginning, and those of all others that are not at their defaults.
     *
     * @param without keys and sections that change no result
     * @param unused keys that have no effect beside the values of others: they count as their defaults
     */
    public String identity(Collection<String> without, Collection<String> unused) {
        Config identity = Keys.without(config, without.toArray(String[]::new));
        for (String key : unused) {
            identity = identity.withValue(key, keys.defaults().getValue(key));
        }
        NavigableMap<String, ConfigValue> values = new TreeMap<>();
        collectKeys("", identity.root(), values);
        for (Map.Entry<String, ConfigValue> value : values.entrySet()) {
            String key = value.getKey();
            if (!KnownKeys.FIRST.contains(key)
                    && value.getValue().equals(keys.defaults().getValue(key))) {
                identity = Keys.without(identity, key);
                for (String section = Keys.section(key);
                        !section.isEmpty() && identity.getObject(section).isEmpty();
                        section = Keys.section(section)) {
                    identity = identity.withoutPath(section);
                }
            }
        }
        return render(identity);
    }

    /** The resolved configuration without some of its keys, every key in alphabetical order. */
    public String render(String... without) {
        return render(Keys.without(config, without));
    }

    private static String render(Config config) {
        return config.root()
                .render(ConfigRenderOptions.defaults()
                        .setOriginComments(false)
                        .setComments(false)
                        .setJson(false));
    }
}
