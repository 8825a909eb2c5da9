package cohort.evaluation;

import cohort.task.Psychometry;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * How many trials with evidence of one strength ended in one choice.
 *
 * @param strength of the evidence for the answer, in the unit of its factor; finite, at least 0
 * @param answer the right choice, from 1 on
 * @param choice from 1 on; 0 if the network gave no answer
 * @param trials how often, at least 0
 */
public record EvidenceCount(double strength, int answer, int choice, long trials) implements Serializable {
    public EvidenceCount {
        if (!(strength >= 0 && Double.isFinite(strength))) {
            throw new IllegalArgumentException("strength of evidence is not finite and at least 0: " + strength);
        }
        if (answer < 1) {
            throw new IllegalArgumentException("answer is not at least 1: " + answer);
        }
        if (choice < 0) {
            throw new IllegalArgumentException("choice is negative: " + choice);
        }
        if (trials < 0) {
            throw new IllegalArgumentException("number of trials is negative: " + trials);
        }
    }

    /** The counts of a task, whatever its other factors are; of trials without a strength, catch trials for instance, there are none. */
    public static List<EvidenceCount> of(Collection<ChoiceCount> counts, Psychometry psychometry) {
        return counts.stream()
                .filter(count -> !Double.isNaN(count.condition().value(psychometry.factor())))
                .map(count -> new EvidenceCount(
                        count.condition().value(psychometry.factor()), count.answer(), count.choice(), count.trials()))
                .toList();
    }
}
