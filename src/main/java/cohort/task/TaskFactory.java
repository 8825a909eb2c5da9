package cohort.task;

import cohort.config.Kind;
import cohort.config.Settings;

/** A kind of task: makes it from the settings that a configuration has for it. */
public interface TaskFactory extends Kind {
    @Override
    default String section() {
        return "task";
    }

    /** What the task is, in a sentence or two. */
    default String about() {
        return "";
    }

    /** Where the task comes from: a publication, or a collection of tasks. */
    default String source() {
        return "";
    }

    /** Whether it is a task with all keys at their defaults; else it only becomes one by what a configuration says. */
    default boolean isComplete() {
        return true;
    }

    /** Name of the family of tasks that it belongs to. */
    default String family() {
        return name();
    }

    /**
     * The task.
     *
     * @throws cohort.config.UserError if a setting is not allowed; {@link Settings#within} makes one of what a constructor refuses
     */
    Task of(Settings settings);

    /** The task that a configuration chooses. */
    static Task chosen(Settings settings) {
        return ((TaskFactory) settings.kind("task")).of(settings);
    }

    /** Length of a time step, key task.dt of all tasks, in milliseconds. */
    static double dtMillis(Settings settings) {
        return settings.single(
                "task.dt", "milliseconds above 0, an hour at most", value -> value > 0 && value <= Duration.MAX_MILLIS);
    }
}
