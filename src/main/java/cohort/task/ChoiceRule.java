package cohort.task;

/** How a choice is read from the outputs of a trial. */
public enum ChoiceRule {
    /** The largest output at the trial's last step, as in the tutorial. */
    LAST_STEP,
    /** The largest output on average over the decision period. */
    DECISION_MEAN,
    /**
     * The first output to exceed a threshold; see {@link Response#crossing}, which makes it of the response of any rule. Tasks are not asked
     * for it.
     */
    FIRST_CROSSING
}
