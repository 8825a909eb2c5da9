package cohort.report;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** What came of the seeds of one setting. */
public final class SettingSeeds {
    private static final double ERROR_RATE = 0.05;

    private final String label;
    private final String note;
    private final double[] values;

    private SettingSeeds(String label, String note, double[] values) {
        this.label = label;
        this.note = note;
        this.values = values;
    }

    /**
     * One setting.
     *
     * @param label its values, for instance "0.001, 64 units"
     * @param values one for each seed, [seeds]; those that are not finite are left out
     */
    public static SettingSeeds of(String label, double[] values) {
        return of(label, "", values);
    }

    /**
     * One setting.
     *
     * @param note what explains values that are too low to be drawn; may be empty
     */
    public static SettingSeeds of(String label, String note, double[] values) {
        return new SettingSeeds(
                label, note, Arrays.stream(values).filter(Double::isFinite).toArray());
    }

    String note() {
        return note;
    }

    String label() {
        return label;
    }

    /** The finite values, [seeds]; not to be changed. */
    double[] values() {
        return values;
    }

    /** Mean over seeds; NaN without any. */
    double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** Lower end of the 95 % interval of the mean; NaN with fewer than two seeds. */
    double intervalLow() {
        return mean() - halfInterval();
    }

    /**
     * Upper end of the 95 % interval of the mean; NaN with fewer than two seeds. Where no mean can be above a bound the interval ends
     * there, and holds the mean as often; a mean that chance has put above it is still inside.
     */
    double intervalHigh(double most) {
        return Math.min(mean() + halfInterval(), Math.max(most, mean()));
    }

    /** Half of the 95 % interval of the mean, from Student's t; NaN with fewer than two seeds. */
    double halfInterval() {
        int n = values.length;
        if (n < 2) {
            return Double.NaN;
        }
        double mean = mean();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double t = TDistribution.of(n - 1).inverseSurvivalProbability(ERROR_RATE / 2);
        return t * Math.sqrt(squares / (n - 1) / n);
    }
}
