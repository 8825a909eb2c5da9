package cohort.storage;

import java.io.IOException;

/** Somebody else has taken over what this process worked on: it was silent for too long. Nothing more may be written. */
public final class TakenOverException extends IOException {
    private static final long serialVersionUID = 1;

    TakenOverException(String owned) {
        super(owned
                + " was taken over by another process while this one stood still, or its mark was deleted: this one stops"
                + " here");
    }
}
