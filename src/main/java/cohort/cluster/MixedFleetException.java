package cohort.cluster;

/** Executors whose matrix products differ in their last bits. */
public final class MixedFleetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MixedFleetException(String message) {
        super(message);
    }
}
