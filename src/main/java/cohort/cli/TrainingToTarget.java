package cohort.cli;

import cohort.cluster.ClusterEngine;
import cohort.cluster.Execution;
import cohort.config.UserError;
import cohort.network.Parameters;
import cohort.run.RoundReport;
import cohort.run.RunConfiguration;
import cohort.run.RunMachine;
import cohort.run.RunSpec;
import cohort.run.Stage;
import cohort.run.TrainingState;
import cohort.run.Until;
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
        int every = Math.max(1, EVERY / run.plan().localSteps());
        RunSpec spec = run.spec().withUntil(new Until(Until.Figure.LOSS, target, every));
        RunMachine<ClusterEngine.Test> machine =
                new RunMachine<>(spec, ClusterEngine.generating(spark, Execution.ANY), new RunMachine.Watcher() {
                    @Override
                    public boolean afterRound(TrainingState state) {
                        return true;
                    }

                    @Override
                    public void stage(Stage stage) {}
                });
        TrainingState end = machine.train(TrainingState.initial(
                        firstParameters(), run.plan().training().optimizer()))
                .state();
        double loss = machine.loss(end);
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
}
