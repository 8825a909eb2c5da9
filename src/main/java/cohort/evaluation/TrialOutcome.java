package cohort.evaluation;

import java.io.Serializable;

/**
 * What a network did in one held-out trial.
 *
 * @param trial index within the split
 * @param groundTruth the correct choice, 1 to ring size
 * @param coherencePercent strength of the evidence in percent
 * @param steps length of the trial
 * @param stimulusSteps length of the stimulus period
 * @param choice 1 to ring size, or 0 if the network kept fixating
 */
public record TrialOutcome(
        long trial, int groundTruth, double coherencePercent, int steps, int stimulusSteps, int choice)
        implements Serializable {
    public boolean correct() {
        return choice == groundTruth;
    }

    public boolean noResponse() {
        return choice == 0;
    }
}
