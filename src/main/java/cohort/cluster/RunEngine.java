package cohort.cluster;

import cohort.evaluation.AccuracyTally;
import cohort.network.Parameters;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;

/** Who does a run's work: one slot alone, or the whole cluster. The bits are the same. */
interface RunEngine {
    TrainingOutcome train(TrainingPlan plan, TrainingState from, AveragingRounds.AfterRound afterRound)
            throws IOException;

    AccuracyTally accuracy(RunSpec run, Parameters trained);

    /** The mean held-out loss, in the unit of {@link cohort.training.Loss#unit()}. */
    double loss(RunSpec run, Parameters trained);

    /** The calling thread. */
    final class Slot implements RunEngine {
        private final Workspaces workspaces = new Workspaces();

        @Override
        public TrainingOutcome train(TrainingPlan plan, TrainingState from, AveragingRounds.AfterRound afterRound)
                throws IOException {
            return AveragingRounds.run(plan, from, new SerialRounds(plan, workspaces), afterRound);
        }

        @Override
        public AccuracyTally accuracy(RunSpec run, Parameters trained) {
            return heldOut(run, trained).tally();
        }

        @Override
        public double loss(RunSpec run, Parameters trained) {
            return heldOut(run, trained).loss();
        }

        private HeldOutTrials heldOut(RunSpec run, Parameters trained) {
            return new HeldOutTrials(run, trained, workspaces);
        }
    }

    /** All slots together: each logical worker is a task. */
    final class Cluster implements RunEngine {
        private final JavaSparkContext spark;
        private final Execution execution;
        private final BooleanSupplier goesOn;

        Cluster(JavaSparkContext spark, Execution execution, BooleanSupplier goesOn) {
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
}
