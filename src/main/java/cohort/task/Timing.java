package cohort.task;

import cohort.config.Settings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The periods of a task's trials, one after the other, and how long they last.
 *
 * @param dtMillis length of a step in milliseconds; every duration is floored to a multiple of it
 * @param periods in the order they follow each other
 */
public record Timing(double dtMillis, List<PeriodSpec> periods) implements Serializable {
    public Timing {
        Duration.requireDt(dtMillis);
        periods = List.copyOf(periods);
    }

    /** The periods of these names, in their order, each as long as its key of task.timing says, in steps of task.dt. */
    public static Timing of(Settings settings, String... names) {
        List<PeriodSpec> periods = new ArrayList<>();
        for (String name : names) {
            periods.add(new PeriodSpec(name, DurationSetting.of(settings, "task.timing." + name)));
        }
        return new Timing(TaskFactory.dtMillis(settings), periods);
    }

    /**
     * Refuses periods that can vanish.
     *
     * @param places of those that must last a step at least
     * @throws IllegalArgumentException if one of them can be shorter
     */
    public void requireStep(int... places) {
        for (int place : places) {
            duration(place).requireStep(periods.get(place).name(), dtMillis);
        }
    }

    /** How long a period lasts. */
    public Duration duration(int place) {
        return periods.get(place).duration();
    }

    /** How long a period of a trial is, as a factor has it: NaN if lengths are continuous, since each trial would be a condition. */
    public double factorMillis(Trial trial, int place) {
        return duration(place).isContinuous() ? Double.NaN : trial.steps(place) * dtMillis;
    }

    /** Draws the length of each period. */
    public void draw(UniformRandomProvider random, Trial into) {
        for (int place = 0; place < periods.size(); place++) {
            into.setSteps(place, drawSteps(random, place));
        }
    }

    /** Draws the length of a period, in steps. */
    public int drawSteps(UniformRandomProvider random, int place) {
        return steps(duration(place).sampleMillis(random));
    }

    /** Whole steps in a duration. */
    public int steps(double millis) {
        return Duration.steps(millis, dtMillis);
    }
}
