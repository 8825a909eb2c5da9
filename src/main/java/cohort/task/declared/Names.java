package cohort.task.declared;

import cohort.config.Keys;
import cohort.config.Settings;
import cohort.config.UserError;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Names that a configuration made up, and what is said of one that does not exist. */
final class Names {
    private Names() {}

    /** Refuses a name: tells the nearest there is, or all. */
    static UserError unknown(String path, ConfigValue value, String what, String name, Collection<String> known) {
        return Settings.error(path, value, "there is no " + what + " " + UserError.quoted(name) + advice(name, known));
    }

    static String advice(String name, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .filter(candidate -> Keys.distance(name, candidate) * 3 <= Math.max(3, candidate.length()))
                .min(Comparator.comparingInt(candidate -> Keys.distance(name, candidate)));
        return nearest.map(near -> "; did you mean " + near + "?")
                .orElse(known.isEmpty() ? "; there are none" : "; there are " + String.join(", ", known));
    }
}
