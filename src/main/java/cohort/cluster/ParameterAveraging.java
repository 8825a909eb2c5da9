package cohort.cluster;

import cohort.run.AveragedRound;
import cohort.run.AveragingRounds;
import cohort.run.TrainingOutcome;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import cohort.training.LearnerState;
import java.io.IOException;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Trains one network on Spark: in each round the parameters are broadcast, every logical worker does its local steps on its own
 * trials, and the results are averaged in the order of the workers. Nothing depends on which executor does what, or how
 * often it has to be done again.
 */
public final class ParameterAveraging {
    private final String id = UUID.randomUUID().toString();
    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final Execution execution;
    private final JavaRDD<Shard> shards;

    ParameterAveraging(JavaSparkContext spark, TrainingPlan plan, Execution execution, JavaRDD<Shard> shards) {
        this.spark = spark;
        this.plan = plan;
        this.execution = execution;
        this.shards = shards;
    }

    /** A training whose trials are generated on the fly. */
    public static ParameterAveraging generating(JavaSparkContext spark, TrainingPlan plan, Execution execution) {
        return new ParameterAveraging(spark, plan, execution, Shard.generated(spark, plan.workers()));
    }

    /** A training on trials that each worker has. */
    public static ParameterAveraging on(
            JavaSparkContext spark, TrainingPlan plan, Execution execution, JavaRDD<Shard> shards) {
        return new ParameterAveraging(spark, plan, execution, shards);
    }

    /**
     * Trains from a state on to the last round.
     *
     * @param from the first state, or that of an earlier run that did not come to its end; not changed
     * @param afterRound is called after each round
     */
    public TrainingOutcome run(TrainingState from, AveragingRounds.AfterRound afterRound) throws IOException {
        OwnKinds.ship(spark);
        Broadcast<TrainingPlan> planBroadcast = spark.broadcast(plan);
        try {
            return AveragingRounds.run(
                    plan, from, (learner, steps) -> round(planBroadcast, learner, steps), afterRound);
        } finally {
            planBroadcast.destroy();
        }
    }

    private AveragedRound round(Broadcast<TrainingPlan> planBroadcast, LearnerState learner, int steps) {
        Broadcast<LearnerState> state = spark.broadcast(learner);
        try {
            WorkerSteps work = new WorkerSteps(id, planBroadcast, state, steps, execution.blas());
            int parameters = learner.parameters().length;
            long floats = (1L + learner.moments().length) * parameters;
            return execution.topology().useSlices(plan.workers(), floats)
                    ? SliceAveraging.run(shards, work, parameters)
                    : DriverAveraging.run(shards, work);
        } finally {
            state.destroy();
        }
    }
}
