package cohort.task;

import java.io.Serializable;

/** Who adds up the evidence for one of two choices, and answers when the sum reaches a bound, or else at the end of what is shown. */
public interface BoundedObserver extends Serializable {
    /** A bound that as good as nobody reaches before the end, in standard deviations of what one step shows. */
    double highestBound();

    /**
     * What can be expected of it in the trials of a condition.
     *
     * @param bound of the sum, of either sign, in standard deviations of what one step shows; at least 0
     */
    DecisionTimes decide(Condition condition, double bound);
}
