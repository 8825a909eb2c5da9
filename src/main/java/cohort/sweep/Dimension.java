package cohort.sweep;

import cohort.config.Settings;
import cohort.config.TypedValues;
import cohort.config.UserError;
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
    /** Digits of a number within a range: few enough to read and type them, but more where neighbours would be one. */
    private static final int FEWEST_DIGITS = 4;

    private static final int MOST_DIGITS = 17;

    /** Numbers of a range that draws must be able to tell apart. */
    private static final int DRAWS = 500;

    private static final int MOST_POINTS = 100_000;

    /** The width of a range of larger numbers would be infinite. */
    private static final double LARGEST_NUMBER = 1e300;

    /** Whole numbers up to this are exact in double. */
    private static final double LARGEST_INTEGER = 1L << 53;

    private static final String ALLOWED =
            "must be a list of values, or a range { linear = [a, b] }, log or integer, with a"
                    + " below b; for a grid with points = n";

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
    private MathContext gridDigits;
    private MathContext drawDigits;

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
        boolean isWhole = min == Math.rint(min) && max == Math.rint(max);
        boolean isExact = Math.max(Math.abs(min), Math.abs(max)) <= LARGEST_INTEGER;
        if (scale == Scale.INTEGER && !(isWhole && isExact)) {
            throw error("must be a range of whole numbers" + (isExact ? "" : " of at most 2^53"));
        }
        if (range.containsKey("points")) {
            readPoints(range.get("points"));
        }
        drawDigits = digits(DRAWS);
    }

    private void readPoints(ConfigValue value) {
        points = TypedValues.number(value)
                .flatMap(TypedValues::whole)
                .filter(whole -> whole >= 2 && whole <= MOST_POINTS)
                .orElseThrow(() -> error("points must be at least 2, a whole number, and at most " + MOST_POINTS))
                .intValue();
        if (scale == Scale.INTEGER && points > max - min + 1) {
            throw error("points must be at least 2, and no more than there are numbers");
        }
        gridDigits = digits(10 * (points - 1));
        double before = Double.NaN;
        for (int point = 0; point < points; point++) {
            double number = ((Number) grid(point).unwrapped()).doubleValue();
            if (point > 0 && !(number > before)) {
                throw error("points must be fewer: two neighbours are the same number");
            }
            before = number;
        }
    }

    /** As many digits as tell apart neighbours that are a given part of the range away from each other. */
    private MathContext digits(int parts) {
        double largest = Math.max(Math.abs(min), Math.abs(max));
        double unit = scale == Scale.LOG ? 1 : Math.pow(10, Math.ceil(Math.log10(largest)) - 1); // of its first digit
        double step = (scale == Scale.LOG ? Math.log(max) - Math.log(min) : max - min) / parts;
        int digits = FEWEST_DIGITS;
        while (digits < MOST_DIGITS && unit * Math.pow(10, 1 - digits) > step * (1 + 1e-9)) {
            digits++;
        }
        return new MathContext(digits);
    }

    private void readBounds(ConfigValue bounds) {
        if (!(bounds instanceof ConfigList list) || list.size() != 2) {
            throw error(ALLOWED);
        }
        min = number(list.get(0));
        max = number(list.get(1));
    }

    private double number(ConfigValue value) {
        return TypedValues.number(value)
                .map(BigDecimal::doubleValue)
                .filter(number -> Math.abs(number) <= LARGEST_NUMBER)
                .orElseThrow(() -> error(ALLOWED));
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
        if (choices != null) {
            return choices.get(point);
        }
        boolean isEnd = point == 0 || point == points - 1;
        return value(isEnd ? (point == 0 ? min : max) : inRange((double) point / (points - 1), false, gridDigits));
    }

    /** The value at a place between 0 and 1 (exclusive); all values have equal shares. */
    ConfigValue at(double place) {
        return choices != null ? choices.get((int) (place * choices.size())) : value(inRange(place, true, drawDigits));
    }

    private double inRange(double place, boolean equalShares, MathContext digits) {
        return switch (scale) {
            case LINEAR -> round(min + place * (max - min), digits);
            case LOG -> round(Math.exp(Math.log(min) + place * (Math.log(max) - Math.log(min))), digits);
            case INTEGER ->
                equalShares ? min + Math.floor(place * (max - min + 1)) : Math.rint(min + place * (max - min));
        };
    }

    /** Never beyond the ends, which have as many digits as they are written with. */
    private double round(double value, MathContext digits) {
        return Math.max(min, Math.min(max, new BigDecimal(value).round(digits).doubleValue()));
    }

    private ConfigValue value(double number) {
        boolean isWhole = number == Math.rint(number) && Math.abs(number) <= LARGEST_INTEGER;
        return ConfigValueFactory.fromAnyRef(
                isWhole ? (Number) (long) number : (Number) number,
                source.origin().description());
    }

    /** A value as it stands in tables. */
    static String text(ConfigValue value) {
        return value.valueType() == ConfigValueType.STRING
                ? (String) value.unwrapped()
                : value.render(ConfigRenderOptions.concise());
    }
}
