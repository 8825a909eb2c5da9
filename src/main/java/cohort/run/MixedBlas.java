package cohort.run;

/** What to do where executors' matrix products differ. */
public enum MixedBlas {
    STOP,
    WARN
}
