package cohort.task.library.yang19;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The best possible accuracy at the decision tasks of the collection yang19, of who knows the two locations, the bumps, the noise and which
 * strengths there are, and has only to say which stimulus is stronger. Where the sums of two modalities are equal, that is a coin's toss.
 *
 * <p>With s the noise of a step, n steps, and b1 and b2 the bumps, c is estimated from stimuli shown together with a standard deviation of
 * 2 s / (|b1 - b2| sqrt(n)), and so the answer of one modality is right with probability Phi(|c b1 - c b2| sqrt(n) / (2 s)). A stimulus by
 * itself has its strength estimated with s / (|b| sqrt(n)). Two estimates are combined by {@link Yang19PairObserver}. Of four, two strengths in two
 * modalities, the observer is told the strengths, so that only equal sums keep it from being right.
 */
record Yang19Observer(Yang19Decision task) implements IdealObserver {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Answers given before: thousands of networks are compared with the same few. */
    private static final Map<Question, Double> KNOWN = new ConcurrentHashMap<>();

    private record Question(Yang19PairObserver observer, double first, double second) {}

    @Override
    public double accuracy(Trial trial) {
        if (trial.factor(Yang19Decision.EVIDENCE) == 0) {
            return 0.5;
        }
        double noise = task.sigmaPerStep();
        boolean isBoth = task.attention() == Yang19Decision.Attention.BOTH;
        if (noise == 0 || (task.isDelayed() && isBoth)) {
            return 1;
        }
        return task.isDelayed() ? delayed(trial, noise) : isBoth ? both(trial, noise) : one(trial, noise);
    }

    /** What the other modality shows does not matter. */
    private double one(Trial trial, double noise) {
        return NORMAL.cumulativeProbability(
                trial.factor(Yang19Decision.EVIDENCE) / 100 / errorOfCoherence(trial, noise));
    }

    private double both(Trial trial, double noise) {
        double[] levels = new double[2 * task.levels().size()];
        for (int i = 0; i < levels.length; i += 2) {
            levels[i] = task.levels().get(i / 2) / 100;
            levels[i + 1] = -levels[i];
        }
        double error = errorOfCoherence(trial, noise);
        return known(
                Yang19PairObserver.ofSum(levels, error),
                Yang19Decision.difference(trial, 1) / 100,
                Yang19Decision.difference(trial, 2) / 100);
    }

    private double delayed(Trial trial, double noise) {
        double size = norm(Ring.bump(task.ringSize(), 0, 1));
        int modality = task.attention().counts(1) ? 1 : 2;
        return known(
                Yang19PairObserver.ofDifference(
                        task.levels().stream().mapToDouble(Double::doubleValue).toArray(),
                        noise / size / Math.sqrt(trial.steps(Yang19Decision.STIMULUS)),
                        noise / size / Math.sqrt(trial.steps(Yang19Decision.SECOND_STIMULUS))),
                trial.drawn(Yang19Decision.strength(1, modality)),
                trial.drawn(Yang19Decision.strength(2, modality)));
    }

    private static double known(Yang19PairObserver observer, double first, double second) {
        return KNOWN.computeIfAbsent(
                new Question(observer, first, second), question -> observer.accuracy(first, second));
    }

    private double errorOfCoherence(Trial trial, double noise) {
        int ring = task.ringSize();
        float[] difference = Ring.bump(ring, Ring.angle((int) trial.drawn(Yang19Decision.UNIT_1), ring), 1);
        float[] other = Ring.bump(ring, Ring.angle((int) trial.drawn(Yang19Decision.UNIT_2), ring), 1);
        for (int unit = 0; unit < ring; unit++) {
            difference[unit] -= other[unit];
        }
        return 2 * noise / norm(difference) / Math.sqrt(trial.steps(Yang19Decision.STIMULUS));
    }

    private static double norm(float[] pattern) {
        double squares = 0;
        for (float value : pattern) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /** Unknown. */
    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return Double.NaN;
    }
}
