package cohort.task.library.decision;

import java.util.List;

/**
 * How sure somebody can be of a choice between two directions who knows the task and its noise, but not the coherence of the trial.
 *
 * <p>The difference of the two channels, summed over the stimulus, is all that matters. In units of its standard deviation it is
 * N(+-d_c, 1), with d_c = c sqrt(n / 2) / sigma of a coherence c and n steps. If it is x, the log odds of the better direction are
 *
 * <pre>log sum_c exp(d_c |x| - d_c^2 / 2) - log sum_c exp(-d_c |x| - d_c^2 / 2)</pre>
 *
 * and rise with |x|.
 *
 * @param coherencesPercent strengths of evidence in percent, equally likely
 * @param sigmaPerStep standard deviation of the noise of a channel at one step
 */
record Confidence(List<Double> coherencesPercent, double sigmaPerStep) {
    /** A distance that leaves no doubt, at which squares still have digits to spare. */
    private static final double NO_DOUBT = 1e6;

    /** Evidence that is further from 0 does not happen. */
    private static final double FURTHEST = 2 * NO_DOUBT;

    private static final int HALVINGS = 80;

    /** Mean of the evidence, in its standard deviations. */
    double distance(double coherencePercent, int steps) {
        return Math.min(NO_DOUBT, PerceptualDecisionObserver.distance(2, coherencePercent, steps, sigmaPerStep));
    }

    /**
     * Whether the better direction is right with less than this probability.
     *
     * @param probability above 0 and below 1
     * @param evidence its absolute value, in standard deviations
     */
    boolean isBelow(double probability, double evidence, int steps) {
        double[] better = new double[coherencesPercent.size()];
        double[] worse = new double[better.length];
        for (int c = 0; c < better.length; c++) {
            double distance = distance(coherencesPercent.get(c), steps);
            better[c] = distance * (evidence - distance / 2);
            worse[c] = -distance * (evidence + distance / 2);
        }
        double logOdds = BayesFloor.logSumExp(better) - BayesFloor.logSumExp(worse);
        return logOdds < Math.log(probability / (1 - probability));
    }

    /** The evidence from which on the better direction is right with at least this probability; infinite if none suffices. */
    double threshold(double probability, int steps) {
        if (!isBelow(probability, 0, steps)) {
            return 0;
        }
        if (isBelow(probability, FURTHEST, steps)) {
            return Double.POSITIVE_INFINITY;
        }
        double below = 0;
        double above = FURTHEST;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (below + above) / 2;
            if (isBelow(probability, middle, steps)) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }
}
