package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OuterStepTest {
    @Test
    void plainStepIsTheAverageToTheBit() {
        float[] average = {0.1f, -3e-8f, 1e30f};
        float[] velocity = new float[3];

        float[] next = OuterStep.PLAIN.apply(new float[] {7, 7, 7}, average, velocity);

        assertThat(next).containsExactly(0.1f, -3e-8f, 1e30f);
        assertThat(velocity).containsOnly(0);
    }

    @Test
    void withoutMomentumItGoesAFractionOfTheWay() {
        float[] next = new OuterStep(0.25, 0).apply(new float[] {8, 0}, new float[] {4, 4}, new float[2]);

        assertThat(next).containsExactly(7, 1);
    }

    /** PyTorch's SGD(nesterov=True) on the gradient old - average. */
    @Test
    void nesterovStepsFollowPyTorchOverSeveralRounds() {
        OuterStep outer = new OuterStep(0.7, 0.9);
        Random random = new Random(6);
        float[] parameters = {0.3f, -2, 11};
        float[] velocity = new float[3];
        double[] expected = {0.3f, -2, 11};
        double[] v = new double[3];

        for (int round = 0; round < 8; round++) {
            float[] average = new float[3];
            for (int i = 0; i < 3; i++) {
                double gradient = (float) (0.1 * random.nextGaussian());
                average[i] = (float) (parameters[i] - gradient);
                v[i] = 0.9 * v[i] + gradient;
                expected[i] -= 0.7 * (gradient + 0.9 * v[i]);
            }
            parameters = outer.apply(parameters, average, velocity);
        }

        for (int i = 0; i < 3; i++) {
            assertThat((double) parameters[i]).isCloseTo(expected[i], within(2e-5));
            assertThat((double) velocity[i]).isCloseTo(v[i], within(1e-5));
        }
    }

    @Test
    void neitherOldParametersNorAverageAreChanged() {
        float[] old = {1, 2};
        float[] average = {3, 5};

        new OuterStep(0.7, 0.9).apply(old, average, new float[2]);

        assertThat(old).containsExactly(1, 2);
        assertThat(average).containsExactly(3, 5);
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new OuterStep(0, 0)).hasMessageContaining("outer learning rate");
        assertThatThrownBy(() -> new OuterStep(Double.NaN, 0)).hasMessageContaining("outer learning rate");
        assertThatThrownBy(() -> new OuterStep(1, 1)).hasMessageContaining("outer momentum");
    }
}
