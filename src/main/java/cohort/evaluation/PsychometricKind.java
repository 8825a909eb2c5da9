package cohort.evaluation;

import java.util.Locale;

/** What a psychometric function is fitted to. */
public enum PsychometricKind {
    /** How often the positive one of two choices is taken, over the signed strength. */
    CHOICE,
    /** How often the choice is right, over the strength. */
    ACCURACY;

    /** The name in tables: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
