package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import cohort.network.Activation;
import cohort.network.CellKind;
import cohort.network.Initialisation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.network.RecurrentNetwork;
import cohort.task.BatchSource;
import cohort.task.Batching;
import cohort.task.Duration;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Split;
import cohort.task.TrialSource;
import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.task.library.decision.TutorialTask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTrainerTest {
    private static final long SEED = 17;
    private static final Optimizer ADAM = new Optimizer.Adam(0.9, 0.999, 1e-8, 0);
    private static final NetworkSpec SMALL = NetworkSpec.leaky(3, 13, 3, 0.2, Activation.RELU, RecurrentBias.TWO);
    /** Trials of 20 to 60 steps: a batch is shorter than the workspace, and followed by longer ones. */
    private static final PerceptualDecisionMaking UNEQUAL_TRIALS =
            TutorialTask.of(2, 1, new Duration.Uniform(200, 1000));

    private static final TrialSource TRIALS = UNEQUAL_TRIALS.trials(SEED, Split.TRAIN);

    @Test
    void twoInstancesGiveTheSameBits() {
        LearnerState initial = initial(SMALL, ADAM);

        LocalResult one = trainer(SMALL, ADAM, 0.01).run(initial, 10, unequalTrials(), 0);
        LocalResult other = trainer(SMALL, ADAM, 0.01).run(initial, 10, unequalTrials(), 0);

        requireSameBits(other.state(), one.state());
        assertThat(other.tally()).isEqualTo(one.tally());
    }

    @Test
    void tenStepsAreFourAndSixMore() {
        LearnerState initial = initial(SMALL, ADAM);
        LocalTrainer trainer = trainer(SMALL, ADAM, 0.01);

        LearnerState ten = trainer.run(initial, 10, unequalTrials(), 0).state();
        LearnerState four = trainer.run(initial, 4, unequalTrials(), 0).state();
        LearnerState sixMore = trainer.run(four, 6, unequalTrials(), 0).state();

        requireSameBits(sixMore, ten);
        assertThat(ten.step()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"LEAKY, 1", "LEAKY, 3", "LSTM, 1", "LSTM, 2", "GRU, 1", "GRU, 2"})
    void whatAnInstanceDidBeforeDoesNotMatter(CellKind cell, int layers) {
        NetworkSpec spec = new NetworkSpec(3, 13, layers, 3, cell.of(0.2, Activation.RELU, RecurrentBias.TWO));
        LearnerState initial = initial(spec, ADAM);
        LocalTrainer used = trainer(spec, ADAM, 0.01);
        LearnerState later = used.run(initial, 7, unequalTrials(), 0).state();
        used.run(later, 5, unequalTrials(), 3);

        LocalResult again = used.run(initial, 3, unequalTrials(), 0);

        requireSameBits(
                again.state(),
                trainer(spec, ADAM, 0.01).run(initial, 3, unequalTrials(), 0).state());
    }

    @Test
    void stateItStartsFromIsNotChanged() {
        LearnerState from = trainer(SMALL, ADAM, 0.01)
                .run(initial(SMALL, ADAM), 2, unequalTrials(), 0)
                .state();
        float[] parameters = from.parameters().clone();
        float[] first = from.moments()[0].clone();
        float[] second = from.moments()[1].clone();

        trainer(SMALL, ADAM, 0.01).run(from, 3, unequalTrials(), 0);

        assertThat(from.parameters()).containsExactly(parameters);
        assertThat(from.moments()[0]).containsExactly(first);
        assertThat(from.moments()[1]).containsExactly(second);
        assertThat(from.step()).isEqualTo(2);
    }

    @Test
    void sequencesAreThoseOfAllSteps() {
        LocalResult result = trainer(SMALL, ADAM, 0.01).run(initial(SMALL, ADAM), 3, unequalTrials(), 0);

        assertThat(result.sequences()).isEqualTo(3 * 5);
        assertThat(result.divergence()).isNull();
    }

    @Test
    void hugeLearningRateIsADivergenceWithItsStepAndRate() {
        LearnerState from = trainer(SMALL, new Optimizer.Sgd(0), 1e-3)
                .run(initial(SMALL, new Optimizer.Sgd(0)), 3, unequalTrials(), 0)
                .state();

        LocalResult result = trainer(SMALL, new Optimizer.Sgd(0), 1e30).run(from, 20, unequalTrials(), 6);

        assertThat(result.divergence()).isNotNull();
        assertThat(result.divergence().step()).isEqualTo(4); // step 3 makes weights of 1e29, step 4 meets them
        assertThat(result.divergence().learningRate())
                .isEqualTo(training(ADAM, 1e30).schedule().rate(4))
                .isGreaterThan(0.99e30);
        assertThat(result.divergence().worker()).isEqualTo(6);
        assertThat(Double.isFinite(result.divergence().loss())
                        && Double.isFinite(result.divergence().gradientNorm()))
                .isFalse();
        assertThat(result.state().step()).isEqualTo(4);
        requireFinite(result);
    }

    /** Whatever step the overflow falls on: the last one is not looked at by a forward pass any more. */
    @ParameterizedTest
    @ValueSource(doubles = {1e10, 1e20, 1e30, 1e38, 1e39, 1e300})
    void noOverflowIsEverSilent(double learningRate) {
        for (Optimizer optimizer : List.of(new Optimizer.Sgd(0), new Optimizer.Sgd(0.9), ADAM)) {
            LearnerState initial = initial(SMALL, optimizer);
            for (int steps = 1; steps <= 4; steps++) {
                LocalResult result = trainer(SMALL, optimizer, learningRate).run(initial, steps, unequalTrials(), 0);
                if (result.divergence() == null) {
                    requireFinite(result);
                }
            }
        }
    }

    @Test
    void batchWithoutWeightTeachesNothing() {
        Optimizer descent = new Optimizer.Sgd(0);
        LearnerState initial = initial(SMALL, descent);
        FixedBatch batch = new FixedBatch(SMALL, 2, 3, new float[18], new float[18], new float[6]);

        LocalResult result = new LocalTrainer(SMALL, training(descent, 1), batch.newBatch()).run(initial, 2, batch, 0);

        assertThat(result.divergence()).isNull();
        assertThat(result.tally()).isEqualTo(LossTally.NONE);
        assertThat(result.tally().meanLoss()).isNaN();
        assertThat(result.tally().meanGradientNorm()).isNaN();
        assertThat(result.state().parameters()).containsExactly(initial.parameters());
    }

    /** With a vanishing learning rate it is the same network in all steps; most windows have no weight at all, or little. */
    @ParameterizedTest
    @CsvSource({
        "WINDOWS, 1, 0, 0, 0, 1",
        "WINDOWS, 4, 0, 0.25, 0, 0.5",
        "TRIALS, 0, 0, 1, 0, 3",
        "TRIALS, 0, 1, 1, 1, 1"
    })
    void reportedLossIsTheHeldOutLossOfTheSameTimeSteps(
            Batching.Form form, int length, double fixation, double stimulus, double delay, double decision) {
        Batching batching = new Batching(form, 5, length, List.of(fixation, stimulus, delay, decision));
        Optimizer descent = new Optimizer.Sgd(0);
        LearnerState initial = initial(SMALL, descent);
        BatchSource batches = batching.open(TRIALS, 0, 1);
        RecurrentNetwork network =
                new RecurrentNetwork(SMALL, batches.newBatch().maxSteps(), 5);
        network.load(new Parameters(SMALL, initial.parameters()));
        HeldOutLoss heldOut = new HeldOutLoss(network, Loss.CROSS_ENTROPY, batching.open(TRIALS, 0, 1));
        double loss = 0;
        double weight = 0;
        int gradients = 0;
        for (int n = 0; n < 97; n++) {
            double[] sums = heldOut.evaluate(n);
            loss += sums[0];
            weight += sums[1];
            gradients += sums[1] > 0 ? 1 : 0;
        }

        LossTally tally = new LocalTrainer(SMALL, training(descent, 1e-30), batches.newBatch())
                .run(initial, 97, batches, 0)
                .tally();

        assertThat(tally.meanLoss()).isCloseTo(loss / weight, withinPercentage(1e-4));
        assertThat(tally.gradients()).isEqualTo(gradients);
    }

    @Test
    void learnsTheTutorialsTask() {
        NetworkSpec spec = NetworkSpec.leaky(3, 128, 3, 0.2, Activation.RELU, RecurrentBias.TWO);
        Batching trials = new Batching(Batching.Form.TRIALS, 16, 0, List.of(1.0, 1.0, 1.0, 1.0));
        BatchSource batches = trials.open(TutorialTask.SPEC.trials(SEED, Split.TRAIN), 0, 1);
        LocalTrainer trainer = new LocalTrainer(spec, training(ADAM, 0.01), batches.newBatch());

        LocalResult first = trainer.run(initial(spec, ADAM), 1, batches, 0);
        LocalResult untilStep120 = trainer.run(first.state(), 119, batches, 0);
        LocalResult untilStep150 = trainer.run(untilStep120.state(), 30, batches, 0);

        assertThat(first.tally().meanLoss()).isBetween(0.8, 1.6); // log 3 = 1.1 is guessing
        assertThat(untilStep150.tally().meanLoss()).isLessThan(0.1); // 0.05 is usual
    }

    private static TrainingSpec training(Optimizer optimizer, double learningRate) {
        return new TrainingSpec(
                200,
                Loss.CROSS_ENTROPY,
                Reduction.MEAN,
                optimizer,
                new Schedule(learningRate, Schedule.Shape.COSINE, 0, 200, 0.9),
                new Clipping(Clipping.Mode.NORM, 1));
    }

    private static LocalTrainer trainer(NetworkSpec spec, Optimizer optimizer, double learningRate) {
        return new LocalTrainer(
                spec, training(optimizer, learningRate), unequalTrials().newBatch());
    }

    private static BatchSource unequalTrials() {
        Batching trials = new Batching(Batching.Form.TRIALS, 5, 0, List.of(1.0, 1.0, 1.0, 3.0));
        return trials.open(TRIALS, 0, 1);
    }

    private static LearnerState initial(NetworkSpec spec, Optimizer optimizer) {
        Parameters parameters = new Parameters(spec);
        Initialisation.PYTORCH.draw(parameters, RandomStreams.of(SEED, Purpose.INITIALISATION, 0));
        return LearnerState.initial(parameters.values(), optimizer);
    }

    private static void requireSameBits(LearnerState actual, LearnerState expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        assertThat(actual.parameters()).containsExactly(expected.parameters());
        assertThat(actual.moments()).isDeepEqualTo(expected.moments());
    }

    private static void requireFinite(LocalResult result) {
        assertThat(Double.isFinite(result.tally().loss())
                        && Double.isFinite(result.tally().gradientNorm()))
                .as("finite loss and gradient")
                .isTrue();
        for (float value : result.state().parameters()) {
            assertThat(value).isFinite();
        }
        for (float[] moment : result.state().moments()) {
            for (float value : moment) {
                assertThat(value).isFinite();
            }
        }
    }
}
