package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each optimizer against PyTorch's definition of it, written out for one parameter in double precision. */
class OptimizerTest {
    private static final int SIZE = 13;
    private static final int STEPS = 9;

    /** The rule for one parameter over all steps. */
    private interface Rule {
        double parameterAfter(double parameter, double[] gradients, double[] rates);
    }

    @Test
    void plainDescentSubtractsRateTimesGradient() {
        requireSame(new Optimizer.Sgd(0), (parameter, gradients, rates) -> {
            double p = parameter;
            for (int t = 0; t < gradients.length; t++) {
                p -= rates[t] * gradients[t];
            }
            return p;
        });
    }

    @Test
    void momentumAddsUpGradientsWithoutDamping() {
        requireSame(new Optimizer.Sgd(0.9), (parameter, gradients, rates) -> {
            double p = parameter;
            double v = 0;
            for (int t = 0; t < gradients.length; t++) {
                v = 0.9 * v + gradients[t];
                p -= rates[t] * v;
            }
            return p;
        });
    }

    @Test
    void adamDividesByTheRootOfTheCorrectedSecondMoment() {
        requireSame(
                new Optimizer.Adam(0.9, 0.99, 1e-3, 0), (parameter, g, rates) -> adam(parameter, g, rates, 1e-3, 0));
    }

    @Test
    void adamWShrinksTheWeightsBesidesTheStep() {
        requireSame(
                new Optimizer.Adam(0.9, 0.99, 1e-8, 0.3),
                (parameter, g, rates) -> adam(parameter, g, rates, 1e-8, 0.3));
    }

    private static double adam(double parameter, double[] gradients, double[] rates, double epsilon, double decay) {
        double p = parameter;
        double m = 0;
        double v = 0;
        for (int t = 0; t < gradients.length; t++) {
            p -= rates[t] * decay * p;
            m = 0.9 * m + 0.1 * gradients[t];
            v = 0.99 * v + 0.01 * gradients[t] * gradients[t];
            double corrected = m / (1 - Math.pow(0.9, t + 1));
            p -= rates[t] * corrected / (Math.sqrt(v / (1 - Math.pow(0.99, t + 1))) + epsilon);
        }
        return p;
    }

    @Test
    void firstStepOfAdamIsTheRateWhateverTheSizeOfTheGradient() {
        float[] parameters = {0, 0, 0, 0};
        Optimizer adam = new Optimizer.Adam(0.9, 0.999, 1e-8, 0);

        adam.update(parameters, new float[] {1e-3f, -1, 1e6f, 0}, new float[2][4], 0.01, 1);

        assertThat(parameters).containsExactly(new float[] {-0.01f, 0.01f, -0.01f, 0}, within(1e-6f));
    }

    @Test
    void momentsAreAsManyAsTheRuleNeeds() {
        assertThat(new Optimizer.Sgd(0).moments()).isZero();
        assertThat(new Optimizer.Sgd(0.5).moments()).isEqualTo(1);
        assertThat(new Optimizer.Adam(0.9, 0.999, 1e-8, 0).moments()).isEqualTo(2);
    }

    @Test
    void constantsOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new Optimizer.Sgd(1))
                .hasMessageContaining("momentum")
                .hasMessageContaining("1.0");
        assertThatThrownBy(() -> new Optimizer.Sgd(Double.NaN)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> new Optimizer.Adam(-0.1, 0.9, 1e-8, 0)).hasMessageContaining("beta1");
        assertThatThrownBy(() -> new Optimizer.Adam(0.9, 1, 1e-8, 0)).hasMessageContaining("beta2");
        assertThatThrownBy(() -> new Optimizer.Adam(0.9, 0.9, 0, 0)).hasMessageContaining("epsilon");
        assertThatThrownBy(() -> new Optimizer.Adam(0.9, 0.9, 1e-8, -1)).hasMessageContaining("weight decay");
    }

    private static void requireSame(Optimizer optimizer, Rule rule) {
        Random random = new Random(2);
        float[] parameters = new float[SIZE];
        double[] expected = new double[SIZE];
        double[][] gradients = new double[SIZE][STEPS];
        double[] rates = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            rates[t] = 0.02 / (1 + t); // the rate changes from step to step
        }
        for (int i = 0; i < SIZE; i++) {
            parameters[i] = (float) random.nextGaussian();
            for (int t = 0; t < STEPS; t++) {
                gradients[i][t] = (float) random.nextGaussian();
            }
            expected[i] = rule.parameterAfter(parameters[i], gradients[i], rates);
        }
        float[][] moments = new float[optimizer.moments()][SIZE];

        for (int t = 0; t < STEPS; t++) {
            float[] gradient = new float[SIZE];
            for (int i = 0; i < SIZE; i++) {
                gradient[i] = (float) gradients[i][t];
            }
            optimizer.update(parameters, gradient, moments, rates[t], t + 1);
        }

        for (int i = 0; i < SIZE; i++) {
            assertThat((double) parameters[i]).as("parameter %d", i).isCloseTo(expected[i], within(1e-6));
        }
    }
}
