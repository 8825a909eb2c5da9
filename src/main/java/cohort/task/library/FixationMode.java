package cohort.task.library;

import cohort.task.Period;

/** When the fixation input is on. */
public enum FixationMode {
    /** In fixation, stimulus and delay, so that its end is the go cue: neurogym up to 2.0, and the tutorial. */
    UNTIL_DECISION,
    /** In the fixation period only: neurogym from 2.1 on. */
    FIXATION_ONLY;

    boolean isOn(Period period) {
        return period == Period.FIXATION || (this == UNTIL_DECISION && period != Period.DECISION);
    }
}
