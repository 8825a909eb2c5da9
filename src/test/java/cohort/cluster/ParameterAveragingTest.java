package cohort.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import cohort.linalg.BlasInfo;
import cohort.network.Activation;
import cohort.network.CellKind;
import cohort.network.NetworkSpec;
import cohort.network.RecurrentBias;
import cohort.run.Experiments;
import cohort.run.RoundReport;
import cohort.run.Topology;
import cohort.run.TrainingCheckpoints;
import cohort.run.TrainingOutcome;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import cohort.storage.Checkpoints;
import cohort.storage.Files;
import cohort.task.BatchSource;
import cohort.task.Batching;
import cohort.task.Split;
import cohort.task.TrialSource;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.LocalTrainer;
import cohort.training.OuterStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class ParameterAveragingTest {
    private static TrainingOutcome train(TrainingPlan plan) throws IOException {
        return train(plan, Execution.ANY, Shard.generated(SharedSpark.context(), plan.workers()));
    }

    private static TrainingOutcome train(TrainingPlan plan, Execution execution, JavaRDD<Shard> shards)
            throws IOException {
        return new ParameterAveraging(SharedSpark.context(), plan, execution, shards)
                .run(Experiments.initialState(plan), state -> true);
    }

    /** All steps in one go on one thread, with the batches of one of several workers: no Spark, no averaging. */
    private static LearnerState serial(TrainingPlan plan, int worker, int workers) {
        BatchSource batches = plan.batching().open(plan.task().trials(plan.seed(), Split.TRAIN), worker, workers);
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
    void oneWorkerIsTheSerialTrainer(Batching.Form form) throws IOException {
        TrainingPlan plan = Experiments.plan(form, 1, 3, OuterStep.PLAIN);

        assertSameBits(train(plan).state().learner(), serial(plan, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void identicalShardsOnAllWorkersEqualOneWorker(int workers) throws IOException {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, workers, 4, OuterStep.PLAIN);
        List<Shard> shards = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            shards.add(new Shard.Generated(0));
        }
        JavaRDD<Shard> identical = SharedSpark.context().parallelize(shards, workers);

        TrainingOutcome outcome = train(plan, Execution.ANY, identical);

        assertSameBits(outcome.state().learner(), serial(plan, 0, workers));
    }

    @Test
    void workersWithTheirOwnTrialsDoNotLearnWhatOneLearns() throws IOException {
        LearnerState one = train(Experiments.plan(Batching.Form.WINDOWS, 1, 5, OuterStep.PLAIN))
                .state()
                .learner();
        LearnerState three = train(Experiments.plan(Batching.Form.WINDOWS, 3, 5, OuterStep.PLAIN))
                .state()
                .learner();

        assertThat(three.parameters()).isNotEqualTo(one.parameters());
    }

    @ParameterizedTest
    @CsvSource({"1, LEAKY, 1", "2, LEAKY, 1", "7, LEAKY, 1", "2, LEAKY, 2", "2, LSTM, 2", "2, GRU, 1"})
    void sameBitsForAnyNumberOfPartitions(int partitions, CellKind cell, int layers) throws IOException {
        NetworkSpec network = new NetworkSpec(4, 13, layers, 4, cell.of(0.2, Activation.RELU, RecurrentBias.TWO));
        TrainingPlan plan = Experiments.plan(network, Batching.Form.WINDOWS, 7, 3, new OuterStep(0.7, 0.9));
        JavaRDD<Shard> shards = Shard.generated(SharedSpark.context(), 7).coalesce(partitions);

        LearnerState state = train(plan, Execution.ANY, shards).state().learner();

        assertSameBits(state, train(plan).state().learner());
    }

    @Test
    void reportsEveryRoundAndTheLastMayBeShorter() throws IOException {
        TrainingPlan plan = Experiments.plan(Batching.Form.TRIALS, 2, 4, OuterStep.PLAIN);

        List<RoundReport> heard = train(plan).state().rounds();

        assertThat(heard).extracting(RoundReport::step).containsExactly(4L, 8L, 10L);
        assertThat(heard).extracting(RoundReport::sequences).containsExactly(24L, 24L, 12L);
        assertThat(heard).allMatch(report -> report.computeMillis() > 0 && report.overheadMillis() > 0);
    }

    @Test
    void momentumOverRoundsChangesTheResult() throws IOException {
        LearnerState plain = train(Experiments.plan(Batching.Form.WINDOWS, 2, 2, OuterStep.PLAIN))
                .state()
                .learner();
        LearnerState nesterov = train(Experiments.plan(Batching.Form.WINDOWS, 2, 2, new OuterStep(0.7, 0.9)))
                .state()
                .learner();

        assertThat(nesterov.parameters()).isNotEqualTo(plain.parameters());
        assertThat(nesterov.parameters()).doesNotContain(Float.NaN);
    }

    @Test
    void aDivergingWorkerEndsTheTrainingAtTheLastWholeRound() throws IOException {
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

        assertThat(outcome.divergence()).isPresent();
        assertThat(outcome.divergence().get().learningRate()).isGreaterThan(1e29);
        assertThat(outcome.state().rounds())
                .hasSize((int) (outcome.state().learner().step() / 4));
        assertThat(outcome.state().learner().parameters()).doesNotContain(Float.NaN);
    }

    @Test
    void aStateIsNeverChangedByTheWorkersThatStartFromIt() throws IOException {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, 1, 3, OuterStep.PLAIN);
        TrialSource trials = plan.task().trials(plan.seed(), Split.TRAIN);
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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void slicesGiveTheBitsThatTheDriverGives(int workers) throws IOException {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, workers, 4, new OuterStep(0.7, 0.9));
        JavaRDD<Shard> shards = Shard.generated(SharedSpark.context(), workers);

        TrainingOutcome driver = train(plan, new Execution(Topology.DRIVER, null), shards);
        TrainingOutcome slices = train(plan, new Execution(Topology.SLICES, null), shards);

        assertSameBits(slices.state().learner(), driver.state().learner());
        assertThat(slices.state().outerVelocity()).isEqualTo(driver.state().outerVelocity());
        assertThat(slices.state().rounds())
                .extracting(RoundReport::loss)
                .isEqualTo(
                        driver.state().rounds().stream().map(RoundReport::loss).toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Topology.class,
            names = {"DRIVER", "SLICES"})
    void stoppedAfterAnyRoundAndReadBackItGoesOnToTheSameBits(Topology topology, @TempDir Path folder)
            throws IOException {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, 3, 2, new OuterStep(0.7, 0.9));
        ParameterAveraging averaging =
                ParameterAveraging.generating(SharedSpark.context(), plan, new Execution(topology, null));
        TrainingState undisturbed = train(plan).state();
        TrainingCheckpoints checkpoints = new TrainingCheckpoints(
                new Checkpoints(new Files(new Configuration()), folder.toString()), "run", plan);

        TrainingState state = Experiments.initialState(plan);
        while (state.round() < plan.rounds()) {
            checkpoints.commit(averaging.run(state, after -> false).state());
            state = checkpoints.newest(refused -> fail(refused)).orElseThrow();
        }

        assertSameBits(state.learner(), undisturbed.learner());
        assertThat(state.outerVelocity()).isEqualTo(undisturbed.outerVelocity());
        assertThat(state.rounds()).hasSameSizeAs(undisturbed.rounds());
    }

    @Test
    void anExecutorWithAnotherBlasIsRefused() {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, 2, 4, OuterStep.PLAIN);
        Execution execution = new Execution(Topology.DRIVER, new BlasInfo("OpenBLAS 0.3.31", "Abacus", ""));

        assertThatThrownBy(() -> train(plan, execution, Shard.generated(SharedSpark.context(), 2)))
                .rootCause()
                .hasMessageContaining("Abacus");
    }

    @ParameterizedTest
    @EnumSource(
            value = Topology.class,
            names = {"DRIVER", "SLICES"})
    void failedTasksChangeNoBit(Topology topology) throws IOException {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, 7, 1, new OuterStep(0.7, 0.9));
        JavaRDD<Shard> failing = FailingShards.of(Shard.generated(SharedSpark.context(), 7));

        TrainingState state =
                train(plan, new Execution(topology, null), failing).state();

        assertSameBits(state.learner(), train(plan).state().learner());
        assertThat(state.rounds()).allMatch(round -> round.sequences() == 21);
    }
}
