package cohort.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
final class Ticks {
    private static final int DIGITS = 3;

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

    /**
     * A number with three significant digits at most. Groups of digits stand apart by thin spaces: the chart library aligns labels by their
     * lowest point, which a comma would lower.
     */
    static String text(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = BigDecimal.valueOf(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        double size = Math.abs(value);
        if (size < 1e-4 || size >= 1e9) {
            return rounded.toString();
        }
        return size < 1e4
                ? rounded.toPlainString()
                : String.format(Locale.ROOT, "%,.0f", rounded).replace(',', '\u2009');
    }
}
