package cohort.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Round numbers along an axis. */
final class Ticks {
    /** Significant digits of a number that nothing must be told apart from. */
    static final int DIGITS = 3;

    private static final DecimalFormatSymbols GROUPED_BY_THIN_SPACES = DecimalFormatSymbols.getInstance(Locale.ROOT);

    static {
        GROUPED_BY_THIN_SPACES.setGroupingSeparator('\u2009');
    }

    private Ticks() {}

    /**
     * The multiples of 1, 2 or 5 times a power of ten from low to high: as many as there may be, but not more than most.
     *
     * @return empty if low or high is not finite
     */
    static List<Double> between(double low, double high, int most) {
        List<Double> ticks = new ArrayList<>();
        if (!(high > low) || Double.isInfinite(high - low)) {
            return low == high ? List.of(low) : ticks;
        }
        BigDecimal step = step((high - low) / most);
        BigDecimal tick =
                BigDecimal.valueOf(low).divide(step, 0, RoundingMode.CEILING).multiply(step);
        for (; tick.doubleValue() <= high; tick = tick.add(step)) {
            ticks.add(tick.doubleValue());
        }
        return ticks;
    }

    private static BigDecimal step(double least) {
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
            if (step.doubleValue() >= least) {
                return step;
            }
        }
        return power.scaleByPowerOfTen(1);
    }

    /** A number that stands alone, with three significant digits at most. */
    static String text(double value) {
        return text(value, DIGITS);
    }

    /**
     * How numbers from low to high are written on an axis: as finely as a thousandth of it, so that neighbouring ticks differ, and without
     * zeros at the end.
     */
    static Function<Double, String> within(double low, double high) {
        double span = high - low;
        if (!(span > 0) || Double.isInfinite(span)) {
            return Ticks::text;
        }
        int decimals = 3 - (int) Math.floor(Math.log10(span));
        return value -> {
            BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
            return text(rounded.doubleValue(), Math.max(DIGITS, rounded.precision()));
        };
    }

    /**
     * A number with so many significant digits at most; those before the point all stay. Groups of digits stand apart by thin spaces: the
     * chart library aligns labels by their lowest point, which a comma would lower.
     */
    static String text(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        BigDecimal exact = BigDecimal.valueOf(value);
        if (size < 1e-4 || size >= 1e9) {
            return round(exact, digits).toString();
        }
        BigDecimal rounded = round(exact, Math.max(digits, exact.precision() - exact.scale()));
        return size < 1e4
                ? rounded.toPlainString()
                : new DecimalFormat("#,##0.################", GROUPED_BY_THIN_SPACES).format(rounded);
    }

    private static BigDecimal round(BigDecimal value, int digits) {
        return value.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
