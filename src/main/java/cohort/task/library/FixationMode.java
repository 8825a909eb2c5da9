package cohort.task.library;

/** When the fixation input is on. */
public enum FixationMode {
    /** In fixation, stimulus and delay, so that its end is the go cue: neurogym up to 2.0, and the tutorial. */
    UNTIL_DECISION,
    /** In the fixation period only: neurogym from 2.1 on. */
    FIXATION_ONLY;

    boolean isOn(int period) {
        return period == PerceptualDecisionMaking.FIXATION
                || (this == UNTIL_DECISION && period != PerceptualDecisionMaking.DECISION);
    }
}
