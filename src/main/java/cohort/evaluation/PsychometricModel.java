package cohort.evaluation;

import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * A psychometric function as a least squares problem: the sum of squares of its deviance residuals (McCullagh and Nelder 1989,
 * section 2.4) is the deviance, so that least squares are maximum likelihood, exactly.
 *
 * <p>Coordinates are free numbers: m (its logarithm for a Weibull function), log s, and for each free rate an angle u with
 * rate = MAX sin^2(u), which reaches its bounds at finite u.
 */
final class PsychometricModel implements MultivariateJacobianFunction {
    /** Larger rates of guesses or lapses are no psychometric function any more. */
    static final double MAX_RATE = 0.25;

    private static final double SMALLEST_START = 0.005;
    private static final double SMALLEST_PROBABILITY = 1e-12;
    /** Below this distance from the data's rate, a residual is as good as linear in it. */
    private static final double LINEAR = 1e-7;

    private static final double MOST_LOGARITHM = 30;
    /** So many times the largest strength away, nothing changes any more. */
    private static final double FAR = 100;

    private final PsychometricData data;
    private final PsychometricFunction function;
    private final boolean guessIsFree;

    PsychometricModel(PsychometricData data, PsychometricFunction function) {
        this.data = data;
        this.function = function;
        this.guessIsFree = data.kind() == PsychometricKind.CHOICE;
    }

    /** Number of coordinates: free parameters. */
    int size() {
        return guessIsFree ? 4 : 3;
    }

    /** Coordinates of these parameters; rates at the middle of what is usual. */
    double[] coordinates(double location, double scale, double rate) {
        double[] start = new double[size()];
        start[0] = function == PsychometricFunction.WEIBULL ? Math.log(location) : location;
        start[1] = Math.log(scale);
        for (int i = 2; i < start.length; i++) {
            start[i] = Math.asin(Math.sqrt(rate / MAX_RATE));
        }
        return start;
    }

    /** Coordinates nearby from which a search finds all rates: at a bound the deviance has no slope in the angle, and it would stay there. */
    double[] near(double[] at) {
        double[] start = at.clone();
        for (int i = 2; i < start.length; i++) {
            double rate = Math.min(0.9 * MAX_RATE, Math.max(SMALLEST_START, rate(at[i])));
            start[i] = Math.asin(Math.sqrt(rate / MAX_RATE));
        }
        return start;
    }

    double location(double[] at) {
        double far = FAR * data.largestStrength();
        return function == PsychometricFunction.WEIBULL ? exp(at[0]) : Math.min(far, Math.max(-far, at[0]));
    }

    double scale(double[] at) {
        return exp(at[1]);
    }

    /** Within what a double can hold, however far a step of the optimizer goes. */
    private static double exp(double logarithm) {
        return Math.exp(Math.min(MOST_LOGARITHM, Math.max(-MOST_LOGARITHM, logarithm)));
    }

    double lapse(double[] at) {
        return rate(at[2]);
    }

    double guess(double[] at) {
        return guessIsFree ? rate(at[3]) : data.chance();
    }

    private static double rate(double angle) {
        double sine = Math.sin(angle);
        return MAX_RATE * sine * sine;
    }

    @Override
    public Pair<RealVector, RealMatrix> value(RealVector point) {
        double[] at = point.toArray();
        double location = location(at);
        double scale = scale(at);
        double guess = guess(at);
        double span = 1 - guess - lapse(at);
        ContinuousDistribution f = function.distribution(location, scale);
        double[] residuals = new double[data.size()];
        double[][] jacobian = new double[data.size()][size()];
        for (int i = 0; i < residuals.length; i++) {
            double x = data.x(i);
            double value = f.cumulativeProbability(x);
            double p = probability(guess + span * value);
            residuals[i] = residual(i, p);
            double toProbability = residualSlope(i, p, residuals[i]);
            double density = x == 0 && function == PsychometricFunction.WEIBULL ? 0 : span * f.density(x);
            double[] row = jacobian[i];
            if (function == PsychometricFunction.WEIBULL) {
                row[0] = toProbability * -x * density;
                row[1] = x == 0 ? 0 : toProbability * x * Math.log(x / location) * density;
            } else {
                row[0] = toProbability * -density;
                row[1] = toProbability * -(x - location) * density;
            }
            row[2] = toProbability * -value * MAX_RATE * Math.sin(2 * at[2]);
            if (guessIsFree) {
                row[3] = toProbability * (1 - value) * MAX_RATE * Math.sin(2 * at[3]);
            }
        }
        return new Pair<>(new ArrayRealVector(residuals, false), new Array2DRowRealMatrix(jacobian, false));
    }

    /** Twice the log likelihood that is lost against one rate for each strength. */
    double deviance(double[] at) {
        double guess = guess(at);
        double span = 1 - guess - lapse(at);
        ContinuousDistribution f = function.distribution(location(at), scale(at));
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            double residual = residual(i, probability(guess + span * f.cumulativeProbability(data.x(i))));
            sum += residual * residual;
        }
        return sum;
    }

    /** The deviance of the same rate at all strengths. */
    static double devianceOfRate(PsychometricData data, double rate) {
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            sum += deviance(data.rate(i), data.trials(i), probability(rate));
        }
        return sum;
    }

    private static double probability(double p) {
        return Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, p));
    }

    private double residual(int i, double p) {
        double root = Math.sqrt(deviance(data.rate(i), data.trials(i), p));
        return data.rate(i) < p ? -root : root;
    }

    private static double deviance(double rate, double trials, double p) {
        double positive = rate == 0 ? 0 : rate * Math.log(rate / p);
        double negative = rate == 1 ? 0 : (1 - rate) * Math.log((1 - rate) / (1 - p));
        return Math.max(0, 2 * trials * (positive + negative)); // rounding may leave it just below 0
    }

    /** Derivative of a residual with respect to p. */
    private double residualSlope(int i, double p, double residual) {
        double variance = p * (1 - p);
        double distance = p - data.rate(i);
        return Math.abs(distance) < LINEAR * variance || residual == 0
                ? -Math.sqrt(data.trials(i) / variance)
                : data.trials(i) * distance / (variance * residual);
    }
}
