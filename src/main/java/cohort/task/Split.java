package cohort.task;

import java.util.Locale;

/** Which of three sets a trial belongs to; no trial of one set is ever drawn with the random numbers of another. */
public enum Split {
    /** Trials that gradients are computed from. */
    TRAIN(Purpose.TRAIN),
    /** Trials the held-out loss is computed from. */
    VALIDATION(Purpose.VALIDATION),
    /** Trials the choices and accuracies are computed from. */
    TEST(Purpose.TEST);

    private final Purpose purpose;

    Split(Purpose purpose) {
        this.purpose = purpose;
    }

    /** The name used in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Purpose purpose() {
        return purpose;
    }
}
