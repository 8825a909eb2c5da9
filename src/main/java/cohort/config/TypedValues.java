package cohort.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values as what they are, however they were written: where the default is a number, "24", 24 and 2.4e1 are one, and where it is a text,
 * 24 is "24". So that two spellings of one experiment are one run.
 */
public final class TypedValues {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");

    /** Digits enough for any number with a fraction, and few enough to calculate with. */
    private static final int LONGEST = 400;

    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private TypedValues() {}

    /** The exact number that a value is, or nothing if it is none. */
    public static Optional<BigDecimal> number(ConfigValue value) {
        if (value.valueType() != ConfigValueType.NUMBER && value.valueType() != ConfigValueType.STRING) {
            return Optional.empty();
        }
        String text = text(value).strip();
        return text.length() <= LONGEST && NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** The whole number that a number is, or nothing if it has a fraction or does not fit. */
    public static Optional<Long> whole(BigDecimal number) {
        boolean fits = number.compareTo(MIN_LONG) >= 0 && number.compareTo(MAX_LONG) <= 0;
        if (!fits || (number.signum() != 0 && number.precision() - number.scale() <= 0)) {
            return number.signum() == 0 ? Optional.of(0L) : Optional.empty();
        }
        return number.stripTrailingZeros().scale() <= 0 ? Optional.of(number.longValueExact()) : Optional.empty();
    }

    /** A scalar as it was written. */
    static String text(ConfigValue value) {
        return value.atKey("value").getString("value");
    }

    /**
     * A section in the one form of all that mean the same.
     *
     * @param standard the section with its defaults
     */
    static ConfigObject of(ConfigObject section, ConfigObject standard) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        section.forEach(
                (key, value) -> values.put(key, standard.containsKey(key) ? of(value, standard.get(key)) : value));
        return ConfigValueFactory.fromMap(values).withOrigin(section.origin());
    }

    /** A value in the one form of all that mean the same; one of a wrong type stays what it is. */
    static ConfigValue of(ConfigValue value, ConfigValue standard) {
        return switch (standard.valueType()) {
            case OBJECT -> value instanceof ConfigObject section ? inOneForm(section, (ConfigObject) standard) : value;
            case STRING -> isScalar(value) ? from(text(value), value) : value;
            case NUMBER, LIST -> isEqual(value, standard) ? standard.withOrigin(value.origin()) : numbers(value);
            case BOOLEAN, NULL -> value;
        };
    }

    private static ConfigValue inOneForm(ConfigObject section, ConfigObject standard) {
        boolean isOther =
                KnownKeys.isDistribution(standard) && !standard.keySet().containsAll(section.keySet());
        return of(isOther ? without(section, standard.keySet()) : section, standard);
    }

    /** A distribution without the one that is its default, which HOCON has merged into it. */
    private static ConfigObject without(ConfigObject distribution, Set<String> names) {
        ConfigObject rest = distribution;
        for (String name : names) {
            rest = rest.withoutKey(name);
        }
        return rest;
    }

    private static boolean isScalar(ConfigValue value) {
        return value.valueType() == ConfigValueType.NUMBER || value.valueType() == ConfigValueType.BOOLEAN;
    }

    private static boolean isEqual(ConfigValue value, ConfigValue standard) {
        Optional<BigDecimal> number = number(value);
        Optional<BigDecimal> other = number(standard);
        return number.isPresent() && other.isPresent() && plain(number.get()).equals(plain(other.get()));
    }

    private static ConfigValue numbers(ConfigValue value) {
        if (value instanceof ConfigList list) {
            List<ConfigValue> elements = list.stream().map(TypedValues::numbers).collect(Collectors.toList());
            return ConfigValueFactory.fromIterable(elements).withOrigin(value.origin());
        }
        if (value instanceof ConfigObject object) {
            Map<String, ConfigValue> values = new LinkedHashMap<>();
            object.forEach((key, element) -> values.put(key, numbers(element)));
            return ConfigValueFactory.fromMap(values).withOrigin(value.origin());
        }
        Optional<BigDecimal> number = number(value);
        boolean isFinite = number.isPresent() && Double.isFinite(number.get().doubleValue());
        return isFinite ? from(plain(number.get()), value) : value;
    }

    private static Number plain(BigDecimal number) {
        Optional<Long> whole = whole(number);
        return whole.isPresent() ? whole.get() : (Number) number.doubleValue();
    }

    private static ConfigValue from(Object plain, ConfigValue value) {
        return ConfigValueFactory.fromAnyRef(plain).withOrigin(value.origin());
    }
}
