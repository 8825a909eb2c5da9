package cohort.task.library.detection;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Trial;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The best accuracy at {@link ToneDetection}: who knows the moments adds up what is heard at each, z_k ~ N(s [k is the tone's], 1), and
 * chooses the largest of them, or none if it is below s / 2, which is then the most likely case. With Phi and phi of the normal
 * distribution and m moments it is right with the probability
 *
 * <pre>Phi(s / 2)^m without a tone,   integral from s / 2 of phi(z - s) Phi(z)^(m - 1) dz with one</pre>
 *
 * @param withoutTone the one
 * @param withTone the other
 */
record ToneObserver(double withoutTone, double withTone) implements IdealObserver {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double SPACING = 0.01;

    /** Nothing happens further away from a mean, in standard deviations. */
    private static final double FAR = 8;

    /**
     * That of a task.
     *
     * @param moments number m of moments
     * @param distance s, the square root of the tone's steps / noise of a step
     */
    static ToneObserver of(int moments, double distance) {
        return new ToneObserver(
                Math.pow(NORMAL.cumulativeProbability(distance / 2), moments), withTone(moments, distance));
    }

    /** By the midpoint rule, to about 1e-6. */
    private static double withTone(int moments, double distance) {
        double sum = 0;
        for (double noise = Math.max(-FAR, -distance / 2) + SPACING / 2; noise < FAR; noise += SPACING) {
            sum += NORMAL.density(noise) * Math.pow(NORMAL.cumulativeProbability(distance + noise), moments - 1.0);
        }
        return sum * SPACING;
    }

    @Override
    public double accuracy(Trial trial) {
        return trial.answer() == 0 ? withoutTone : withTone;
    }

    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return Double.NaN;
    }
}
