package cohort.cluster;

import cohort.linalg.Blas;
import cohort.linalg.BlasInfo;
import org.apache.spark.SparkEnv;

/** An executor's matrix products differ in their last bits from those of the executors before it. */
public final class MixedFleetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MixedFleetException(String message) {
        super(message);
    }

    /**
     * Checks this executor, which may have replaced a lost one; the check before the first task could not see it.
     *
     * @param expected the BLAS it must have, or null if any will do
     */
    public static void throwUnless(BlasInfo expected) {
        BlasInfo found = Blas.instance().info();
        if (expected != null && !found.equals(expected)) {
            throw new MixedFleetException(
                    "executor " + SparkEnv.get().executorId() + " runs " + found + ", those before it " + expected);
        }
    }
}
