package cohort.task.library.decision;

import cohort.config.Settings;
import com.typesafe.config.ConfigList;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Two numbers that belong together. */
record Pair(double first, double second) implements Serializable {
    /**
     * Pairs as configurations write them: [[18, 10], [22, 14]].
     *
     * @param allowed says in words what they must be
     */
    static List<Pair> list(Settings settings, String path, String allowed) {
        if (!(settings.value(path) instanceof ConfigList list) || list.isEmpty()) {
            throw settings.error(path, allowed);
        }
        List<Pair> pairs = new ArrayList<>();
        list.forEach(element -> {
            if (!(element instanceof ConfigList two) || two.size() != 2) {
                throw settings.error(path, allowed);
            }
            pairs.add(new Pair(settings.number(path, two.get(0), allowed), settings.number(path, two.get(1), allowed)));
        });
        return List.copyOf(pairs);
    }

    /** The smaller of the two. */
    double min() {
        return Math.min(first, second);
    }

    /** The larger of the two. */
    double max() {
        return Math.max(first, second);
    }
}
