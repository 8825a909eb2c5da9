package cohort.task;

import java.io.Serializable;

/**
 * A period of a task's trials.
 *
 * @param name as configurations and tables have it
 * @param duration how long it lasts
 */
public record PeriodSpec(String name, Duration duration) implements Serializable {}
