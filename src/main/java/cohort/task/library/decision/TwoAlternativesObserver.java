package cohort.task.library.decision;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Trial;
import cohort.task.parts.FixationMode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.hipparchus.special.Erf;

/**
 * The best possible accuracy at a choice between two directions: that of the sign of the evidence x, which is N(d, 1) in the right
 * direction (see {@link Confidence}), P(x > 0) = Phi(d). Where the sure target is offered and may be right, the observer takes it if |x|
 * is below a threshold t, and only errs where x < -t: its accuracy is Phi(d + t).
 */
record TwoAlternativesObserver(TwoAlternatives task) implements IdealObserver {
    /** How many lengths of the stimulus a mean over them is taken of. */
    private static final int LENGTHS = 10_000;

    /** Answers given before: thresholds are asked for trial by trial, and chances row by row. */
    private static final Map<Question, Double> THRESHOLDS = new ConcurrentHashMap<>();

    private static final Map<TwoAlternatives, Double> CHANCES = new ConcurrentHashMap<>();

    private record Question(TwoAlternatives task, int steps) {}

    @Override
    public double accuracy(Trial trial) {
        boolean maySure =
                task.sure() == TwoAlternatives.Sure.EXPECTED_REWARD && trial.factor(TwoAlternatives.SECOND_FACTOR) == 1;
        return accuracy(trial.factor(TwoAlternatives.COHERENCE), trial.steps(TwoAlternatives.STIMULUS), maySure);
    }

    /**
     * Probability of the right answer.
     *
     * @param coherencePercent strength of the evidence in percent
     * @param steps steps for which it is shown
     * @param maySure whether the sure target is offered, and right without enough evidence
     */
    double accuracy(double coherencePercent, int steps, boolean maySure) {
        double distance = task.confidence().distance(coherencePercent, steps);
        return normal(maySure ? distance + threshold(steps) : distance);
    }

    /** Probability that a standard normal number is below x. */
    static double normal(double x) {
        return Erf.erfc(-x / Math.sqrt(2)) / 2;
    }

    private double threshold(int steps) {
        return THRESHOLDS.computeIfAbsent(
                new Question(task, steps), asked -> task.confidence().threshold(task.sureReward(), steps));
    }

    /** Accuracy at a wager of who knows how often the sure target is right, and whether it is offered, but has seen no evidence. */
    static double chance(TwoAlternatives task) {
        if (task.sure() != TwoAlternatives.Sure.EXPECTED_REWARD) {
            return 0.5;
        }
        return CHANCES.computeIfAbsent(task, asked -> {
            double sure = new TwoAlternativesObserver(asked).sureFraction();
            return (0.5 + Math.max(sure, (1 - sure) / 2)) / 2;
        });
    }

    /** How often the sure target is right where it is offered. */
    private double sureFraction() {
        UniformRandomProvider random = RandomStreams.of(0, Purpose.BOOTSTRAP, 0);
        double sum = 0;
        for (int i = 0; i < LENGTHS; i++) {
            int steps = task.timing().drawSteps(random, TwoAlternatives.STIMULUS);
            double threshold = threshold(steps);
            for (double coherence : task.coherencesPercent()) {
                double distance = task.confidence().distance(coherence, steps);
                sum += normal(threshold - distance) - normal(-threshold - distance);
            }
        }
        return sum / LENGTHS / task.coherencesPercent().size();
    }

    /** Without a wager it is that of perceptual decision making, which is the same task in all but the lengths of its periods. */
    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        if (task.isWager()) {
            return Double.NaN;
        }
        double largest = task.coherencesPercent().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double unit = Math.max(
                1, largest / 100); // only the ratio of evidence and noise matters, and that task stops at 100 %
        List<Double> coherences = task.coherencesPercent().stream()
                .map(coherence -> coherence / unit)
                .toList();
        PerceptualDecisionMaking same = new PerceptualDecisionMaking(
                task.timing().dtMillis(),
                2,
                coherences,
                task.sigma() / unit,
                FixationMode.UNTIL_DECISION,
                task.timing().duration(0),
                task.timing().duration(TwoAlternatives.STIMULUS),
                task.timing().duration(TwoAlternatives.DELAY),
                task.timing().duration(TwoAlternatives.DECISION));
        return BayesFloor.of(same, batching, seed);
    }
}
