package cohort.evaluation;

import cohort.task.Condition;
import java.io.Serializable;

/**
 * How many trials of one condition ended in one choice.
 *
 * @param condition the trials' factors
 * @param answer the right answer, from 1 on; 0 if it was right to give none
 * @param choice from 1 on; 0 if the network gave no answer
 * @param trials how often, at least 0
 */
public record ChoiceCount(Condition condition, int answer, int choice, long trials) implements Serializable {
    public ChoiceCount {
        if (answer < 0) {
            throw new IllegalArgumentException("answer is negative: " + answer);
        }
        if (choice < 0) {
            throw new IllegalArgumentException("choice is negative: " + choice);
        }
        if (trials < 0) {
            throw new IllegalArgumentException("number of trials is negative: " + trials);
        }
    }
}
