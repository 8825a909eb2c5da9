package cohort.task;

import cohort.config.Kind;
import cohort.config.Kinds;
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

    /** Name of the family of tasks that it belongs to. */
    default String family() {
        return name();
    }

    /** Whether its defaults alone are a task; else it is one only with what a configuration adds. */
    default boolean isWhole() {
        return true;
    }

    /**
     * The task.
     *
     * @throws cohort.config.UserError if a setting is not allowed; {@link Settings#within} makes one of what a constructor refuses
     */
    Task of(Settings settings);

    /** The task that a configuration chooses. */
    static Task chosen(Settings settings) {
        return Kinds.named("task", settings.text("task.kind"))
                .filter(TaskFactory.class::isInstance)
                .map(TaskFactory.class::cast)
                .orElseThrow(() -> settings.error("task.kind", "is no task"))
                .of(settings);
    }

    /** Length of a time step, key task.dt of all tasks, in milliseconds. */
    static double dtMillis(Settings settings) {
        return settings.single(
                "task.dt", "milliseconds above 0, an hour at most", value -> value > 0 && value <= Duration.MAX_MILLIS);
    }
}
