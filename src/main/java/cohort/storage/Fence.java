package cohort.storage;

import java.io.IOException;
import java.io.Serializable;

/** Keeps those from writing who do not own any more what they write; goes with tasks to executors. */
@FunctionalInterface
public interface Fence extends Serializable {
    /** For what nobody owns. */
    Fence NONE = files -> {};

    /**
     * Is called before something is written.
     *
     * @throws TakenOverException if somebody else owns it now
     */
    void check(Files files) throws IOException;
}
