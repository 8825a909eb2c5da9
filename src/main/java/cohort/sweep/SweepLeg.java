package cohort.sweep;

import cohort.run.RunSpec;
import java.io.Serializable;

/**
 * What a sweep does of a run in one go.
 *
 * @param run the run
 * @param until optimizer steps after which it waits, at the end of a round
 * @param reasonToStop what table runs says if it is not called up again after that
 */
record SweepLeg(RunSpec run, long until, String reasonToStop) implements Serializable {
    /** All that is left of a run. */
    static SweepLeg toTheEnd(RunSpec run) {
        return new SweepLeg(run, run.plan().training().steps(), "");
    }

    /** Fraction of the run's steps that are to have been done. */
    double fraction() {
        return Math.min(1, (double) until / run.plan().training().steps());
    }
}
