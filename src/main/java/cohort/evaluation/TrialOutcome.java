package cohort.evaluation;

import cohort.task.Answer;
import cohort.task.Condition;
import java.io.Serializable;

/**
 * What a network did in one held-out trial.
 *
 * @param trial index within the split
 * @param condition the trial's factors
 * @param steps length of the trial
 * @param answer the right answer, from 1 on; 0 if it was right to give none
 * @param given what the network answered
 * @param responseTime milliseconds from the onset of the period that response times count from to the answer; NaN if there was none after it,
 *     or such times do not matter
 * @param ideal probability that the ideal observer is right in such a trial; NaN if none is known
 */
public record TrialOutcome(
        long trial, Condition condition, int steps, int answer, Answer given, double responseTime, double ideal)
        implements Serializable {
    public boolean correct() {
        return given.correct();
    }

    /** The network's choice, from 1 on; 0 if it gave no answer. */
    public int choice() {
        return given.choice();
    }

    public boolean noResponse() {
        return given.isMissing();
    }
}
