package cohort.cli;

import cohort.config.UserError;
import cohort.storage.OwnedException;
import cohort.storage.Ownership;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.function.Consumer;

/** Claims what a command is going to work on, and tells the user who else does. */
final class Owners {
    private Owners() {}

    /**
     * Claims runs.
     *
     * @param doing "trained", "evaluated", "deleted"
     * @throws UserError if somebody else works on one of them, or nothing can be written
     */
    static Ownership ofRuns(Warehouse warehouse, String doing, Collection<String> runIds, PrintWriter err) {
        return claim(warehouse, waiting -> warehouse.claim(doing, runIds, waiting), err);
    }

    /** Claims a sweep and all its runs; see {@link #ofRuns}. */
    static Ownership ofSweep(
            Warehouse warehouse, String doing, String sweep, Collection<String> runIds, PrintWriter err) {
        return claim(warehouse, waiting -> warehouse.claimSweep(doing, sweep, runIds, waiting), err);
    }

    /** Claims sweeps and runs; see {@link #ofRuns}. */
    static Ownership of(
            Warehouse warehouse, String doing, Collection<String> sweeps, Collection<String> runIds, PrintWriter err) {
        return claim(warehouse, waiting -> warehouse.claim(doing, sweeps, runIds, waiting), err);
    }

    private interface Claim {
        Ownership with(Consumer<String> waiting) throws IOException, OwnedException;
    }

    private static Ownership claim(Warehouse warehouse, Claim claim, PrintWriter err) {
        try {
            return claim.with(err::println);
        } catch (OwnedException e) {
            throw new UserError(e.getMessage(), e);
        } catch (IOException e) {
            throw notWritable(warehouse.root(), e);
        }
    }

    /** What to tell whose warehouse takes nothing. */
    static UserError notWritable(String warehouse, IOException e) {
        return new UserError(
                "warehouse = " + warehouse + ": " + e.getMessage()
                        + "\n       Choose a folder that can be written: --set warehouse=...",
                e);
    }
}
