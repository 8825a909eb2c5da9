package cohort.cluster;

import cohort.evaluation.AccuracyTally;
import cohort.network.Parameters;
import cohort.run.AveragingRounds;
import cohort.run.RunEngine;
import cohort.run.RunSpec;
import cohort.run.TrainingOutcome;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;

/** All slots together: each logical worker is a task. */
public final class ClusterEngine implements RunEngine {
    private final JavaSparkContext spark;
    private final Execution execution;
    private final BooleanSupplier goesOn;

    public ClusterEngine(JavaSparkContext spark, Execution execution, BooleanSupplier goesOn) {
        this.spark = spark;
        this.execution = execution;
        this.goesOn = goesOn;
    }

    @Override
    public TrainingOutcome train(TrainingPlan plan, TrainingState from, AveragingRounds.AfterRound afterRound)
            throws IOException {
        return ParameterAveraging.generating(spark, plan, execution).run(from, state -> {
            if (!goesOn.getAsBoolean()) {
                throw new TaskKilledException();
            }
            return afterRound.accept(state);
        });
    }

    @Override
    public AccuracyTally accuracy(RunSpec run, Parameters trained) {
        try (EvaluationJob job = new EvaluationJob(spark, run, trained)) {
            return job.accuracy().tally();
        }
    }

    @Override
    public double loss(RunSpec run, Parameters trained) {
        try (EvaluationJob job = new EvaluationJob(spark, run, trained)) {
            return job.heldOutLoss();
        }
    }
}
