package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchingTest {
    private static final List<Double> EQUAL = List.of(1.0, 1.0, 1.0, 1.0);

    @ParameterizedTest
    @CsvSource({"TRIALS, 1, 1", "TRIALS, 4, 3", "TRIALS, 3, 7", "WINDOWS, 1, 1", "WINDOWS, 4, 3", "WINDOWS, 3, 7"})
    void aTrialBelongsToTheWorkerThatReadsIt(Batching.Form form, int batchSize, int workers) {
        Batching batching = new Batching(form, batchSize, 50, EQUAL);
        Set<Long> read = new HashSet<>();
        for (int worker = 0; worker < workers; worker++) {
            RecordingSource source = new RecordingSource(Examples.trials(Examples.randomDurations()));
            BatchSource batches = batching.open(source, worker, workers);
            Batch batch = batches.newBatch();
            assertThat(batch.lanes()).isEqualTo(batchSize);
            for (int n = 0; n < 10; n++) {
                batches.read(n, batch);
            }
            for (long index : source.read) {
                assertThat(batching.workerOf(index, workers)).isEqualTo(worker);
                assertThat(read.add(index))
                        .as("trial " + index + " is read once")
                        .isTrue();
            }
        }
        for (long index = 0; index < 5L * batchSize * workers; index++) {
            assertThat(read).contains(index);
        }
    }

    @Test
    void aFarTrialHasAWorkerToo() {
        Batching batching = new Batching(Batching.Form.TRIALS, 1000, 1, EQUAL);
        assertThat(batching.workerOf(RandomStreams.MAX_INDEX, Integer.MAX_VALUE))
                .isEqualTo((int) (RandomStreams.MAX_INDEX % (1000L * Integer.MAX_VALUE) / 1000));
    }

    @ParameterizedTest
    @EnumSource(Batching.Form.class)
    void periodWeightsAreTheWeightsOfTheSteps(Batching.Form form) {
        Batching batching = new Batching(form, 2, 60, List.of(0.0, 0.25, 7.0, 3.0));
        BatchSource batches = batching.open(Examples.trials(Examples.tutorial()), 0, 1);
        Batch batch = batches.newBatch();
        batches.read(4, batch);
        float[] expected = new float[2 * 60];
        Arrays.fill(expected, 2 * 5, 2 * 55, 0.25f);
        Arrays.fill(expected, 2 * 55, 2 * 60, 3);
        assertThat(batch.weights()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -16})
    void sizesBelowOneAreRefused(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batching(Batching.Form.TRIALS, size, 100, EQUAL))
                .withMessage("batch size is not at least 1: " + size);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batching(Batching.Form.WINDOWS, 16, size, EQUAL))
                .withMessage("sequence length is not at least 1: " + size);
    }

    @Test
    void sequenceLengthMeansNothingForTrials() {
        assertThat(new Batching(Batching.Form.TRIALS, 16, 0, EQUAL).sequenceLength())
                .isZero();
    }

    @Test
    void thereIsOneWeightForEachPeriod() {
        Batching three = new Batching(Batching.Form.TRIALS, 16, 100, List.of(1.0, 1.0, 1.0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> three.open(Examples.trials(Examples.tutorial()), 0, 1))
                .withMessage("there are not 4 period weights: [1.0, 1.0, 1.0]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightThatIsNoneIsRefused(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batching(Batching.Form.TRIALS, 16, 100, List.of(1.0, 1.0, weight, 1.0)))
                .withMessage("period weight is not a number of at least 0: " + weight);
    }

    @Test
    void aListChangedAfterwardsDoesNotChangeTheWeights() {
        List<Double> weights = new ArrayList<>(EQUAL);
        Batching batching = new Batching(Batching.Form.TRIALS, 16, 100, weights);
        weights.set(0, 5.0);
        assertThat(batching.periodWeights()).isEqualTo(EQUAL);
    }
}
