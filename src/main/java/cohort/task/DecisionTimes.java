package cohort.task;

/**
 * What can be expected of who answers at any time: how often it is right, and when.
 *
 * @param accuracy probability of the right answer
 * @param meanMillis mean response time
 * @param rightMillis mean response time of right answers; NaN if there are none
 * @param wrongMillis mean response time of wrong answers; NaN if there are none
 */
public record DecisionTimes(double accuracy, double meanMillis, double rightMillis, double wrongMillis) {}
