package cohort.task;

/** Distances around a circle, whatever unit its angles have. */
public final class Circle {
    private Circle() {}

    /**
     * The way between two angles around a circle, 0 to whole / 2: |IEEEremainder(a - b, whole)|, to the bit, but without its long
     * division where the angles are not far more than a turn apart. The one subtraction there is exact, as the remainder is (Sterbenz
     * 1974: that of numbers within a factor of two of each other).
     *
     * @param whole a turn: 360, or 2 pi
     */
    public static double distance(double a, double b, double whole) {
        double apart = Math.abs(a - b);
        if (apart <= whole / 2) {
            return apart;
        }
        return Math.abs(apart <= 1.25 * whole ? apart - whole : Math.IEEEremainder(apart, whole));
    }
}
