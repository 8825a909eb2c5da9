package cohort.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Purpose;
import cohort.task.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitialisationTest {
    private static final NetworkSpec SPEC = NetworkSpec.leaky(30, 207, 31, 0.2, Activation.RELU, RecurrentBias.TWO);

    @Test
    void pyTorchLinearIsUniformWithinOneOverTheRootOfTheFanIn() {
        Parameters parameters = draw(Initialisation.PYTORCH, 1);

        requireUniform(parameters, parameters.layer(0).inputWeights(), 30);
        requireUniform(parameters, parameters.layer(0).biases().get(0), 30);
        requireUniform(parameters, parameters.layer(0).recurrentWeights(), 207);
        requireUniform(parameters, parameters.layer(0).biases().get(1), 207);
        requireUniform(parameters, parameters.readoutWeights(), 207);
        requireUniform(parameters, parameters.readoutBias(), 207);
    }

    /** As nn.LSTM and nn.GRU, whose input weights and biases too have the bound of the recurrent ones. */
    @Test
    void pyTorchsLstmAndGruAreUniformWithinOneOverTheRootOfTheUnits() {
        for (Cell cell : new Cell[] {new LstmCell(), new GruCell()}) {
            Parameters parameters = new Parameters(new NetworkSpec(30, 207, 2, 31, cell));
            Initialisation.PYTORCH.draw(parameters, RandomStreams.of(1, Purpose.INITIALISATION, 0));

            for (Parameters.View view : parameters.views()) {
                requireUniform(parameters, view, 207);
            }
        }
    }

    @Test
    void orthogonalIsARotationForEachGateOfEachLayer() {
        Parameters parameters = new Parameters(new NetworkSpec(3, 13, 2, 2, new GruCell()));
        Initialisation.ORTHOGONAL.draw(parameters, RandomStreams.of(1, Purpose.INITIALISATION, 0));

        for (int gate = 0; gate < 6; gate++) {
            float[] weights = values(parameters, parameters.layer(gate / 3).recurrentWeights());
            double length = 0;
            double product = 0;
            for (int k = 0; k < 13; k++) {
                double first = weights[gate % 3 * 169 + k];
                length += first * first;
                product += first * weights[gate % 3 * 169 + 13 + k];
            }
            assertThat(length).isCloseTo(1, within(1e-6));
            assertThat(product).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void smallNormalHasWeightsOfAHundredthAndNoBias() {
        Parameters parameters = draw(Initialisation.SMALL_NORMAL, 1);

        for (Parameters.View view : new Parameters.View[] {
            parameters.layer(0).inputWeights(), parameters.layer(0).recurrentWeights()
        }) {
            float[] values = values(parameters, view);
            double sd = 0.01;
            assertThat(mean(values)).isCloseTo(0, within(5 * sd / Math.sqrt(values.length)));
            assertThat(variance(values)).isCloseTo(sd * sd, within(5 * sd * sd * Math.sqrt(2.0 / values.length)));
            assertThat(kurtosis(values)).isCloseTo(3, within(5 * Math.sqrt(24.0 / values.length)));
        }
        assertThat(values(parameters, parameters.layer(0).biases().get(0))).containsOnly(0);
        assertThat(values(parameters, parameters.layer(0).biases().get(1))).containsOnly(0);
        requireUniform(parameters, parameters.readoutWeights(), 207);
        requireUniform(parameters, parameters.readoutBias(), 207);
    }

    @Test
    void orthogonalKeepsTheLengthOfEveryState() {
        Parameters parameters = draw(Initialisation.ORTHOGONAL, 1);
        float[] weights = values(parameters, parameters.layer(0).recurrentWeights());

        for (int i = 0; i < 207; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k < 207; k++) {
                    product += (double) weights[i * 207 + k] * weights[j * 207 + k];
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-6));
            }
        }
        requireUniform(parameters, parameters.layer(0).inputWeights(), 30);
        requireUniform(parameters, parameters.readoutWeights(), 207);
    }

    @ParameterizedTest
    @EnumSource
    void sameStreamGivesTheSameWeights(Initialisation initialisation) {
        Parameters drawnOver = draw(initialisation, 2);
        initialisation.draw(drawnOver, RandomStreams.of(1, Purpose.INITIALISATION, 0));

        assertThat(drawnOver.values())
                .containsExactly(draw(initialisation, 1).values())
                .isNotEqualTo(draw(initialisation, 2).values());
    }

    @ParameterizedTest
    @EnumSource
    void everyValueOfANetworkWithOneBiasIsDrawn(Initialisation initialisation) {
        NetworkSpec one = NetworkSpec.leaky(3, 5, 2, 1, Activation.TANH, RecurrentBias.ONE);
        Parameters parameters = new Parameters(one);
        Arrays.fill(parameters.values(), Float.NaN);

        initialisation.draw(parameters, RandomStreams.of(1, Purpose.INITIALISATION, 0));

        for (float value : parameters.values()) {
            assertThat(value).isFinite();
        }
    }

    private static Parameters draw(Initialisation initialisation, long seed) {
        Parameters parameters = new Parameters(SPEC);
        Arrays.fill(parameters.values(), Float.NaN);
        initialisation.draw(parameters, RandomStreams.of(seed, Purpose.INITIALISATION, 0));
        return parameters;
    }

    /** Within the bound, reaching near it, and with the mean and variance of a uniform distribution. */
    private static void requireUniform(Parameters parameters, Parameters.View view, int fanIn) {
        float[] values = values(parameters, view);
        double bound = 1 / Math.sqrt(fanIn);
        double largest = 0;
        for (float value : values) {
            assertThat((double) value).as(view.name()).isBetween(-bound * 1.0000001, bound * 1.0000001);
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).as(view.name()).isGreaterThan(0.8 * bound);
        double variance = bound * bound / 3;
        assertThat(mean(values)).as(view.name()).isCloseTo(0, within(5 * Math.sqrt(variance / values.length)));
        assertThat(variance(values))
                .as(view.name())
                .isCloseTo(variance, within(5 * variance * Math.sqrt(0.8 / values.length)));
    }

    private static float[] values(Parameters parameters, Parameters.View view) {
        return Arrays.copyOfRange(parameters.values(), view.offset(), view.offset() + view.size());
    }

    private static double mean(float[] values) {
        return moment(values, 1);
    }

    private static double variance(float[] values) {
        return moment(values, 2) - mean(values) * mean(values);
    }

    private static double kurtosis(float[] values) {
        return moment(values, 4) / (moment(values, 2) * moment(values, 2));
    }

    private static double moment(float[] values, int order) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow(value, order);
        }
        return sum / values.length;
    }
}
