package cohort.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Keys of configurations, and what is said of them. */
public final class Keys {
    private Keys() {}

    /** The last part of a key: "learning-rate". */
    public static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** How many slips of the finger are between two names: letters in another order are one. */
    public static int distance(String a, String b) {
        if (a.length() == b.length()
                && Arrays.equals(
                        a.chars().sorted().toArray(), b.chars().sorted().toArray())) {
            return a.equals(b) ? 0 : 1;
        }
        return Math.abs(a.length() - b.length()) > 20
                ? Integer.MAX_VALUE / 4
                : LevenshteinDistance.getDefaultInstance().apply(a, b);
    }

    /** A setting in a line: of every key its last part, unless two keys have the same. */
    public static String describe(Map<String, String> settings) {
        if (settings.isEmpty()) {
            return "as configured";
        }
        long different =
                settings.keySet().stream().map(Keys::lastPart).distinct().count();
        return settings.entrySet().stream()
                .map(setting -> (different == settings.size() ? lastPart(setting.getKey()) : setting.getKey()) + "="
                        + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The section a key is in; empty for none. */
    static String section(String key) {
        return key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
    }

    /** The keys in which two rendered configurations differ, with both values. */
    public static List<String> differences(String before, String now, String... without) {
        Config first = typed(before, without);
        Config second = typed(now, without);
        TreeSet<String> keys = new TreeSet<>();
        first.entrySet().forEach(entry -> keys.add(entry.getKey()));
        second.entrySet().forEach(entry -> keys.add(entry.getKey()));
        return keys.stream()
                .filter(key -> !concise(first, key).equals(concise(second, key)))
                .map(key -> key + " was " + concise(first, key) + ", is now " + concise(second, key))
                .collect(Collectors.toList());
    }

    private static Config typed(String rendered, String... without) {
        ConfigObject parsed = ConfigFactory.parseString(rendered).root();
        return without(TypedValues.of(parsed, KnownKeys.any().defaults().root()).toConfig(), without);
    }

    private static String concise(Config config, String key) {
        return config.hasPath(key) ? config.getValue(key).render(ConfigRenderOptions.concise()) : "not there";
    }

    static Config without(Config config, String... paths) {
        Config rest = config;
        for (String path : paths) {
            rest = rest.withoutPath(path);
        }
        return rest;
    }
}
