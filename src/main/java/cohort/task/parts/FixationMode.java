package cohort.task.parts;

/** When the fixation input is on. */
public enum FixationMode {
    /** In fixation, stimulus and delay, so that its end is the go cue: neurogym up to 2.0, and the tutorial. */
    UNTIL_DECISION,
    /** In the fixation period only: neurogym from 2.1 on. */
    FIXATION_ONLY;

    /**
     * Whether the input is on in a period of a trial that begins with fixation.
     *
     * @param period place of the period, from 0 on
     * @param decision place of the period in which the decision is asked for
     */
    public boolean isOn(int period, int decision) {
        return period == 0 || (this == UNTIL_DECISION && period != decision);
    }
}
