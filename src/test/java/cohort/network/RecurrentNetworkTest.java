package cohort.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrentNetworkTest {
    private static final NetworkSpec SPEC = NetworkSpec.leaky(3, 13, 2, 0.2, Activation.TANH, RecurrentBias.TWO);

    @ParameterizedTest
    @CsvSource({
        // inputs, hidden, outputs, steps, lanes
        "1, 1, 1, 1, 1",
        "3, 1, 2, 9, 5",
        "1, 13, 1, 1, 7",
        "3, 13, 3, 100, 1",
        "13, 13, 207, 2, 13",
        "5, 207, 7, 13, 3",
        "207, 207, 1, 3, 1"
    })
    void matchesPlainLoopsInDouble(int inputs, int hidden, int outputs, int steps, int lanes) {
        for (Activation activation : Activation.values()) {
            for (RecurrentBias bias : RecurrentBias.values()) {
                for (double alpha : new double[] {0.2, 1}) {
                    requireMatch(NetworkSpec.leaky(inputs, hidden, outputs, alpha, activation, bias), steps, lanes);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, 13, 2, 1, 31, 5",
        "10, 20, 4, 2, 5, 3",
        "1, 1, 1, 3, 4, 1",
        "20, 7, 3, 3, 6, 2",
        "3, 128, 3, 2, 9, 16"
    })
    void stacksOfEveryCellMatchPlainLoopsInDouble(
            int inputs, int hidden, int outputs, int layers, int steps, int lanes) {
        for (CellKind kind : CellKind.values()) {
            Cell cell = kind.of(0.2, Activation.RELU, RecurrentBias.TWO);
            requireMatch(new NetworkSpec(inputs, hidden, layers, outputs, cell), steps, lanes);
        }
    }

    private static void requireMatch(NetworkSpec spec, int steps, int lanes) {
        Parameters parameters = parameters(spec);
        float[] inputs = inputs(spec, steps, lanes);
        RecurrentNetwork network = new RecurrentNetwork(spec, steps, lanes);
        network.load(parameters);

        network.forward(inputs, steps);

        DoubleNetwork expected =
                DoubleNetwork.forward(spec, DoubleNetwork.widen(parameters.values()), inputs, steps, lanes);
        // Rounding grows with the root of the number of products in a sum.
        double tolerance = 5e-7 * Math.sqrt(spec.inputs() + spec.hidden());
        requireClose("h", network.copyStates(steps), expected.states, tolerance);
        requireClose("o", network.outputs(), expected.outputs, tolerance);
    }

    private static void requireClose(String name, float[] actual, double[] expected, double tolerance) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("%s, entry %d", name, i)
                    .isCloseTo(expected[i], within(tolerance * largest + 1e-30));
        }
    }

    @Test
    void firstStateIsAlphaTimesTheRateOfTheInputAlone() {
        NetworkSpec spec = NetworkSpec.leaky(1, 1, 1, 0.25, Activation.RELU, RecurrentBias.TWO);
        // Wx, bx, Wh, bh, Wy, by
        Parameters parameters = new Parameters(spec, new float[] {2, 1, 100, 0.5f, -3, 10});
        RecurrentNetwork network = new RecurrentNetwork(spec, 2, 1);
        network.load(parameters);

        network.forward(new float[] {4, 0}, 2);

        assertThat(network.copyStates(2)[0]).isEqualTo(0.25f * (2 * 4 + 1 + 0.5f));
        assertThat(network.outputs()[0]).isEqualTo(-3 * 2.375f + 10);
        assertThat(network.copyStates(2)[1]).isEqualTo(0.75f * 2.375f + 0.25f * (100 * 2.375f + 1.5f));
    }

    @Test
    void withAlphaOneTheStateIsTheRate() {
        NetworkSpec spec = NetworkSpec.leaky(3, 13, 2, 1, Activation.SOFTPLUS, RecurrentBias.ONE);
        RecurrentNetwork network = new RecurrentNetwork(spec, 7, 3);
        Parameters parameters = parameters(spec);
        network.load(parameters);

        network.forward(inputs(spec, 7, 3), 7);

        double[] rates =
                DoubleNetwork.forward(spec, DoubleNetwork.widen(parameters.values()), inputs(spec, 7, 3), 7, 3).rates;
        requireClose("h", network.copyStates(7), rates, 2e-6);
    }

    @Test
    void shorterSequenceAfterALongerOneIsAsIfAlone() {
        Parameters parameters = parameters(SPEC);
        float[] inputs = inputs(SPEC, 4, 5);
        RecurrentNetwork alone = new RecurrentNetwork(SPEC, 4, 5);
        alone.load(parameters);
        alone.forward(inputs, 4);
        RecurrentNetwork used = new RecurrentNetwork(SPEC, 31, 5);
        used.load(parameters);
        used.forward(inputs(SPEC, 31, 5), 31);

        used.forward(inputs, 4);

        assertThat(Arrays.copyOf(used.outputs(), 4 * 5 * 2)).containsExactly(alone.outputs());
        assertThat(used.copyStates(4)).containsExactly(alone.copyStates(4));
    }

    /** However its units squash what they receive: a training that has diverged must not go on unseen. */
    @Test
    void aWeightThatIsNotANumberShowsInTheOutputs() {
        for (CellKind kind : CellKind.values()) {
            NetworkSpec spec = new NetworkSpec(3, 13, 2, 2, kind.of(0.2, Activation.TANH, RecurrentBias.TWO));
            for (Parameters.View view : new Parameters(spec).views()) {
                Parameters parameters = parameters(spec);
                parameters.values()[view.offset()] = Float.NaN;
                RecurrentNetwork network = new RecurrentNetwork(spec, 4, 5);
                network.load(parameters);

                network.forward(inputs(spec, 4, 5), 4);

                assertThat(network.outputs()).as("%s, %s", kind, view.name()).contains(Float.NaN);
            }
        }
    }

    /** Of 13 units 6 never speak, and unit 4 only at the last step. */
    private static Parameters partlySilent(NetworkSpec spec) {
        Parameters parameters = parameters(spec);
        for (int unit : new int[] {0, 3, 5, 6, 11, 12}) {
            parameters.values()[parameters.layer(0).biases().get(0).offset() + unit] = -100;
        }
        parameters.values()[parameters.layer(0).inputWeights().offset() + 4 * 3] = 10;
        parameters.values()[parameters.layer(0).biases().get(0).offset() + 4] = -200;
        return parameters;
    }

    @Test
    void orderOfUnitsChangesWhereProductsEndAndNothingElse() {
        int steps = 9;
        NetworkSpec relu = NetworkSpec.leaky(3, 13, 2, 0.2, Activation.RELU, RecurrentBias.TWO);
        Parameters parameters = partlySilent(relu);
        float[] inputs = inputs(relu, steps, 5);
        inputs[(8 * 5 + 2) * 3] = 50;
        RecurrentNetwork network = new RecurrentNetwork(relu, steps, 5);
        network.load(parameters);
        network.forward(inputs, steps);
        float[] outputs = network.outputs().clone();
        float[] states = network.copyStates(steps);
        assertThat(network.activeUnits()).isEqualTo(12); // 11, and one to make it even

        network.load(parameters, new int[][] {{8, 1, 10, 2, 9, 7, 4, 0, 3, 5, 6, 12, 11}});
        network.forward(inputs, steps);

        assertThat(network.activeUnits()).isEqualTo(8); // 7, and one
        requireClose("o", network.outputs(), DoubleNetwork.widen(outputs), 1e-6);
        requireClose("h", network.copyStates(steps), DoubleNetwork.widen(states), 1e-6);
    }

    @Test
    void unitWithTanhIsNeverSilent() {
        RecurrentNetwork network = new RecurrentNetwork(SPEC, 2, 1);
        network.load(new Parameters(SPEC)); // all rates are 0, and yet tanh'(0) = 1

        network.forward(new float[6], 2);

        assertThat(network.activeUnits()).isEqualTo(13);
    }

    @Test
    void laneDoesNotSeeItsNeighbours() {
        Parameters parameters = parameters(SPEC);
        float[] inputs = inputs(SPEC, 9, 5);
        float[] others = inputs.clone();
        for (int row = 0; row < 9 * 5; row++) {
            for (int c = 0; c < 3 && row % 5 != 2; c++) {
                others[row * 3 + c] += 1;
            }
        }
        RecurrentNetwork network = new RecurrentNetwork(SPEC, 9, 5);
        network.load(parameters);
        network.forward(inputs, 9);
        float[] outputs = network.outputs().clone();

        network.forward(others, 9);

        for (int row = 0; row < 9 * 5; row++) {
            if (row % 5 == 2) {
                assertThat(network.outputs()[row * 2]).isEqualTo(outputs[row * 2]);
            } else {
                assertThat(network.outputs()[row * 2]).isNotEqualTo(outputs[row * 2]);
            }
        }
    }

    @Test
    void parametersAreCopiedWhenLoaded() {
        Parameters parameters = parameters(SPEC);
        float[] inputs = inputs(SPEC, 3, 1);
        RecurrentNetwork network = new RecurrentNetwork(SPEC, 3, 1);
        network.load(parameters);
        network.forward(inputs, 3);
        float[] outputs = network.outputs().clone();

        Arrays.fill(parameters.values(), 0f);
        network.forward(inputs, 3);

        assertThat(network.outputs()).containsExactly(outputs);
    }

    @Test
    void stepsOutsideTheWorkspaceAreRefused() {
        RecurrentNetwork network = new RecurrentNetwork(SPEC, 4, 2);

        assertThatThrownBy(() -> network.forward(new float[100], 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network.forward(new float[100], 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 1 and 4")
                .hasMessageContaining("5");
    }

    private static Parameters parameters(NetworkSpec spec) {
        Parameters parameters = new Parameters(spec);
        Random random = new Random(1);
        double scale = 1 / Math.sqrt(spec.hidden());
        for (int i = 0; i < parameters.values().length; i++) {
            parameters.values()[i] = (float) (scale * random.nextGaussian());
        }
        return parameters;
    }

    private static float[] inputs(NetworkSpec spec, int steps, int lanes) {
        Random random = new Random(2);
        float[] inputs = new float[steps * lanes * spec.inputs()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return inputs;
    }
}
