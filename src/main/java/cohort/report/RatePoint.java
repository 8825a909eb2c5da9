package cohort.report;

/**
 * How often something was chosen at one strength of the evidence.
 *
 * @param strength of the evidence, signed where a figure says so
 * @param rate fraction of the trials, 0 to 1
 * @param low lower end of its interval, or NaN for none
 * @param high upper end of its interval, or NaN for none
 */
public record RatePoint(double strength, double rate, double low, double high) {
    /** A fraction without an interval. */
    public static RatePoint of(double strength, double rate) {
        return new RatePoint(strength, rate, Double.NaN, Double.NaN);
    }
}
