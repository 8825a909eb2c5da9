package cohort.evaluation;

import cohort.task.Timeline;
import java.io.Serializable;
import java.util.List;

/** What the units of a network did in one held-out trial. Immutable, except that {@link #states()} is not copied. */
public final class TrialActivity implements Serializable {
    private static final long serialVersionUID = 1;

    private final TrialOutcome outcome;
    private final Timeline timeline;
    private final int units;
    private final float[] states;

    /**
     * Keeps the states of a trial, which are not copied.
     *
     * @param outcome the trial and what the network chose
     * @param timeline when its periods begin and end
     * @param units number of units, at least 1
     * @param states h, [step, unit], finite, of the trial's steps alone
     * @throws IllegalArgumentException if sizes do not fit, or a state is not finite
     */
    public TrialActivity(TrialOutcome outcome, Timeline timeline, int units, float[] states) {
        if (units < 1) {
            throw new IllegalArgumentException("number of units is not at least 1: " + units);
        }
        if (states.length != outcome.steps() * units) {
            throw new IllegalArgumentException("there are " + states.length + " states; steps " + outcome.steps()
                    + " x units " + units + " needs " + outcome.steps() * units);
        }
        if (timeline.steps() != outcome.steps()) {
            throw new IllegalArgumentException(
                    "the last period ends at step " + timeline.steps() + ", the trial at " + outcome.steps());
        }
        for (float state : states) {
            if (!Float.isFinite(state)) {
                throw new IllegalArgumentException("a state of trial " + outcome.trial() + " is not finite: " + state);
            }
        }
        this.outcome = outcome;
        this.timeline = timeline;
        this.units = units;
        this.states = states;
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

    /** When its periods begin and end. */
    public Timeline timeline() {
        return timeline;
    }
}
