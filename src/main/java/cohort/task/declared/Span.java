package cohort.task.declared;

import cohort.task.Duration;
import cohort.task.Trial;
import java.io.Serializable;

/**
 * When something is done: throughout periods that follow each other, or in a part of one.
 *
 * @param first place of the first period
 * @param last place of the last period
 * @param dtMillis length of a step in milliseconds
 * @param after milliseconds from the beginning of the first period; null: none
 * @param lasting for how many milliseconds; null: to the end of the last period
 */
record Span(int first, int last, double dtMillis, Amount after, Amount lasting) implements Serializable {
    boolean isComplete() {
        return after == null && lasting == null;
    }

    int from(Trial trial) {
        int start = trial.start(first);
        return after == null ? start : Math.min(trial.end(last), start + Duration.steps(after.of(trial), dtMillis));
    }

    int end(Trial trial) {
        int end = trial.end(last);
        return lasting == null ? end : Math.min(end, from(trial) + Duration.steps(lasting.of(trial), dtMillis));
    }
}
