package cohort.cluster;

import cohort.evaluation.AccuracyTally;
import cohort.evaluation.TrialOutcome;
import cohort.network.Parameters;
import cohort.run.AveragingRounds;
import cohort.run.RunEngine;
import cohort.run.RunSpec;
import cohort.run.RunTest;
import cohort.run.TrainingOutcome;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import cohort.task.Split;
import java.io.IOException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** All slots together: each logical worker is a task. */
public final class ClusterEngine implements RunEngine<ClusterEngine.Test> {
    private final JavaSparkContext spark;
    private final Trainer trainer;

    /** Makes what trains a plan. */
    public interface Trainer {
        ParameterAveraging of(TrainingPlan plan) throws IOException;
    }

    /** What it has found; the outcomes of trials stay where they are. */
    public static final class Test implements RunTest {
        private final EvaluationJob job;
        private final EvaluationJob.Result result;
        private final double loss;

        private Test(EvaluationJob job) {
            this.job = job;
            this.result = job.accuracy();
            this.loss = job.heldOutLoss();
        }

        /** One for each trial, in their order, still distributed; until this is closed. */
        public JavaRDD<TrialOutcome> outcomes() {
            return result.outcomes();
        }

        @Override
        public AccuracyTally tally() {
            return result.tally();
        }

        @Override
        public double loss() {
            return loss;
        }

        @Override
        public void close() {
            job.close();
        }
    }

    /** Trains as somebody else says. */
    public ClusterEngine(JavaSparkContext spark, Trainer trainer) {
        this.spark = spark;
        this.trainer = trainer;
    }

    /** Trains on trials that are generated on the fly. */
    public static ClusterEngine generating(JavaSparkContext spark, Execution execution) {
        return new ClusterEngine(spark, plan -> ParameterAveraging.generating(spark, plan, execution));
    }

    @Override
    public TrainingOutcome train(TrainingPlan plan, TrainingState from, AveragingRounds.AfterRound afterRound)
            throws IOException {
        return trainer.of(plan).run(from, afterRound);
    }

    @Override
    public Test test(RunSpec run, Parameters network) {
        return new Test(new EvaluationJob(spark, run, network));
    }

    @Override
    public AccuracyTally accuracy(RunSpec run, Parameters network, Split split) {
        try (EvaluationJob job = new EvaluationJob(spark, run, network)) {
            return job.accuracy(split).tally();
        }
    }

    @Override
    public double loss(RunSpec run, Parameters network) {
        try (EvaluationJob job = new EvaluationJob(spark, run, network)) {
            return job.heldOutLoss();
        }
    }
}
