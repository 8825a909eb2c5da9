package cohort.run;

import cohort.evaluation.AccuracyTally;

/** What the test of a trained network has found. Close it when nobody reads it any more. */
public interface RunTest extends AutoCloseable {
    /** Counts of the answers in held-out trials. */
    AccuracyTally tally();

    /** The mean held-out loss, in the unit of {@link cohort.training.Loss#unit()}. */
    double loss();

    @Override
    default void close() {}
}
