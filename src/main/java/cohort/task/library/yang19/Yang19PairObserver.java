package cohort.task.library.yang19;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Who estimates two numbers a and b, each with normal noise, and says whether a + b, or a - b, is positive or negative, and does so as
 * well as anybody can who knows which pairs there are. All pairs are equally likely, but a difference of 0 does not occur.
 *
 * <p>The posterior odds of positive rise with the estimate u of a, whatever the estimate v of b. So there is a threshold t(v) above which u
 * must be for the answer positive, which is right with probability
 *
 * <pre>E[Phi((a - t(v)) / error of u)]   over   v normal around b</pre>
 */
final class Yang19PairObserver {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** The trapezoidal rule, which converges fast under a normal density, from -8 to 8 standard deviations. */
    private static final double SPACING = 0.2;

    private static final int NODES_PER_SIDE = 40;
    private static final int HALVINGS = 50;

    /** Beyond the values by this many standard deviations, nothing changes any more. */
    private static final double FAR = 12;

    private final double[] values;
    private final int sign;
    private final double firstError;
    private final double secondError;

    private Yang19PairObserver(double[] values, int sign, double firstError, double secondError) {
        this.values = values.clone();
        Arrays.sort(this.values);
        this.sign = sign;
        this.firstError = firstError;
        this.secondError = secondError;
    }

    /**
     * Whether a + b is positive.
     *
     * @param values of a and of b
     * @param error standard deviation of the noise of both, above 0
     */
    static Yang19PairObserver ofSum(double[] values, double error) {
        return new Yang19PairObserver(values, 1, error, error);
    }

    /**
     * Whether a - b is positive.
     *
     * @param values of a and of b
     * @param firstError standard deviation of the noise of a, above 0
     * @param secondError standard deviation of the noise of b, above 0
     */
    static Yang19PairObserver ofDifference(double[] values, double firstError, double secondError) {
        return new Yang19PairObserver(values, -1, firstError, secondError);
    }

    /** Probability of the right answer for a pair; one half if there is none. */
    double accuracy(double first, double second) {
        double asked = outcome(first, second);
        if (asked == 0) {
            return 0.5;
        }
        double sum = 0;
        double weights = 0;
        for (int node = -NODES_PER_SIDE; node <= NODES_PER_SIDE; node++) {
            double z = node * SPACING;
            double weight = Math.exp(-z * z / 2);
            double above = (first - threshold(second + z * secondError)) / firstError;
            sum += weight * NORMAL.cumulativeProbability(asked * above);
            weights += weight;
        }
        return sum / weights;
    }

    /** 1 for positive, -1 for negative, 0 for neither. */
    private double outcome(double first, double second) {
        double result = first + sign * second;
        return Math.abs(result) < 1e-9 ? 0 : Math.signum(result);
    }

    /** The estimate of a at which both answers are equally likely, if b was estimated at v. */
    private double threshold(double v) {
        double[] balance = new double[values.length]; // of a, how much more likely positive is than negative
        for (double second : values) {
            double z = (v - second) / secondError;
            double likelihood = Math.exp(-z * z / 2);
            for (int i = 0; i < values.length; i++) {
                balance[i] += likelihood * outcome(values[i], second);
            }
        }
        double low = values[0] - FAR * firstError;
        double high = values[values.length - 1] + FAR * firstError;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (isPositive(middle, balance)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return (low + high) / 2;
    }

    private boolean isPositive(double u, double[] balance) {
        double least = Double.POSITIVE_INFINITY; // taken off all exponents, so that not all terms vanish
        for (double value : values) {
            least = Math.min(least, Math.abs(u - value) / firstError);
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double z = (u - values[i]) / firstError;
            sum += balance[i] * Math.exp((least * least - z * z) / 2);
        }
        return sum > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Yang19PairObserver observer
                && Arrays.equals(values, observer.values)
                && sign == observer.sign
                && firstError == observer.firstError
                && secondError == observer.secondError;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values)
                + 31 * (sign + 31 * (Double.hashCode(firstError) + 31 * Double.hashCode(secondError)));
    }
}
