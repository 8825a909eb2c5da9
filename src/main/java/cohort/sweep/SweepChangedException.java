package cohort.sweep;

/** A sweep was begun with other runs, or other rungs, and with early stopping these cannot be changed. */
public final class SweepChangedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SweepChangedException() {
        super(
                "this sweep began with other runs or other rungs; with early stopping that cannot be changed: give it another"
                        + " name, --set name=...");
    }
}
