package cohort.task;

import java.io.Serializable;
import java.util.List;

/**
 * What others know of a task.
 *
 * @param dtMillis length of a step in milliseconds; every duration is floored to a multiple of it
 * @param inputs input channels of a trial
 * @param outputs outputs that a trial asks for
 * @param periods the periods of a trial, in the order they follow each other
 */
public record Signature(double dtMillis, int inputs, int outputs, List<PeriodSpec> periods) implements Serializable {
    public Signature {
        periods = List.copyOf(periods);
    }

    /** Length of the shortest possible trial in steps. */
    public int minSteps() {
        return periods.stream()
                .mapToInt(period -> Duration.steps(period.duration().minMillis(), dtMillis))
                .sum();
    }

    /** Length of the longest possible trial in steps. */
    public int maxSteps() {
        return periods.stream()
                .mapToInt(period -> Duration.steps(period.duration().maxMillis(), dtMillis))
                .sum();
    }
}
