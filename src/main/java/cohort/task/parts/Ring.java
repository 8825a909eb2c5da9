package cohort.task.parts;

import cohort.task.Circle;

/** Patterns of activity on a ring of units, of which unit i stands for the angle 2 pi i / size. Angles are in radians. */
public final class Ring {
    /** Standard deviation of a bump. */
    private static final double WIDTH = Math.PI / 8;

    private static final double PEAK = 0.8;

    private Ring() {}

    /** The angle of a unit. */
    public static double angle(int unit, int size) {
        return 2 * Math.PI * unit / size;
    }

    /** The way between two angles around the circle, 0 to pi. */
    public static double distance(double a, double b) {
        return Circle.distance(a, b, 2 * Math.PI);
    }

    /** The unit nearest to an angle. */
    public static int nearest(double angle, int size) {
        return Math.floorMod((int) Math.floor(angle / (2 * Math.PI) * size + 0.5), size);
    }

    /** Cosine tuning: base + scale cos(distance to the angle) of each unit, [size]. */
    public static float[] cosine(int size, double angle, double base, double scale) {
        float[] pattern = new float[size];
        for (int unit = 0; unit < size; unit++) {
            pattern[unit] = (float) (base + scale * Math.cos(angle(unit, size) - angle));
        }
        return pattern;
    }

    /** A bump of 0.8 times the strength at its peak, exp(-(d / (pi / 8))^2 / 2) at a distance d, of each unit, [size]. */
    public static float[] bump(int size, double angle, double strength) {
        float[] pattern = new float[size];
        for (int unit = 0; unit < size; unit++) {
            double distance = distance(angle(unit, size), angle) / WIDTH;
            pattern[unit] = (float) (strength * PEAK * Math.exp(-distance * distance / 2));
        }
        return pattern;
    }
}
