package cohort.task.library.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Batch;
import cohort.task.BatchSource;
import cohort.task.Batching;
import cohort.task.Duration;
import cohort.task.Split;
import cohort.task.parts.FixationMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BayesFloorTest {
    private static final List<Double> EVEN = List.of(1.0, 1.0, 1.0, 1.0);
    private static final Batching TRIALS = new Batching(Batching.Form.TRIALS, 16, 0, EVEN);

    @Test
    void floorInTheTutorialsSetUpIsExact() {
        assertThat(BayesFloor.of(TutorialTask.SPEC, windows(100), 1)).isCloseTo(0.02108, within(0.5e-5));
        assertThat(BayesFloor.of(TutorialTask.SPEC, TRIALS, 1)).isCloseTo(0.01932, within(0.5e-5));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/references/bayes-floor.csv", useHeadersInDisplayName = true)
    void lossOfADecisionStepIsThatOfAFinerSum(int ring, double sigma, int steps, double loss) {
        PerceptualDecisionMaking task = TutorialTask.of(ring, sigma, new Duration.Constant(1000));

        assertThat(BayesFloor.decisionLoss(task, steps)).isCloseTo(loss, within(1e-8));
    }

    static List<Arguments> simulations() {
        Duration constant = new Duration.Constant(200);
        Duration choice =
                new Duration.Choice(List.of(300.0, 600.0, 1000.0)); // trials of 25, 40 and 60 steps: a grid of 5
        Duration uniform = new Duration.Uniform(100, 600);
        return List.of(
                Arguments.of(TutorialTask.of(2, 1, constant), TRIALS),
                Arguments.of(TutorialTask.of(2, 1, constant), windows(50)),
                Arguments.of(TutorialTask.of(2, 0.5, choice), TRIALS),
                Arguments.of(TutorialTask.of(2, 0.5, choice), windows(30)),
                Arguments.of(TutorialTask.of(3, 1, uniform), windows(37)),
                Arguments.of(TutorialTask.of(4, 1, constant), TRIALS),
                Arguments.of(TutorialTask.of(4, 1, uniform), windows(100)),
                Arguments.of(
                        TutorialTask.of(4, 0.5, choice),
                        new Batching(Batching.Form.WINDOWS, 16, 50, List.of(0.0, 0.5, 1.0, 2.0))));
    }

    @ParameterizedTest
    @MethodSource("simulations")
    void observersOfTheBatchesThemselvesReachIt(PerceptualDecisionMaking task, Batching batching) {
        BatchSource batches = batching.open(task.trials(4, Split.VALIDATION), 0, 1);
        Batch batch = batches.newBatch();
        int count = 800;
        double[] losses = new double[count];
        double[] weights = new double[count];
        double loss = 0;
        double weight = 0;
        for (int n = 0; n < count; n++) {
            batches.read(n, batch);
            for (int lane = 0; lane < batch.lanes(); lane++) {
                losses[n] += observe(task, batch, lane);
                for (int step = 0; step < batch.steps(); step++) {
                    weights[n] += batch.weights()[step * batch.lanes() + lane];
                }
            }
            loss += losses[n];
            weight += weights[n];
        }
        double mean = loss / weight;
        double squares = 0;
        for (int n = 0; n < count; n++) {
            squares += Math.pow(losses[n] - mean * weights[n], 2);
        }
        double standardError = Math.sqrt(squares) / weight;

        assertThat(standardError).isLessThan(0.02 * mean);
        assertThat(BayesFloor.of(task, batching, 4)).isCloseTo(mean, within(4 * standardError));
    }

    /** The weighted loss of an observer of one lane, from the likelihood of every sample of every channel. */
    private static double observe(PerceptualDecisionMaking task, Batch batch, int lane) {
        int ring = task.ringSize();
        double variance = task.sigmaPerStep() * task.sigmaPerStep();
        double[][] logLikelihood = new double[ring][task.coherencesPercent().size()];
        boolean isAnswered = false;
        double loss = 0;
        for (int step = 0; step < batch.steps(); step++) {
            int row = step * batch.lanes() + lane;
            int target = target(batch, row);
            if (target > 0) {
                loss += batch.weights()[row] * -Math.log(posterior(logLikelihood, target - 1));
                isAnswered = true;
                continue;
            }
            if (isAnswered) { // a new trial
                logLikelihood = new double[ring][task.coherencesPercent().size()];
                isAnswered = false;
            }
            if (batch.inputs()[row * batch.channels() + 1] == 0) {
                continue; // no stimulus
            }
            for (int k = 0; k < ring; k++) {
                for (int j = 0; j < ring; j++) {
                    double tuning = Math.cos(2 * Math.PI * (j - k) / ring) / 200;
                    double sample = batch.inputs()[row * batch.channels() + 1 + j];
                    for (int c = 0; c < logLikelihood[k].length; c++) {
                        double deviation =
                                sample - 0.5 - tuning * task.coherencesPercent().get(c);
                        logLikelihood[k][c] -= deviation * deviation / (2 * variance);
                    }
                }
            }
        }
        return loss;
    }

    /** 0 for fixate and in padding, or the right choice. */
    private static int target(Batch batch, int row) {
        for (int o = 1; o < batch.outputs(); o++) {
            if (batch.targets()[row * batch.outputs() + o] == 1) {
                return o;
            }
        }
        return 0;
    }

    private static double posterior(double[][] logLikelihood, int direction) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double[] ofDirection : logLikelihood) {
            for (double value : ofDirection) {
                largest = Math.max(largest, value);
            }
        }
        double total = 0;
        double right = 0;
        for (int k = 0; k < logLikelihood.length; k++) {
            for (double value : logLikelihood[k]) {
                double likelihood = Math.exp(value - largest);
                total += likelihood;
                right += k == direction ? likelihood : 0;
            }
        }
        return right / total;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 32})
    void whoHasSeenNothingGuesses(int ring) {
        PerceptualDecisionMaking task = TutorialTask.of(ring, 1, new Duration.Constant(1000));

        assertThat(BayesFloor.decisionLoss(task, 0)).isCloseTo(Math.log(ring), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8})
    void everyStepOfStimulusHelps(int ring) {
        PerceptualDecisionMaking task = TutorialTask.of(ring, 2, new Duration.Constant(1000));
        double before = Double.POSITIVE_INFINITY;
        for (int steps = 0; steps < 20; steps++) {
            double loss = BayesFloor.decisionLoss(task, steps);
            assertThat(loss).isLessThan(before);
            before = loss;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 1e-9})
    void withoutNoiseOnlyTrialsWithoutEvidenceAreInDoubt(double sigma) {
        for (int ring : new int[] {2, 3, 4, 8}) {
            PerceptualDecisionMaking task = TutorialTask.of(ring, sigma, new Duration.Constant(1000));
            assertThat(BayesFloor.decisionLoss(task, 1)).isCloseTo(Math.log(ring) / 5, within(1e-12));
            assertThat(BayesFloor.decisionLoss(coherence(task, 6.4), 1)).isZero();
            assertThat(BayesFloor.decisionLoss(coherence(task, 0), 1)).isCloseTo(Math.log(ring), within(1e-12));
        }
    }

    @Test
    void weightsOfThePeriodsAreThoseOfTheLoss() {
        double decision = BayesFloor.decisionLoss(TutorialTask.SPEC, 50);

        assertThat(floor(List.of(0.0, 0.0, 0.0, 1.0))).isCloseTo(decision, within(1e-15));
        assertThat(floor(List.of(0.0, 0.1, 7.0, 1.0))).isCloseTo(decision / 2, within(1e-15));
        assertThat(floor(List.of(1.0, 1.0, 1.0, 0.0))).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> floor(List.of(0.0, 0.0, 1.0, 0.0))) // there is no delay
                .withMessage("no step of a trial has a weight: [0.0, 0.0, 1.0, 0.0]");
    }

    @Test
    void windowsOfOneStepShowNoEvidenceAndVeryLongOnesNearlyAll() {
        assertThat(BayesFloor.of(TutorialTask.SPEC, windows(1), 1)).isCloseTo(Math.log(2) * 5 / 60, within(1e-15));
        double whole = BayesFloor.of(TutorialTask.SPEC, TRIALS, 1);
        assertThat(BayesFloor.of(TutorialTask.SPEC, windows(59_999), 1)).isBetween(whole * 1.0001, whole * 1.001);
        assertThat(BayesFloor.of(TutorialTask.SPEC, windows(60), 1)) // they begin where trials do
                .isCloseTo(whole, within(1e-15));
    }

    @Test
    void seedMattersOnlyWhereDurationsVary() {
        PerceptualDecisionMaking varied = TutorialTask.of(2, 1, new Duration.Uniform(200, 1000));

        assertThat(BayesFloor.of(TutorialTask.SPEC, windows(100), 1))
                .isEqualTo(BayesFloor.of(TutorialTask.SPEC, windows(100), 2));
        assertThat(BayesFloor.of(varied, windows(100), 1))
                .isEqualTo(BayesFloor.of(varied, windows(100), 1))
                .isNotEqualTo(BayesFloor.of(varied, windows(100), 2))
                .isCloseTo(BayesFloor.of(varied, windows(100), 2), within(5e-4));
    }

    private static double floor(List<Double> periodWeights) {
        return BayesFloor.of(TutorialTask.SPEC, new Batching(Batching.Form.TRIALS, 1, 0, periodWeights), 1);
    }

    private static Batching windows(int length) {
        return new Batching(Batching.Form.WINDOWS, 16, length, EVEN);
    }

    private static PerceptualDecisionMaking coherence(PerceptualDecisionMaking task, double percent) {
        return new PerceptualDecisionMaking(
                task.dtMillis(),
                task.ringSize(),
                List.of(percent),
                task.sigma(),
                FixationMode.UNTIL_DECISION,
                task.fixation(),
                task.stimulus(),
                task.delay(),
                task.decision());
    }
}
