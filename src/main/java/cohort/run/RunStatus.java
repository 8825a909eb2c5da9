package cohort.run;

import java.util.Locale;
import java.util.Optional;

/** How a run stands, as table runs says. */
public enum RunStatus {
    /** No training at all: the test of a model from elsewhere. */
    EVALUATED,
    /** Trained to its end. */
    TRAINED,
    /** Its loss, or a gradient, became infinite or no number. */
    DIVERGED,
    /** Broken off by an error. */
    FAILED,
    /** Broken off because it took too long. */
    TIMED_OUT,
    /** Given up for others that did better. */
    STOPPED,
    /** It waits at a rung of its sweep, and has a checkpoint there; never in a table. */
    PAUSED;

    /** The name in tables: lower case with dashes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status of this name in tables; empty for one that this version does not know. */
    public static Optional<RunStatus> of(String label) {
        for (RunStatus status : values()) {
            if (status.label().equals(label)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
