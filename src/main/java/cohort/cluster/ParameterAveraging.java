package cohort.cluster;

import cohort.network.Parameters;
import cohort.training.Averaging;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
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
    private final JavaRDD<Shard> shards;

    ParameterAveraging(JavaSparkContext spark, TrainingPlan plan, JavaRDD<Shard> shards) {
        this.spark = spark;
        this.plan = plan;
        this.shards = shards;
    }

    /** A training whose trials are generated on the fly. */
    public static ParameterAveraging generating(JavaSparkContext spark, TrainingPlan plan) {
        return new ParameterAveraging(spark, plan, Shard.generated(spark, plan.workers()));
    }

    /** A training on the trials of a table. */
    public static ParameterAveraging reading(JavaSparkContext spark, TrainingPlan plan, TrialTable table) {
        return new ParameterAveraging(spark, plan, table.shards(plan));
    }

    /**
     * Trains.
     *
     * @param initial the first parameters, not changed
     * @param listener hears of each round when it is done
     */
    public TrainingOutcome run(Parameters initial, Consumer<RoundReport> listener) {
        LearnerState state =
                LearnerState.initial(initial.values(), plan.training().optimizer());
        float[] velocity = new float[state.parameters().length];
        List<RoundReport> reports = new ArrayList<>();
        Broadcast<TrainingPlan> planBroadcast = spark.broadcast(plan);
        Broadcast<LearnerState> previous = null;
        try {
            for (int round = 1; round <= plan.rounds(); round++) {
                long started = System.nanoTime();
                int steps = (int) Math.min(plan.localSteps(), plan.training().steps() - state.step());
                Broadcast<LearnerState> current = spark.broadcast(state);
                List<LocalResult> results = new LocalRound(id, planBroadcast, current, steps).run(shards);
                if (previous != null) {
                    previous.destroy();
                }
                previous = current;
                for (LocalResult result : results) {
                    if (result.divergence() != null) {
                        return new TrainingOutcome(state, velocity, reports, result.divergence());
                    }
                }
                LearnerState average = Averaging.average(results);
                float[] next = plan.outer().apply(state.parameters(), average.parameters(), velocity);
                state = new LearnerState(average.step(), next, average.moments());
                RoundReport report = report(round, state.step(), results, System.nanoTime() - started);
                reports.add(report);
                listener.accept(report);
            }
            return new TrainingOutcome(state, velocity, reports, null);
        } finally {
            if (previous != null) {
                previous.destroy();
            }
            planBroadcast.destroy();
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
