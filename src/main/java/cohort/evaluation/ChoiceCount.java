package cohort.evaluation;

import java.io.Serializable;

/**
 * How many trials of one condition ended in one choice.
 *
 * @param coherencePercent strength of the evidence in percent, finite, at least 0
 * @param groundTruth the correct choice, 1 to ring size
 * @param choice 1 to ring size, or 0 if the network kept fixating
 * @param trials how often, at least 0
 */
public record ChoiceCount(double coherencePercent, int groundTruth, int choice, long trials) implements Serializable {
    public ChoiceCount {
        if (!(coherencePercent >= 0 && Double.isFinite(coherencePercent))) {
            throw new IllegalArgumentException("coherence is not finite and at least 0: " + coherencePercent);
        }
        if (groundTruth < 1) {
            throw new IllegalArgumentException("ground truth is not at least 1: " + groundTruth);
        }
        if (choice < 0) {
            throw new IllegalArgumentException("choice is negative: " + choice);
        }
        if (trials < 0) {
            throw new IllegalArgumentException("number of trials is negative: " + trials);
        }
    }
}
