package cohort.cluster;

import cohort.task.BatchSource;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.LocalTrainer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * The logical workers' part of an averaging round, as a Spark job: a pure function of the broadcast state and their shards.
 *
 * <p>A class and not a lambda, run without {@code map} and {@code collect}: Spark takes lambdas apart at every job to see what they
 * capture, which costs 8 ms, half of what a round may cost besides computing.
 */
final class LocalRound extends AbstractFunction2<TaskContext, Iterator<Shard>, List<LocalResult>>
        implements Serializable {
    private static final long serialVersionUID = 1;
    private static final ClassTag<List<LocalResult>> RESULT = ClassTag$.MODULE$.apply(List.class);

    /** Distinguishes trainings that share an executor. */
    private final String trainingId;

    private final Broadcast<TrainingPlan> plan;
    private final Broadcast<LearnerState> state;
    private final int steps;

    LocalRound(String trainingId, Broadcast<TrainingPlan> plan, Broadcast<LearnerState> state, int steps) {
        this.trainingId = trainingId;
        this.plan = plan;
        this.state = state;
        this.steps = steps;
    }

    /** Runs the round; results come in the order of the shards. */
    List<LocalResult> run(JavaRDD<Shard> shards) {
        List<LocalResult> results = new ArrayList<>();
        @SuppressWarnings("unchecked") // an array of the class tag's type
        List<LocalResult>[] perPartition =
                (List<LocalResult>[]) shards.context().runJob(shards.rdd(), this, RESULT);
        for (List<LocalResult> ofPartition : perPartition) {
            results.addAll(ofPartition);
        }
        return results;
    }

    @Override
    public List<LocalResult> apply(TaskContext task, Iterator<Shard> shards) {
        List<LocalResult> results = new ArrayList<>();
        while (shards.hasNext()) {
            results.add(train(shards.next()));
        }
        return results;
    }

    private LocalResult train(Shard shard) {
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
