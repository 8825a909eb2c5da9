package cohort.cli;

import cohort.cluster.ExecutorMeasurements;
import cohort.cluster.MixedFleetException;
import cohort.config.Counted;
import cohort.config.UserError;
import cohort.linalg.BlasInfo;
import cohort.run.MixedBlas;
import cohort.run.RunSizes;
import cohort.run.TrainingPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.api.java.JavaSparkContext;

/** Whether the executors can do what is asked of them: give the same bits, and hold what a training needs. */
final class Fleet {
    private static final double MEGABYTE = 1 << 20;

    private Fleet() {}

    /** The executors' BLAS if it is to be the same for all, else null. */
    static BlasInfo commonBlas(JavaSparkContext spark, MixedBlas mixedBlas, PrintWriter err) {
        Map<String, BlasInfo> byExecutor = ExecutorMeasurements.blas(spark);
        List<BlasInfo> kinds = byExecutor.values().stream().distinct().collect(Collectors.toList());
        boolean warn = mixedBlas == MixedBlas.WARN;
        if (kinds.size() > 1) {
            UserError problem = mixed(byExecutor.toString());
            if (!warn) {
                throw problem;
            }
            err.println("warning: " + problem.getMessage());
        }
        return warn ? null : kinds.get(0);
    }

    /**
     * Refuses a training that is sure not to fit the memory, before it begins.
     *
     * @param trainings how many go on side by side where there are cores enough
     */
    static void requireMemory(JavaSparkContext spark, TrainingPlan plan, int trainings) {
        boolean here = spark.isLocal();
        double there =
                here ? Runtime.getRuntime().maxMemory() : spark.getConf().getSizeAsBytes("spark.executor.memory", "1g");
        int atOnce = here ? Math.min(trainings, spark.defaultParallelism()) : 1;
        double needed = atOnce * RunSizes.leastMemory(plan);
        if (needed > there) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "training needs more than %,.0f MB of memory, %s at a time, and %s has %,.0f MB: more of it (%s), or a"
                            + " smaller batch or network",
                    needed / MEGABYTE,
                    Counted.of(atOnce, "worker"),
                    here ? "Java" : "an executor",
                    there / MEGABYTE,
                    here ? "COHORT_DRIVER_MEMORY=4g submit/local ..." : "--executor-memory"));
        }
    }

    /** Throws what a failure is really about, if that is the fleet: it is mixed, or gone. */
    static void explain(Throwable failure, JavaSparkContext spark) {
        int mixed = ExceptionUtils.indexOfType(failure, MixedFleetException.class);
        if (mixed >= 0) {
            throw mixed(ExceptionUtils.getThrowables(failure)[mixed].getMessage());
        }
        if (spark.sc().isStopped()) {
            throw new IllegalStateException(
                    "the cluster ended this application: its master is gone, or somebody killed it", failure);
        }
    }

    private static UserError mixed(String what) {
        return new UserError("executors differ in the last bits of their matrix products: " + what
                + "\n       Set OPENBLAS_CORETYPE to one kernel of OpenBLAS for all"
                + " (--conf spark.executorEnv.OPENBLAS_CORETYPE=...), or cluster.mixed-blas=warn;"
                + "\n       if processors are alike, BLIS on all of them or on none will do");
    }
}
