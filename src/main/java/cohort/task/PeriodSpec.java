package cohort.task;

import java.io.Serializable;

/**
 * A period of a task's trials.
 *
 * @param name as configurations and tables have it
 * @param duration how long it lasts
 */
public record PeriodSpec(String name, Duration duration) implements Serializable {
    /**
     * The period with bounds a step wider on either side, for tasks that do not floor each period to whole steps.
     *
     * @param dtMillis length of a step in milliseconds
     */
    public PeriodSpec loosened(double dtMillis) {
        return new PeriodSpec(
                name,
                new Duration.Uniform(Math.max(0, duration.minMillis() - dtMillis), duration.maxMillis() + dtMillis));
    }
}
