package cohort.warehouse;

import cohort.config.Keys;
import cohort.run.RunConfiguration;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What tells runs of one name apart: the keys of their configurations that change a result, and differ between any two. */
public final class Differences {
    /** What changes no result; the seed does, and is not in this list. */
    private static final List<String> NAMES = RunConfiguration.WITHOUT_EFFECT.stream()
            .filter(key -> !key.equals("seed"))
            .toList();

    /** Values by key, by run, by name. */
    private final Map<String, Map<String, Map<String, String>>> named = new HashMap<>();

    /** Takes a run in, with its configuration as column config has it. */
    void add(String name, String runId, String config) {
        named.computeIfAbsent(name, first -> new HashMap<>()).put(runId, flat(config, RunConfiguration.WITHOUT_EFFECT));
    }

    /** By run, its values of those keys: "hidden=64, activation=tanh"; empty if there are none. */
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        for (Map<String, Map<String, String>> runs : named.values()) {
            Set<String> differing = differing(runs.values());
            runs.forEach((run, values) -> {
                Map<String, String> own = new TreeMap<>(values);
                own.keySet().retainAll(differing);
                texts.put(run, own.isEmpty() ? "" : Keys.describe(own));
            });
        }
        return texts;
    }

    /** Keys, the seed included, whose values differ in two configurations, with those of the second. */
    public static Map<String, String> changed(String before, String now) {
        Map<String, String> first = flat(before, NAMES);
        Map<String, String> changed = new TreeMap<>(flat(now, NAMES));
        changed.entrySet().removeIf(key -> key.getValue().equals(first.get(key.getKey())));
        return changed;
    }

    private static Set<String> differing(Collection<Map<String, String>> configurations) {
        Set<String> keys = new TreeSet<>();
        configurations.forEach(values -> keys.addAll(values.keySet()));
        keys.removeIf(key -> configurations.stream()
                        .map(values -> values.getOrDefault(key, ""))
                        .distinct()
                        .count()
                < 2);
        return keys;
    }

    private static Map<String, String> flat(String text, List<String> without) {
        Map<String, String> values = new HashMap<>();
        try {
            Config config = ConfigFactory.parseString(text);
            for (String key : without) {
                config = config.withoutPath(key);
            }
            config.entrySet()
                    .forEach(entry ->
                            values.put(entry.getKey(), text(entry.getValue().unwrapped())));
        } catch (ConfigException e) {
            values.clear(); // a row that somebody changed by hand is listed nevertheless
        }
        return values;
    }

    private static String text(Object value) {
        return value instanceof Number number && number.doubleValue() == number.longValue()
                ? Long.toString(number.longValue())
                : value.toString();
    }
}
