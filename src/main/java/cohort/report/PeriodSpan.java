package cohort.report;

/**
 * Where a period of a trial lies.
 *
 * @param name for instance "stimulus"
 * @param start its first step
 * @param end the step after its last one; the same as start if the trial has no such period
 */
public record PeriodSpan(String name, int start, int end) {}
