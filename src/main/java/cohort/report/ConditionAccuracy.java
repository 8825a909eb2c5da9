package cohort.report;

/**
 * How often a network was right in one condition.
 *
 * @param label what the condition is called
 * @param accuracy fraction of right answers
 * @param low lower end of its interval
 * @param high upper end of its interval
 * @param ideal accuracy of the ideal observer, or NaN
 */
public record ConditionAccuracy(String label, double accuracy, double low, double high, double ideal) {}
