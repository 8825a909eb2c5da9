package cohort.cli;

import cohort.experiment.Settings;
import cohort.experiment.UserError;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One key of a search space and what is tried for it: some values, or a range of numbers. */
final class Dimension {
    /** Digits of a number that was drawn: enough to tell settings apart, few enough to read and type them. */
    private static final MathContext DIGITS = new MathContext(4);

    private static final String ALLOWED =
            "must be a list of values, or a range { linear = [a, b] }, { log = [a, b] } or"
                    + " { integer = [a, b] } with a below b, for a grid with points = n";

    private enum Scale {
        LINEAR,
        LOG,
        INTEGER
    }

    private final String key;
    private final ConfigValue source;
    /** The values to choose from, or null for a range. */
    private final List<ConfigValue> choices;

    private Scale scale;
    private double min;
    private double max;
    private int points;

    /**
     * Reads a dimension.
     *
     * @throws UserError if it is none
     */
    Dimension(String key, ConfigValue source) {
        this.key = key;
        this.source = source;
        if (source instanceof ConfigList list) {
            if (list.isEmpty()) {
                throw error("is empty: name at least one value");
            }
            this.choices = List.copyOf(list);
        } else if (source instanceof ConfigObject range) {
            this.choices = null;
            readRange(range);
        } else {
            throw error(ALLOWED);
        }
    }

    private void readRange(ConfigObject range) {
        for (Scale candidate : Scale.values()) {
            String name = candidate.name().toLowerCase(Locale.ROOT);
            if (range.containsKey(name)) {
                scale = candidate;
                readBounds(range.get(name));
            }
        }
        Set<String> known = Set.of("linear", "log", "integer", "points");
        boolean oneScale = range.size() == (range.containsKey("points") ? 2 : 1);
        boolean fits = scale != null && oneScale && known.containsAll(range.keySet()) && min < max;
        if (!fits || (scale == Scale.LOG && min <= 0)) {
            throw error(ALLOWED + (scale == Scale.LOG ? ", and above 0" : ""));
        }
        if (scale == Scale.INTEGER && (min != Math.rint(min) || max != Math.rint(max))) {
            throw error("must be a range of whole numbers");
        }
        points = range.containsKey("points") ? (int) number(range.get("points")) : 0;
        boolean tooMany = scale == Scale.INTEGER && points > max - min + 1;
        if (range.containsKey("points") && (points < 2 || tooMany)) {
            throw error("points must be at least 2" + (tooMany ? ", and no more than there are numbers" : ""));
        }
    }

    private void readBounds(ConfigValue bounds) {
        if (!(bounds instanceof ConfigList list) || list.size() != 2) {
            throw error(ALLOWED);
        }
        min = number(list.get(0));
        max = number(list.get(1));
    }

    private double number(ConfigValue value) {
        if (value.valueType() != ConfigValueType.NUMBER) {
            throw error(ALLOWED);
        }
        return ((Number) value.unwrapped()).doubleValue();
    }

    private UserError error(String problem) {
        return Settings.error("sweep.space." + key, source, problem);
    }

    String key() {
        return key;
    }

    /** Number of values in a grid. */
    int size() {
        if (choices != null) {
            return choices.size();
        }
        if (points == 0) {
            throw error("needs points = n for a grid; or set sweep.search to random or sobol");
        }
        return points;
    }

    /** A value of the grid, from 0 on. */
    ConfigValue grid(int point) {
        return choices != null ? choices.get(point) : inRange((double) point / (points - 1), false);
    }

    /** The value at a place between 0 and 1 (exclusive); all values have equal shares. */
    ConfigValue at(double place) {
        return choices != null ? choices.get((int) (place * choices.size())) : inRange(place, true);
    }

    private ConfigValue inRange(double place, boolean equalShares) {
        Object value = switch (scale) {
            case LINEAR -> round(min + place * (max - min));
            case LOG -> round(Math.exp(Math.log(min) + place * (Math.log(max) - Math.log(min))));
            case INTEGER ->
                equalShares
                        ? (long) (min + Math.floor(place * (max - min + 1)))
                        : Math.round(min + place * (max - min));
        };
        return ConfigValueFactory.fromAnyRef(value, source.origin().description());
    }

    private static double round(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    /** A value as it stands in tables. */
    static String text(ConfigValue value) {
        return value.valueType() == ConfigValueType.STRING
                ? (String) value.unwrapped()
                : value.render(ConfigRenderOptions.concise());
    }
}
