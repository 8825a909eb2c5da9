package cohort.experiment;

import cohort.task.Duration;
import cohort.task.FixationMode;
import cohort.task.PerceptualDecisionSpec;
import cohort.task.Period;
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
        PerceptualDecisionSpec task = run.plan().task();
        shortened(task, notes);
        if (task.coherencesPercent().stream().allMatch(coherence -> coherence <= 1)
                && task.coherencesPercent().stream().anyMatch(coherence -> coherence > 0)) {
            notes.add("task.coherences = " + task.coherencesPercent()
                    + " are percent: the strongest evidence is 1 % at most; a fraction of 1 is written 100");
        }
        Duration delay = task.delay();
        if (task.fixationMode() == FixationMode.FIXATION_ONLY
                && task.steps(delay.minMillis()) != task.steps(delay.maxMillis())) {
            notes.add(
                    "the network cannot know when to answer: with task.fixation = fixation-only nothing marks the end of a"
                            + " delay whose length varies; until-decision has a go cue");
        }
        if (run.plan().training().optimizer() instanceof Optimizer.Adam adam
                && adam.weightDecay() > 0
                && (float) (1 - run.plan().training().schedule().peak() * adam.weightDecay()) == 1) {
            notes.add("training.optimizer.weight-decay = " + adam.weightDecay()
                    + " times the learning rate changes no weight in single precision");
        }
        return notes;
    }

    /** Durations that are no whole number of steps, and what becomes of them. */
    private static void shortened(PerceptualDecisionSpec task, List<String> notes) {
        Set<String> changes = new LinkedHashSet<>();
        for (Period period : Period.values()) {
            for (double millis : named(task.duration(period))) {
                double kept = task.steps(millis) * task.dtMillis();
                if (Math.abs(kept - millis) > 1e-6 * task.dtMillis()) {
                    changes.add(period.label() + " " + plain(millis) + " ms becomes " + plain(kept));
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
