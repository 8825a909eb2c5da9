package cohort.task;

import java.io.Serializable;

/**
 * What a task's psychometric function is drawn over. The factor is the strength of the evidence, at least 0, for the trial's answer; with
 * two choices it is given a sign, positive where the answer is the positive choice.
 *
 * @param factor name of the factor
 * @param period name of the period in which the evidence is shown
 * @param positive choice that counts as a positive response, where there are two
 */
public record Psychometry(String factor, String period, int positive) implements Serializable {}
