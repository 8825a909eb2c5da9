package cohort.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.BatchSource;
import cohort.task.Batching;
import cohort.task.PerceptualDecisionMaking;
import cohort.task.Split;
import cohort.task.TrialSource;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.LocalTrainer;
import cohort.training.OuterStep;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class ParameterAveragingTest {
    private static TrainingOutcome train(TrainingPlan plan) {
        return ParameterAveraging.generating(SharedSpark.context(), plan).run(Experiments.initial(), report -> {});
    }

    /** All steps in one go on one thread, with the batches of one of several workers: no Spark, no averaging. */
    private static LearnerState serial(TrainingPlan plan, int worker, int workers) {
        BatchSource batches = plan.batching()
                .open(new PerceptualDecisionMaking(plan.task()).trials(plan.seed(), Split.TRAIN), worker, workers);
        LocalTrainer trainer = new LocalTrainer(plan.network(), plan.training(), batches.newBatch());
        LearnerState initial = LearnerState.initial(
                Experiments.initial().values(), plan.training().optimizer());
        return trainer.run(initial, (int) plan.training().steps(), batches, worker)
                .state();
    }

    private static void assertSameBits(LearnerState actual, LearnerState expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        assertThat(actual.parameters()).isEqualTo(expected.parameters());
        assertThat(actual.moments()).isEqualTo(expected.moments());
    }

    @ParameterizedTest
    @EnumSource(Batching.Form.class)
    void oneWorkerIsTheSerialTrainer(Batching.Form form) {
        TrainingPlan plan = Experiments.plan(form, 1, 3, OuterStep.PLAIN);

        assertSameBits(train(plan).state(), serial(plan, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void identicalShardsOnAllWorkersEqualOneWorker(int workers) {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, workers, 4, OuterStep.PLAIN);
        List<Shard> shards = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            shards.add(new Shard.Generated(0));
        }
        JavaRDD<Shard> identical = SharedSpark.context().parallelize(shards, workers);

        TrainingOutcome outcome =
                new ParameterAveraging(SharedSpark.context(), plan, identical).run(Experiments.initial(), report -> {});

        assertSameBits(outcome.state(), serial(plan, 0, workers));
    }

    @Test
    void workersWithTheirOwnTrialsDoNotLearnWhatOneLearns() {
        LearnerState one = train(Experiments.plan(Batching.Form.WINDOWS, 1, 5, OuterStep.PLAIN))
                .state();
        LearnerState three = train(Experiments.plan(Batching.Form.WINDOWS, 3, 5, OuterStep.PLAIN))
                .state();

        assertThat(three.parameters()).isNotEqualTo(one.parameters());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void sameBitsForAnyNumberOfPartitions(int partitions) {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, 7, 3, new OuterStep(0.7, 0.9));
        JavaRDD<Shard> shards = Shard.generated(SharedSpark.context(), 7).coalesce(partitions);

        LearnerState state = new ParameterAveraging(SharedSpark.context(), plan, shards)
                .run(Experiments.initial(), report -> {})
                .state();

        assertSameBits(state, train(plan).state());
    }

    @Test
    void reportsEveryRoundAndTheLastMayBeShorter() {
        List<RoundReport> heard = new ArrayList<>();
        TrainingPlan plan = Experiments.plan(Batching.Form.TRIALS, 2, 4, OuterStep.PLAIN);

        TrainingOutcome outcome =
                ParameterAveraging.generating(SharedSpark.context(), plan).run(Experiments.initial(), heard::add);

        assertThat(outcome.rounds()).isEqualTo(heard);
        assertThat(heard).extracting(RoundReport::step).containsExactly(4L, 8L, 10L);
        assertThat(heard).extracting(RoundReport::sequences).containsExactly(24L, 24L, 12L);
        assertThat(heard).allMatch(report -> report.computeMillis() > 0 && report.overheadMillis() > 0);
    }

    @Test
    void momentumOverRoundsChangesTheResult() {
        LearnerState plain = train(Experiments.plan(Batching.Form.WINDOWS, 2, 2, OuterStep.PLAIN))
                .state();
        LearnerState nesterov = train(Experiments.plan(Batching.Form.WINDOWS, 2, 2, new OuterStep(0.7, 0.9)))
                .state();

        assertThat(nesterov.parameters()).isNotEqualTo(plain.parameters());
        assertThat(nesterov.parameters()).doesNotContain(Float.NaN);
    }

    @Test
    void aDivergingWorkerEndsTheTrainingAtTheLastWholeRound() {
        TrainingPlan good = Experiments.plan(Batching.Form.WINDOWS, 2, 4, OuterStep.PLAIN);
        TrainingPlan plan = new TrainingPlan(
                good.seed(),
                good.task(),
                good.batching(),
                good.network(),
                Experiments.training(10, 1e30),
                good.workers(),
                good.localSteps(),
                good.outer());

        TrainingOutcome outcome = train(plan);

        assertThat(outcome.divergence()).isNotNull();
        assertThat(outcome.divergence().learningRate()).isGreaterThan(1e29);
        assertThat(outcome.rounds()).hasSize((int) (outcome.state().step() / 4));
        assertThat(outcome.state().parameters()).doesNotContain(Float.NaN);
    }

    @Test
    void aStateIsNeverChangedByTheWorkersThatStartFromIt() {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, 1, 3, OuterStep.PLAIN);
        TrialSource trials = new PerceptualDecisionMaking(plan.task()).trials(plan.seed(), Split.TRAIN);
        BatchSource batches = plan.batching().open(trials, 0, 1);
        LocalTrainer trainer = new LocalTrainer(plan.network(), plan.training(), batches.newBatch());
        LearnerState state = trainer.run(
                        LearnerState.initial(
                                Experiments.initial().values(), plan.training().optimizer()),
                        2,
                        batches,
                        0)
                .state();
        float[] parameters = state.parameters().clone();
        float[] moment = state.moments()[0].clone();

        LocalResult first = trainer.run(state, 3, batches, 0);
        LocalResult again = trainer.run(state, 3, batches, 0);

        assertThat(state.parameters()).isEqualTo(parameters);
        assertThat(state.moments()[0]).isEqualTo(moment);
        assertSameBits(again.state(), first.state());
    }
}
