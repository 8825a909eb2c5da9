package cohort.evaluation;

import java.io.Serializable;

/**
 * How many trials of one condition ended in one choice.
 *
 * @param coherencePercent strength of the evidence in percent
 * @param groundTruth the correct choice, 1 to ring size
 * @param choice 1 to ring size, or 0 for no response
 * @param trials number of trials
 */
public record ChoiceCount(double coherencePercent, int groundTruth, int choice, long trials) implements Serializable {}
