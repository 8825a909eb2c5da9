package cohort.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.util.SignalUtils;

/**
 * Ctrl-C, and the signal that takes a machine away, during a training: the first one asks it to stop after the round that is
 * running, the second one ends the process. Before and after the training both end the process at once.
 */
final class StopRequest implements AutoCloseable {
    private static final String[] SIGNALS = {"INT", "TERM"};

    private final PrintWriter err;
    private final String answer;
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean listening = true;

    /**
     * Prepares to listen.
     *
     * @param answer what to say to the first request
     */
    StopRequest(PrintWriter err, String answer) {
        this.err = err;
        this.answer = answer;
    }

    /** Begins to listen; after a progress bar is made, for on a terminal its library takes Ctrl-C back to ending the process. */
    void listen() {
        for (String signal : SIGNALS) {
            SignalUtils.register(signal, () -> {
                boolean first = listening && requested.compareAndSet(false, true);
                if (first) {
                    err.println("\n" + answer + "; once more ends at once.");
                }
                return first; // false: let the signal do what it does otherwise
            });
        }
    }

    boolean isMade() {
        return requested.get();
    }

    @Override
    public void close() {
        listening = false;
    }
}
