package cohort.evaluation;

import cohort.task.Period;
import java.io.Serializable;
import java.util.List;

/** What the units of a network did in one held-out trial. Immutable, except that {@link #states()} is not copied. */
public final class TrialActivity implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Period[] PERIODS = Period.values();

    private final TrialOutcome outcome;
    private final int[] periodEnds;
    private final int units;
    private final float[] states;

    /**
     * Keeps the states of a trial, which are not copied.
     *
     * @param outcome the trial and what the network chose
     * @param periodEnds step after the last one of each {@link Period}, in their order
     * @param units number of units, at least 1
     * @param states h, [step, unit], finite, of the trial's steps alone
     * @throws IllegalArgumentException if sizes do not fit, or a state is not finite
     */
    public TrialActivity(TrialOutcome outcome, int[] periodEnds, int units, float[] states) {
        if (units < 1) {
            throw new IllegalArgumentException("number of units is not at least 1: " + units);
        }
        if (states.length != outcome.steps() * units) {
            throw new IllegalArgumentException("there are " + states.length + " states; steps " + outcome.steps()
                    + " x units " + units + " needs " + outcome.steps() * units);
        }
        requirePeriods(periodEnds, outcome.steps());
        for (float state : states) {
            if (!Float.isFinite(state)) {
                throw new IllegalArgumentException("a state of trial " + outcome.trial() + " is not finite: " + state);
            }
        }
        this.outcome = outcome;
        this.periodEnds = periodEnds.clone();
        this.units = units;
        this.states = states;
    }

    private static void requirePeriods(int[] periodEnds, int steps) {
        if (periodEnds.length != PERIODS.length) {
            throw new IllegalArgumentException(
                    "there are not " + PERIODS.length + " ends of periods: " + periodEnds.length);
        }
        int start = 0;
        for (int end : periodEnds) {
            if (end < start) {
                throw new IllegalArgumentException("a period ends at step " + end + ", before its start at " + start);
            }
            start = end;
        }
        if (start != steps) {
            throw new IllegalArgumentException("the last period ends at step " + start + ", the trial at " + steps);
        }
    }

    /**
     * The number of units that all of these have.
     *
     * @throws IllegalArgumentException if there are none, or they are of different networks
     */
    static int units(List<TrialActivity> activities) {
        if (activities.isEmpty()) {
            throw new IllegalArgumentException("there are no trials");
        }
        int units = activities.get(0).units;
        for (TrialActivity activity : activities) {
            if (activity.units != units) {
                throw new IllegalArgumentException(
                        "trials have different numbers of units: " + units + " and " + activity.units);
            }
        }
        return units;
    }

    public TrialOutcome outcome() {
        return outcome;
    }

    /** Length of the trial in steps. */
    public int steps() {
        return outcome.steps();
    }

    public int units() {
        return units;
    }

    /** h, [step, unit]. */
    public float[] states() {
        return states;
    }

    /** First step of a period; equal to {@link #end} if the period has no step in this trial. */
    public int start(Period period) {
        return period.ordinal() == 0 ? 0 : periodEnds[period.ordinal() - 1];
    }

    /** Step after the last one of a period. */
    public int end(Period period) {
        return periodEnds[period.ordinal()];
    }

    /** The period that a step, 0 to {@code steps() - 1}, belongs to. */
    public Period periodAt(int step) {
        int p = 0;
        while (step >= periodEnds[p]) {
            p++;
        }
        return PERIODS[p];
    }
}
