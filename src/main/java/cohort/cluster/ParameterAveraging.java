package cohort.cluster;

import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.Schedule;
import java.io.IOException;
import java.util.List;
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

    /** A training on the trials of a table. */
    public static ParameterAveraging reading(
            JavaSparkContext spark, TrainingPlan plan, Execution execution, TrialTable table) {
        return new ParameterAveraging(spark, plan, execution, table.shards(plan));
    }

    /** What is done between two rounds. */
    public interface AfterRound {
        /** Receives the new state, which never changes; returns whether to go on. */
        boolean accept(TrainingState state) throws IOException;
    }

    /**
     * Trains from a state on to the last round.
     *
     * @param from the first state, or that of an earlier run that did not come to its end; not changed
     * @param afterRound is called after each round
     */
    public TrainingOutcome run(TrainingState from, AfterRound afterRound) throws IOException {
        TrainingState state = from;
        Broadcast<TrainingPlan> planBroadcast = spark.broadcast(plan);
        try {
            boolean goOn = true;
            while (goOn && state.round() < plan.rounds()) {
                long started = System.nanoTime();
                LearnerState learner = state.learner();
                int steps = (int) Math.min(plan.localSteps(), plan.training().steps() - learner.step());
                AveragedRound round = round(planBroadcast, learner, steps);
                for (LocalResult worker : round.workers()) {
                    if (worker.divergence() != null) {
                        return new TrainingOutcome(state, worker.divergence());
                    }
                }
                LearnerState average = round.average();
                float[] velocity = state.outerVelocity().clone();
                float[] parameters = plan.outer().apply(learner.parameters(), average.parameters(), velocity);
                LearnerState next = new LearnerState(average.step(), parameters, average.moments());
                RoundReport report =
                        report(state.round() + 1, next.step(), round.workers(), System.nanoTime() - started);
                state = state.next(next, velocity, report);
                goOn = afterRound.accept(state);
            }
            return new TrainingOutcome(state, null);
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

    private RoundReport report(int round, long step, List<LocalResult> results, long nanos) {
        Schedule schedule = plan.training().schedule();
        double loss = 0;
        double norm = 0;
        long sequences = 0;
        long slowest = 0;
        for (LocalResult result : results) {
            loss += result.loss() / results.size();
            norm += result.gradientNorm() / results.size();
            sequences += result.sequences();
            slowest = Math.max(slowest, result.computeNanos());
        }
        return new RoundReport(
                round, step, loss, norm, schedule.rate(step - 1), sequences, slowest / 1e6, (nanos - slowest) / 1e6);
    }
}
