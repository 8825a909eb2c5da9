package cohort.cluster;

import cohort.linalg.BlasInfo;
import cohort.run.TrainingPlan;
import cohort.task.BatchSource;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.LocalTrainer;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/** A logical worker's part of an averaging round, as a task does it: a pure function of the broadcast state and its shard. */
final class WorkerSteps implements Serializable {
    private static final long serialVersionUID = 1;

    /** Distinguishes trainings that share an executor. */
    private final String trainingId;

    private final Broadcast<TrainingPlan> plan;
    private final Broadcast<LearnerState> state;
    private final int steps;
    /** The BLAS all executors must have, or null. */
    private final BlasInfo blas;

    WorkerSteps(
            String trainingId, Broadcast<TrainingPlan> plan, Broadcast<LearnerState> state, int steps, BlasInfo blas) {
        this.trainingId = trainingId;
        this.plan = plan;
        this.state = state;
        this.steps = steps;
        this.blas = blas;
    }

    LocalResult train(Shard shard) {
        MixedFleetException.throwUnless(blas);
        TrainingPlan training = plan.value();
        WorkspaceCache cache = WorkspaceCache.instance();
        BatchSource batches = cache.takeBatches(
                trainingId,
                shard.worker(),
                () -> training.batching().open(shard.open(training), shard.worker(), training.workers()));
        LocalTrainer trainer = cache.takeTrainer(
                trainingId, () -> new LocalTrainer(training.network(), training.training(), batches.newBatch()));
        LocalResult result = trainer.run(state.value(), steps, batches, shard.worker());
        cache.give(trainingId, shard.worker(), batches, trainer);
        return result;
    }
}
