package cohort.report;

/**
 * Response times at one place of an axis, in milliseconds.
 *
 * @param place strength of the evidence, or number of the condition from 0 on
 * @param mean their mean
 * @param low lower end of what most of them lie in, or NaN for none
 * @param high upper end of what most of them lie in, or NaN for none
 */
public record TimePoint(double place, double mean, double low, double high) {}
