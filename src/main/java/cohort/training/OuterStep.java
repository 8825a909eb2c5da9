package cohort.training;

import java.io.Serializable;

/**
 * What is done with the average of a round.
 *
 * @param learningRate how far to go from the old parameters towards the average; 1 without momentum is the average itself
 * @param momentum of a Nesterov step over rounds, in [0, 1)
 */
public record OuterStep(double learningRate, double momentum) implements Serializable {
    /** The average becomes the new parameters. */
    public static final OuterStep PLAIN = new OuterStep(1, 0);

    public OuterStep {
        if (!(learningRate > 0) || learningRate == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("outer learning rate is not strictly positive: " + learningRate);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("outer momentum is not in [0, 1): " + momentum);
        }
    }

    /**
     * The parameters of the next round. With d = old - average, Nesterov's step is v = momentum v + d, then
     * new = old - rate (d + momentum v): DiLoCo's outer optimizer (Douillard et al. 2023,
     * <a href="https://arxiv.org/abs/2311.08105">arXiv</a>).
     *
     * @param velocity v, changed in place; zero before the first round
     */
    public float[] apply(float[] old, float[] average, float[] velocity) {
        if (equals(PLAIN)) {
            return average;
        }
        float[] next = new float[old.length];
        for (int i = 0; i < old.length; i++) {
            double difference = (double) old[i] - average[i];
            velocity[i] = (float) (momentum * velocity[i] + difference);
            next[i] = (float) (old[i] - learningRate * (difference + momentum * velocity[i]));
        }
        return next;
    }
}
