package cohort.task;

import java.io.Serializable;
import java.util.List;

/** When the periods of a trial begin and end, in steps. */
public final class Timeline implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<String> names;
    private final int[] ends;

    /**
     * The periods of a trial.
     *
     * @param names in the order the periods follow each other
     * @param ends step after the last one of each, as many
     * @throws IllegalArgumentException if there are not as many, or one ends before its start
     */
    public Timeline(List<String> names, int... ends) {
        if (names.size() != ends.length) {
            throw new IllegalArgumentException("there are not " + names.size() + " ends of periods: " + ends.length);
        }
        int start = 0;
        for (int end : ends) {
            if (end < start) {
                throw new IllegalArgumentException("a period ends at step " + end + ", before its start at " + start);
            }
            start = end;
        }
        this.names = List.copyOf(names);
        this.ends = ends.clone();
    }

    /** Names of the periods, in their order. */
    public List<String> periods() {
        return names;
    }

    /** Length of the trial in steps. */
    public int steps() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /** First step of a period; equal to {@link #end} if the period has no step in this trial. */
    public int start(String period) {
        int p = index(period);
        return p == 0 ? 0 : ends[p - 1];
    }

    /** Step after the last one of a period. */
    public int end(String period) {
        return ends[index(period)];
    }

    /** The period that a step, 0 to {@code steps() - 1}, belongs to. */
    public String periodAt(int step) {
        int p = 0;
        while (step >= ends[p]) {
            p++;
        }
        return names.get(p);
    }

    private int index(String period) {
        int p = names.indexOf(period);
        if (p < 0) {
            throw new IllegalArgumentException("there is no period " + period + ", but " + names);
        }
        return p;
    }
}
