package cohort.experiment;

/** A mistake the user can mend: its message is all they see, and the exit code is 2. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
