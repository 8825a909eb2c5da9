package cohort.evaluation;

import java.io.Serializable;
import java.util.Comparator;

/**
 * What was shown in a trial. At a coherence of 0 no direction is shown, so the ground truth is 0 there, whichever was given.
 *
 * <p>Conditions are ordered by signed coherence; further choices of a larger ring follow one after the other.
 *
 * @param groundTruth the direction shown, 1 to ring size, or 0 for none
 * @param coherencePercent strength of the evidence in percent, at least 0
 */
public record Condition(int groundTruth, double coherencePercent) implements Comparable<Condition>, Serializable {
    private static final Comparator<Condition> ORDER =
            Comparator.comparingInt(Condition::place).thenComparingDouble(Condition::signedCoherence);

    public Condition {
        if (!(coherencePercent >= 0)) {
            throw new IllegalArgumentException("coherence is not at least 0 percent: " + coherencePercent);
        }
        if (coherencePercent == 0) {
            groundTruth = 0;
        } else if (groundTruth < 1) {
            throw new IllegalArgumentException("ground truth is not at least 1: " + groundTruth);
        }
    }

    /** The condition of a trial. */
    public static Condition of(TrialOutcome outcome) {
        return new Condition(outcome.groundTruth(), outcome.coherencePercent());
    }

    /** Coherence in percent, negative for choice 1; it does not tell further choices of a larger ring from choice 2. */
    public double signedCoherence() {
        return groundTruth == 1 ? -coherencePercent : coherencePercent;
    }

    @Override
    public int compareTo(Condition other) {
        return ORDER.compare(this, other);
    }

    /** Choice 1, no direction, choice 2, choice 3, and so on. */
    private int place() {
        return switch (groundTruth) {
            case 0 -> 1;
            case 1 -> 0;
            default -> groundTruth;
        };
    }
}
