package cohort.evaluation;

import cohort.task.Purpose;
import cohort.task.RandomStreams;
import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.GuideTableDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * Fits psychometric functions by maximum likelihood, and simulates the fit to see how far it can be trusted (Wichmann and Hill 2001,
 * <a href="https://doi.org/10.3758/BF03194544">part 1</a>, <a href="https://doi.org/10.3758/BF03194545">part 2</a>).
 *
 * <p>Levenberg-Marquardt on the deviance residuals, with exact derivatives, needs some ten steps where an optimizer without
 * derivatives needs a hundred; thousands of networks have some hundred simulations each.
 */
public final class PsychometricFitter {
    private static final int MOST_EVALUATIONS = 300;
    private static final int MOST_ATTEMPTS = 5;
    private static final double TOLERANCE = 1e-12;
    /** Simulations differ from each other by much more than this. */
    private static final double TOLERANCE_OF_SIMULATIONS = 1e-6;
    /** Standard deviations beyond which there is nothing to draw. */
    private static final int TAILS = 12;

    private static final double FIRST_RATE = 0.01;
    /** The first step is short: a long one may end where psi has no slope at all, and no further step is defined. */
    private static final double FIRST_STEP = 0.1;

    private static final double SIGNIFICANCE = 0.05;
    private static final double TAIL = 0.025;
    /** A threshold below this fraction of the smallest distance of two strengths is none that was measured. */
    private static final double FINEST = 0.125;

    private PsychometricFitter() {}

    /** Fits without intervals. */
    public static PsychometricFit fit(PsychometricData data, PsychometricFunction function) {
        return fit(data, function, 0, 0);
    }

    /**
     * Fits, and finds intervals by a parametric bootstrap. Pure: equal arguments give equal bits.
     *
     * @param samples simulations; 0 for none
     * @param seed of the simulations
     * @throws IllegalArgumentException if a Weibull function is asked for signed strengths
     */
    public static PsychometricFit fit(PsychometricData data, PsychometricFunction function, int samples, long seed) {
        if (!function.isFor(data.kind())) {
            throw new IllegalArgumentException(function.label() + " is not a function of signed strengths");
        }
        PsychometricFit.Status status = withoutFit(data, function);
        if (status != PsychometricFit.Status.FITTED) {
            return PsychometricFit.without(status, data, function);
        }
        PsychometricModel model = new PsychometricModel(data, function);
        double[] best = best(model, data, function);
        PsychometricFit fit = fit(model, best, data, function, PsychometricIntervals.NONE);
        if (isAtChance(data, fit, model.size())) {
            return PsychometricFit.without(PsychometricFit.Status.AT_CHANCE, data, function);
        }
        if (!isInRange(fit, data)) {
            return PsychometricFit.without(PsychometricFit.Status.OUT_OF_RANGE, data, function);
        }
        return samples == 0
                ? fit
                : fit(model, best, data, function, simulate(fit, model.near(best), data, function, samples, seed));
    }

    private static PsychometricFit.Status withoutFit(PsychometricData data, PsychometricFunction function) {
        int known = 0;
        boolean isPerfect = true;
        for (int i = 0; i < data.size(); i++) {
            double x = data.x(i);
            known += x == 0 && function == PsychometricFunction.WEIBULL ? 1 : 0; // psi(0) is chance, whatever m and s
            isPerfect &= x == 0 || data.rate(i) == (x > 0 ? 1 : 0);
        }
        if (data.size() == 0) {
            return PsychometricFit.Status.NO_TRIALS;
        }
        if (data.size() - known < new PsychometricModel(data, function).size()) {
            return PsychometricFit.Status.TOO_FEW_STRENGTHS;
        }
        return isPerfect ? PsychometricFit.Status.ALL_CORRECT : PsychometricFit.Status.FITTED;
    }

