package cohort.report;

/**
 * Which values a figure shows where they are, and how large a mean can be.
 *
 * @param lowestDrawn what lies below is marked at the end of the axis or of the colours, so that it does not press all others together
 * @param most no true mean is larger: where an interval ends
 */
public record ValueBounds(double lowestDrawn, double most) {
    /** Of efficiency: 0 is guessing, which chance may undercut a little, and on average nobody is better than the ideal observer. */
    public static ValueBounds ofEfficiency() {
        return new ValueBounds(-0.1, 1);
    }

    /** Everything is drawn where it is. */
    static ValueBounds none() {
        return new ValueBounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    boolean isDrawn(double value) {
        return value >= lowestDrawn;
    }
}
