package cohort.task;

/** The periods of a trial, in the order they follow each other. */
public enum Period {
    /** The animal fixates; no stimulus yet. */
    FIXATION,
    /** The stimulus is shown. */
    STIMULUS,
    /** The stimulus is gone and the response not yet asked for. */
    DELAY,
    /** The response is asked for. */
    DECISION;

    /** The name used in configurations and tables. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
