package cohort.storage;

/** Somebody else works on what one wants to work on; the message says who. */
public final class OwnedException extends Exception {
    private static final long serialVersionUID = 1;

    OwnedException(String message) {
        super(message);
    }
}
