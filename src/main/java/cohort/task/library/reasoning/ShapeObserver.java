package cohort.task.library.reasoning;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Who knows the weights of {@link ProbabilisticReasoning} and chooses what they speak for: right with probability max(p, 1 - p), p = 1 /
 * (1 + 10^-s), s the sum of the shapes that are shown. On average over all shapes that is 0.9155 with the original's weights.
 */
record ShapeObserver(ProbabilisticReasoning task) implements IdealObserver {
    /** Sums that differ by less are one. */
    private static final double ROUNDING = 1e-9;

    /** Where trials differ in length, the mean is taken over this many. */
    private static final int TRIALS = 10_000;

    /** Probability that choice 2 is right. */
    static double probability(double sum) {
        return 1 / (1 + Math.pow(10, -sum));
    }

    @Override
    public double accuracy(Trial trial) {
        return probability(Math.abs(task.sum(trial)));
    }

    /** The mean accuracy over all shapes. */
    double accuracy() {
        return mean(sum -> probability(Math.abs(sum)));
    }

    /** Accuracy of who always says what is right more often. */
    double chance() {
        double second = mean(ShapeObserver::probability);
        return Math.max(second, 1 - second);
    }

    /** The mean of a function of the sum of the weights. */
    private double mean(DoubleUnaryOperator of) {
        TreeMap<Double, Double> sums = new TreeMap<>();
        sums.put(0.0, 1.0);
        for (int i = 0; i < task.locations(); i++) {
            TreeMap<Double, Double> longer = new TreeMap<>();
            sums.forEach((sum, probability) -> task.weights()
                    .forEach(weight -> longer.merge(
                            Math.round((sum + weight) / ROUNDING) * ROUNDING,
                            probability / task.weights().size(),
                            Double::sum)));
            sums = longer;
        }
        return sums.entrySet().stream()
                .mapToDouble(sum -> of.applyAsDouble(sum.getKey()) * sum.getValue())
                .sum();
    }

    /** The entropy of the answer at each step of the decision, which the end of fixation announces; unknown for windows. */
    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        if (batching.form() == Batching.Form.WINDOWS) {
            return Double.NaN;
        }
        List<Double> periodWeights = batching.periodWeights();
        TrialSource trials = task.trials(seed, Split.VALIDATION);
        Trial trial = new Trial(trials.signature());
        double decision = 0;
        double all = 0;
        for (int index = 0; index < TRIALS; index++) {
            trials.read(index, trial);
            for (int period = 0; period < periodWeights.size(); period++) {
                double weight = periodWeights.get(period) * trial.steps(period);
                all += weight;
                decision += period == task.decision() ? weight : 0;
            }
        }
        if (all == 0) {
            throw new IllegalArgumentException("no step of a trial has a weight: " + periodWeights);
        }
        return decision / all * mean(ShapeObserver::entropy);
    }

    /** Of the answer, in nats. */
    private static double entropy(double sum) {
        double odds = Math.pow(10, -Math.abs(sum)); // against the likelier choice, at most 1
        return Math.log1p(odds) - odds / (1 + odds) * Math.log(odds);
    }
}
