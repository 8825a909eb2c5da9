package cohort.task.parts;

import cohort.config.Settings;
import cohort.task.Duration;
import java.io.Serializable;

/**
 * How far off an interval that was produced may be, before it or after: margin x the interval that is asked for + leeway.
 *
 * @param margin a fraction, from 0 to 1
 * @param leewayMillis in milliseconds
 */
public record Tolerance(double margin, double leewayMillis) implements Serializable {
    /** Beyond this fraction of a step, intervals that ought to be equal are. */
    private static final double ROUNDING = 1e-6;

    public Tolerance {
        require(margin, leewayMillis);
    }

    /**
     * Refuses what is no tolerance.
     *
     * @throws IllegalArgumentException if margin or leeway is out of bounds
     */
    public static void require(double margin, double leewayMillis) {
        if (!(margin >= 0 && margin <= 1)) {
            throw new IllegalArgumentException("margin is not a fraction from 0 to 1: " + margin);
        }
        if (!(leewayMillis >= 0 && leewayMillis <= Duration.MAX_MILLIS)) {
            throw new IllegalArgumentException(
                    "leeway is not between 0 and " + (long) Duration.MAX_MILLIS + " ms: " + leewayMillis);
        }
    }

    /** That of the keys task.margin and task.leeway. */
    public static Tolerance of(Settings settings) {
        return new Tolerance(
                settings.number("task.margin", "a fraction from 0 to 1", v -> v >= 0 && v <= 1),
                settings.number(
                        "task.leeway", "milliseconds, an hour at most", v -> v >= 0 && v <= Duration.MAX_MILLIS));
    }

    /**
     * Whether an interval of whole steps is right.
     *
     * @param producedSteps how long it was
     * @param dueMillis how long it should have been
     * @param dtMillis length of a step
     */
    public boolean allows(int producedSteps, double dueMillis, double dtMillis) {
        return Math.abs(producedSteps * dtMillis - dueMillis)
                <= margin * dueMillis + leewayMillis + ROUNDING * dtMillis;
    }
}
