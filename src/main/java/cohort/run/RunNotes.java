package cohort.run;

import cohort.task.Duration;
import cohort.task.PeriodSpec;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.training.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is allowed in a configuration, and may yet be another thing than its author had in mind. */
final class RunNotes {
    private RunNotes() {}

    static List<String> of(RunConfiguration run) {
        List<String> notes = new ArrayList<>();
        Task task = run.plan().task();
        shortened(task.signature(), notes);
        notes.addAll(task.notes());
        if (run.plan().training().optimizer() instanceof Optimizer.Adam adam
                && adam.weightDecay() > 0
                && (float) (1 - run.plan().training().schedule().peak() * adam.weightDecay()) == 1) {
            notes.add("training.optimizer.weight-decay = " + adam.weightDecay()
                    + " times the learning rate changes no weight in single precision");
        }
        return notes;
    }

    /** Durations that are no whole number of steps, and what becomes of them. */
    private static void shortened(Signature task, List<String> notes) {
        Set<String> changes = new LinkedHashSet<>();
        for (PeriodSpec period : task.periods()) {
            for (double millis : named(period.duration())) {
                double kept = Duration.steps(millis, task.dtMillis()) * task.dtMillis();
                if (Math.abs(kept - millis) > 1e-6 * task.dtMillis()) {
                    changes.add(period.name() + " " + plain(millis) + " ms becomes " + plain(kept));
                }
            }
        }
        if (!changes.isEmpty()) {
            notes.add("durations are whole steps of task.dt = " + plain(task.dtMillis()) + " ms: "
                    + String.join(", ", changes));
        }
    }

    /** The durations that stand in a configuration; of a continuous distribution its ends. */
    private static List<Double> named(Duration duration) {
        return duration instanceof Duration.Choice choice
                ? choice.millis()
                : List.of(duration.minMillis(), duration.maxMillis());
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Float.toString((float) value);
    }
}