    /** The best of several starts over the range of the strengths. */
    private static double[] best(PsychometricModel model, PsychometricData data, PsychometricFunction function) {
        double largest = data.largestStrength();
        double[] best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (double fraction : new double[] {0.02, 0.06, 0.15, 0.4, 0.8}) {
            double[] start = switch (data.kind()) {
                case CHOICE -> model.coordinates(0, fraction * largest, FIRST_RATE);
                case ACCURACY ->
                    function == PsychometricFunction.WEIBULL
                            ? model.coordinates(fraction * largest, 2, FIRST_RATE)
                            : model.coordinates(fraction * largest, fraction * largest / 2, FIRST_RATE);
            };
            double[] end = optimize(model, data, start, TOLERANCE);
            double deviance = model.deviance(end);
            if (deviance < lowest || best == null) {
                lowest = deviance;
                best = end;
            }
        }
        return best;
    }

    /**
     * A local optimum. The optimizer ends with an exception also where rounding leaves nothing to gain, which is at an optimum: then the
     * best point that it has seen counts, from which it begins again in case that it was no such place.
     */
    private static double[] optimize(PsychometricModel model, PsychometricData data, double[] start, double tolerance) {
        Seen seen = new Seen(model, start);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return new LevenbergMarquardtOptimizer()
                        .withInitialStepBoundFactor(FIRST_STEP)
                        .withCostRelativeTolerance(tolerance)
                        .withParameterRelativeTolerance(tolerance)
                        .optimize(new LeastSquaresBuilder()
                                .model(seen)
                                .start(seen.best)
                                .target(new double[data.size()])
                                .maxEvaluations(MOST_EVALUATIONS)
                                .maxIterations(MOST_EVALUATIONS)
                                .lazyEvaluation(false)
                                .parameterValidator(PsychometricFitter::requireNumbers)
                                .build())
                        .getPoint()
                        .toArray();
            } catch (MathRuntimeException e) {
                if (!seen.hasImproved()) {
                    break;
                }
            }
        }
        return seen.best;
    }

    /** A model that remembers where its deviance was lowest. */
    private static final class Seen implements MultivariateJacobianFunction {
        private final PsychometricModel model;
        private double[] best;
        private double lowest = Double.POSITIVE_INFINITY;
        private double lowestBefore = Double.POSITIVE_INFINITY;

        Seen(PsychometricModel model, double[] start) {
            this.model = model;
            this.best = start;
        }

        @Override
        public Pair<RealVector, RealMatrix> value(RealVector point) {
            Pair<RealVector, RealMatrix> value = model.value(point);
            double deviance = value.getFirst().dotProduct(value.getFirst());
            if (deviance < lowest) {
                lowest = deviance;
                best = point.toArray();
            }
            return value;
        }

        /** Whether the deviance has become lower since this was asked the last time. */
        boolean hasImproved() {
            boolean isLower = lowest < lowestBefore;
            lowestBefore = lowest;
            return isLower;
        }
    }

    private static RealVector requireNumbers(RealVector point) {
        if (point.isNaN()) {
            throw new MathRuntimeException(LocalizedCoreFormats.NAN_NOT_ALLOWED);
        }
        return point;
    }

    private static PsychometricFit fit(
            PsychometricModel model,
            double[] at,
            PsychometricData data,
            PsychometricFunction function,
            PsychometricIntervals intervals) {
        double location = model.location(at);
        double scale = model.scale(at);
        double middle = function.quantile(0.5, location, scale);
        boolean isChoice = data.kind() == PsychometricKind.CHOICE;
        double threshold = isChoice
                ? (function.quantile(0.75, location, scale) - function.quantile(0.25, location, scale)) / 2
                : middle;
        return new PsychometricFit(
                function,
                data.kind(),
                PsychometricFit.Status.FITTED,
                location,
                scale,
                isChoice ? middle : Double.NaN,
                threshold,
                function.slope(location, scale),
                model.guess(at),
                model.lapse(at),
                model.deviance(at),
                data.totalTrials(),
                intervals);
    }

    private static boolean isAtChance(PsychometricData data, PsychometricFit fit, int parameters) {
        double positive = 0;
        for (int i = 0; i < data.size(); i++) {
            positive += data.positive(i);
        }
        boolean isChoice = data.kind() == PsychometricKind.CHOICE;
        double flat = isChoice ? positive / data.totalTrials() : data.chance();
        double gain = PsychometricModel.devianceOfRate(data, flat) - fit.deviance();
        int freedom = isChoice ? parameters - 1 : parameters;
        return ChiSquaredDistribution.of(freedom).survivalProbability(gain) > SIGNIFICANCE;
    }

    private static boolean isInRange(PsychometricFit fit, PsychometricData data) {
        return fit.threshold() <= data.largestStrength()
                && fit.threshold() >= FINEST * data.smallestGap()
                && !(Math.abs(fit.bias()) > data.largestStrength())
                && fit.lapse() < 0.999 * PsychometricModel.MAX_RATE
                && (data.kind() == PsychometricKind.ACCURACY || fit.guess() < 0.999 * PsychometricModel.MAX_RATE);
    }

    private static PsychometricIntervals simulate(
            PsychometricFit fit,
            double[] start,
            PsychometricData data,
            PsychometricFunction function,
            int samples,
            long seed) {
        UniformRandomProvider random = RandomStreams.of(seed, Purpose.BOOTSTRAP, 0);
        IntSupplier[] responses = new IntSupplier[data.size()];
        for (int i = 0; i < responses.length; i++) {
            responses[i] = binomial((int) Math.round(data.trials(i)), fit.predict(data.x(i)), random);
        }
        double[] bias = new double[samples];
        double[] threshold = new double[samples];
        double[] slope = new double[samples];
        int unresolved = 0;
        int worse = 0;
        for (int s = 0; s < samples; s++) {
            double[] positive = new double[data.size()];
            Arrays.setAll(positive, i -> responses[i].getAsInt());
            PsychometricData simulated = data.withPositive(positive);
            PsychometricModel model = new PsychometricModel(simulated, function);
            double[] end = optimize(model, simulated, start, TOLERANCE_OF_SIMULATIONS);
            PsychometricFit again = fit(model, end, simulated, function, fit.intervals());
            bias[s] = again.bias();
            threshold[s] = again.threshold();
            slope[s] = again.slope();
            if (again.threshold() < FINEST * data.smallestGap()) {
                threshold[s] = 0;
                slope[s] = Double.POSITIVE_INFINITY;
                unresolved++;
            } else if (again.threshold() > data.largestStrength()) {
                threshold[s] = Double.POSITIVE_INFINITY;
                slope[s] = 0;
                unresolved++;
            }
            if (Math.abs(bias[s]) > data.largestStrength()) {
                bias[s] = Math.copySign(Double.POSITIVE_INFINITY, bias[s]);
            }
            worse += again.deviance() >= fit.deviance() ? 1 : 0;
        }
        Arrays.sort(bias);
        Arrays.sort(threshold);
        Arrays.sort(slope);
        int low = (int) Math.floor(TAIL * (samples - 1));
        int high = (int) Math.ceil((1 - TAIL) * (samples - 1));
        return new PsychometricIntervals(
                bias[low],
                bias[high],
                threshold[low],
                threshold[high],
                slope[low],
                slope[high],
                (double) worse / samples,
                samples,
                unresolved);
    }

    /** Draws numbers of positive responses, by a table of their probabilities. */
    private static IntSupplier binomial(int trials, double rate, UniformRandomProvider random) {
        BinomialDistribution distribution = BinomialDistribution.of(trials, rate);
        double reach = TAILS * (1 + Math.sqrt(distribution.getVariance()));
        int first = (int) Math.max(0, Math.floor(distribution.getMean() - reach));
        int last = (int) Math.min(trials, Math.ceil(distribution.getMean() + reach));
        double[] probabilities = IntStream.rangeClosed(first, last)
                .mapToDouble(distribution::probability)
                .toArray();
        SharedStateDiscreteSampler table = GuideTableDiscreteSampler.of(random, probabilities);
        return () -> first + table.sample();
    }
}
