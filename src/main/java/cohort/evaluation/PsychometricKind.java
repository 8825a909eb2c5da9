package cohort.evaluation;

import java.util.Locale;

/** What a psychometric function is fitted to. */
public enum PsychometricKind {
    /** How often the second of two choices is taken, over the signed coherence. */
    CHOICE,
    /** How often the choice is right, over the coherence. */
    ACCURACY;

    /** The name in tables: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
