package cohort.experiment;

/** What to do where executors' matrix products differ. */
public enum MixedBlas {
    STOP,
    WARN
}
