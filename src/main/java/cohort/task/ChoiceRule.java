package cohort.task;

/** How a choice is read from the outputs of a trial. */
public enum ChoiceRule {
    /** The largest output at the trial's last step, as in the tutorial. */
    LAST_STEP,
    /** The largest output on average over the decision period. */
    DECISION_MEAN
}
