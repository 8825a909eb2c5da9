package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.cluster.Execution;
import cohort.cluster.ParameterAveraging;
import cohort.config.UserError;
import cohort.network.Parameters;
import cohort.run.RoundReport;
import cohort.run.RunConfiguration;
import cohort.run.TrainingOutcome;
import cohort.run.TrainingState;
import cohort.storage.Files;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A training that ends as soon as the averaged network's held-out loss is low enough. */
final class TrainingToTarget {
    /** Steps of each worker between two looks at the held-out loss, or a round if that is longer. */
    private static final int EVERY = 50;

    private final JavaSparkContext spark;
    private final RunConfiguration run;
    private final double target;
    private double loss = Double.NaN;

    /**
     * What it took.
     *
     * @param sequences trials or windows trained on, all workers together
     */
    record Result(boolean reached, long step, long sequences, double heldOutLoss, double seconds) {}

    TrainingToTarget(SparkSession spark, RunConfiguration run, double target) {
        this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.run = run;
        this.target = target;
    }

    Result run() throws IOException {
        long started = System.nanoTime();
        TrainingState first =
                TrainingState.initial(firstParameters(), run.plan().training().optimizer());
        TrainingOutcome outcome = ParameterAveraging.generating(spark, run.plan(), Execution.ANY)
                .run(first, state -> {
                    long step = state.learner().step();
                    boolean last = step == run.plan().training().steps();
                    if (last || step / EVERY > (step - run.plan().localSteps()) / EVERY) {
                        loss = heldOutLoss(state);
                    }
                    return !(loss <= target);
                });
        TrainingState end = outcome.state();
        return new Result(
                loss <= target,
                end.learner().step(),
                end.rounds().stream().mapToLong(RoundReport::sequences).sum(),
                loss,
                (System.nanoTime() - started) / 1e9);
    }

    private Parameters firstParameters() {
        try {
            return run.spec().firstParameters(new Files(spark.hadoopConfiguration()), told -> {});
        } catch (IOException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private double heldOutLoss(TrainingState state) {
        Parameters parameters =
                new Parameters(run.plan().network(), state.learner().parameters());
        try (EvaluationJob job = new EvaluationJob(spark, run.spec(), parameters)) {
            return job.heldOutLoss();
        }
    }
}
