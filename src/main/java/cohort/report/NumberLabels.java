package cohort.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Numbers as labels of rows, curves and axes: with three significant digits, or with as many more as tell all of them apart. 6.4 stays 6.4,
 * and 0.0625 is not 0.1.
 */
public final class NumberLabels {
    /** All that a double has. */
    private static final int MOST_DIGITS = 17;

    private final int digits;

    private NumberLabels(int digits) {
        this.digits = digits;
    }

    /**
     * Labels for these values, wherever they stand beside each other.
     *
     * @param values in any order, also repeated; what is not finite is left out
     */
    public static NumberLabels of(DoubleStream values) {
        double[] different = values.filter(Double::isFinite)
                .map(value -> value + 0.0) // -0 is 0
                .distinct()
                .toArray();
        int digits = Ticks.DIGITS;
        while (digits < MOST_DIGITS && !areDistinct(different, digits)) {
            digits++;
        }
        return new NumberLabels(digits);
    }

    private static boolean areDistinct(double[] values, int digits) {
        return Arrays.stream(values)
                        .mapToObj(value -> Ticks.text(value, digits))
                        .distinct()
                        .count()
                == values.length;
    }

    /** The label of one of the values. */
    public String of(double value) {
        return Ticks.text(value, digits);
    }

    /** The label of one of the values with its unit, if it has one. */
    public String with(double value, String unit) {
        return unit.isEmpty() ? of(value) : of(value) + " " + unit;
    }
}
