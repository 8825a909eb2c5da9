package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingTest {
    private static final int SIZE = 207;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void meanOfEqualResultsIsThatResultToTheBit(int workers) {
        float[] parameters = random(1);
        parameters[0] = Float.MIN_VALUE;
        parameters[1] = -Float.MAX_VALUE;
        float[][] moments = {random(2), random(3)};
        List<LocalResult> results = new ArrayList<>();
        for (int k = 0; k < workers; k++) {
            results.add(
                    result(parameters.clone(), new float[][] {moments[0].clone(), moments[1].clone()}, 16L * k + 1));
        }

        LearnerState average = Averaging.average(results);

        assertThat(average.parameters()).containsExactly(parameters);
        assertThat(average.moments()[0]).containsExactly(moments[0]);
        assertThat(average.moments()[1]).containsExactly(moments[1]);
    }

    @Test
    void parametersAndMomentsAreWeightedByTheSequencesProcessed() {
        LocalResult one = result(new float[] {1, -8}, new float[][] {{4, 0}}, 48);
        LocalResult other = result(new float[] {5, 8}, new float[][] {{0, 2}}, 16);

        LearnerState average = Averaging.average(List.of(one, other));

        assertThat(average.parameters()).containsExactly(2, -4);
        assertThat(average.moments()).hasDimensions(1, 2);
        assertThat(average.moments()[0]).containsExactly(3, 0.5f);
    }

    @Test
    void sumsAreTakenInTheOrderOfTheWorkers() {
        LocalResult huge = result(new float[] {1e20f}, new float[0][], 1);
        LocalResult minusHuge = result(new float[] {-1e20f}, new float[0][], 1);
        LocalResult one = result(new float[] {1}, new float[0][], 1);

        assertThat(Averaging.average(List.of(huge, minusHuge, one)).parameters())
                .containsExactly(1 / 3f);
        assertThat(Averaging.average(List.of(huge, one, minusHuge)).parameters())
                .containsExactly(0);
    }

    @Test
    void sumsAreDouble() {
        List<LocalResult> results = new ArrayList<>();
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < 100; k++) {
            float value = new Random(k).nextFloat();
            long sequences = 1000L + k;
            results.add(result(new float[] {value}, new float[0][], sequences));
            sum += (double) sequences * value;
            weights += sequences;
        }

        assertThat(Averaging.average(results).parameters()).containsExactly((float) (sum / weights));
    }

    @Test
    void stepCounterIsKept() {
        LocalResult result = result(new float[] {1}, new float[0][], 4);

        assertThat(Averaging.average(List.of(result, result)).step())
                .isEqualTo(result.state().step());
    }

    @Test
    void resultsAreNotChanged() {
        float[] first = random(1);
        float[] moment = random(2);
        LocalResult one = result(first, new float[][] {moment}, 3);
        LocalResult other = result(random(4), new float[][] {random(5)}, 5);

        LearnerState average = Averaging.average(List.of(one, other));

        assertThat(first).containsExactly(random(1));
        assertThat(moment).containsExactly(random(2));
        assertThat(average.parameters()).isNotSameAs(first).isNotEqualTo(first);
    }

    private static LocalResult result(float[] parameters, float[][] moments, long sequences) {
        return new LocalResult(new LearnerState(40, parameters, moments), sequences, LossTally.NONE, 0, null);
    }

    private static float[] random(long seed) {
        Random random = new Random(seed);
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
