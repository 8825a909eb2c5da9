package cohort.training;

/** What the gradient is taken of. The reported loss is the mean in both cases. */
public enum Reduction {
    /** The mean over steps and lanes, weighted by the steps' loss weights. */
    MEAN,
    /** The weighted sum, as in the tutorial's hand-written network. */
    SUM;

    /** Factor of the summed loss, given the sum of all loss weights of a batch; a batch without weight has no gradient. */
    double scale(double weightSum) {
        return this == SUM ? 1 : weightSum > 0 ? 1 / weightSum : 0;
    }
}
