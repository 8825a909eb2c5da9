package cohort.task;

import cohort.config.Settings;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Set;

/** Durations as configurations write them: a number, a list, or one of two distributions, all in milliseconds. */
public final class DurationSetting {
    private static final String ALLOWED = "must be milliseconds, a list of them, { uniform = [min, max] } or"
            + " { truncated-exponential = { mean = m, min = a, max = b } }";

    private DurationSetting() {}

    /** The duration of a period. */
    public static Duration of(Settings settings, String path) {
        ConfigValue value = settings.value(path);
        return settings.within(path, () -> switch (value.valueType()) {
            case LIST -> new Duration.Choice(settings.numbers(path));
            case OBJECT -> distribution(settings, path, (ConfigObject) value);
            default -> new Duration.Constant(settings.number(path, value, ALLOWED));
        });
    }

    private static Duration distribution(Settings settings, String path, ConfigObject given) {
        if (given.keySet().equals(Set.of("uniform"))
                && given.get("uniform") instanceof ConfigList range
                && range.size() == 2) {
            return new Duration.Uniform(
                    settings.number(path, range.get(0), ALLOWED), settings.number(path, range.get(1), ALLOWED));
        }
        if (given.keySet().equals(Set.of("truncated-exponential"))
                && given.get("truncated-exponential") instanceof ConfigObject shape
                && shape.keySet().equals(Set.of("mean", "min", "max"))) {
            return new Duration.TruncatedExponential(
                    settings.number(path, shape.get("mean"), ALLOWED),
                    settings.number(path, shape.get("min"), ALLOWED),
                    settings.number(path, shape.get("max"), ALLOWED));
        }
        throw settings.error(path, ALLOWED);
    }
}
