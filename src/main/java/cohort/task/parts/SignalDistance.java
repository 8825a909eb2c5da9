package cohort.task.parts;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** How well two signals can be told apart in white noise. */
public final class SignalDistance {
    private SignalDistance() {}

    /**
     * Fraction of right choices between two signals that are equally likely: Phi(distance / (2 sd)).
     *
     * @param distance the length of the difference of the two, over all channels and steps
     * @param sd standard deviation of the noise of one channel at one step; without noise, whatever differs is told apart
     */
    public static double accuracy(double distance, double sd) {
        if (distance == 0) {
            return 0.5;
        }
        return sd == 0 ? 1 : NormalDistribution.of(0, 1).cumulativeProbability(distance / (2 * sd));
    }
}
