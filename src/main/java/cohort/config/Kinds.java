package cohort.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds there are. */
public final class Kinds {
    private static final Map<String, Kind> BY_KEY = load();
    private static final Map<Kind, Config> DEFAULTS = new ConcurrentHashMap<>();

    private Kinds() {}

    private static Map<String, Kind> load() {
        Map<String, Kind> kinds = new TreeMap<>();
        ClassLoader loader = Kinds.class.getClassLoader();
        List<Kind> all = new ArrayList<>();
        ServiceLoader.load(Kind.class, loader).forEach(all::add);
        ServiceLoader.load(KindFamily.class, loader).forEach(family -> all.addAll(family.kinds()));
        for (Kind kind : all) {
            Kind other = kinds.putIfAbsent(key(kind.section(), kind.name()), kind);
            if (other != null) {
                throw new UserError("there are two kinds of " + kind.section() + " called " + kind.name() + ": "
                        + other.getClass().getName() + " and " + kind.getClass().getName());
            }
        }
        return kinds;
    }

    private static String key(String section, String name) {
        return section + "/" + name;
    }

    /** The kind of this name, if there is one. */
    public static Optional<Kind> named(String section, String name) {
        return Optional.ofNullable(BY_KEY.get(key(section, name)));
    }

    /** Names of a section's kinds, in alphabetical order. */
    public static List<String> names(String section) {
        List<String> names = new ArrayList<>();
        BY_KEY.values().stream().filter(kind -> kind.section().equals(section)).forEach(kind -> names.add(kind.name()));
        return names;
    }

    /** Defaults of a kind's keys. */
    static Config defaults(Kind kind) {
        return DEFAULTS.computeIfAbsent(
                kind,
                one -> ConfigFactory.parseString(
                        one.defaults(),
                        ConfigParseOptions.defaults().setOriginDescription("defaults of " + one.name())));
    }

    /** Defaults of all kinds' keys; of a key that several have, those of one of them. */
    static Config allDefaults() {
        Config all = ConfigFactory.empty();
        for (Kind kind : BY_KEY.values()) {
            all = all.withFallback(defaults(kind));
        }
        return all;
    }

    /** The kind that a configuration chooses in a section. */
    static Kind chosen(String section, Config config) {
        String source = section + ".source";
        if (config.hasPath(source) && !config.getValue(source).unwrapped().equals("")) {
            return KindSource.of(section, config).kind();
        }
        String path = section + ".kind";
        ConfigValue value = config.getValue(path);
        String name = value.valueType() == ConfigValueType.STRING ? config.getString(path) : "";
        return named(section, name)
                .orElseThrow(() -> Settings.error(path, value, "must be one of " + String.join(", ", names(section))));
    }
}
