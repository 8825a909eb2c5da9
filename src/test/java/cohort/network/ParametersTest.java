package cohort.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {
    @ParameterizedTest
    @EnumSource
    void viewsCoverTheArrayWithoutGapOrOverlap(RecurrentBias bias) {
        Parameters parameters = new Parameters(NetworkSpec.leaky(3, 13, 7, 0.2, Activation.RELU, bias));
        int next = 0;

        for (Parameters.View view : parameters.views()) {
            assertThat(view.offset()).as(view.name()).isEqualTo(next);
            int product = 1;
            for (int dimension : view.shape()) {
                product *= dimension;
            }
            assertThat(view.size()).as(view.name()).isEqualTo(product);
            next += view.size();
        }

        assertThat(next).isEqualTo(parameters.values().length).isEqualTo(Parameters.size(parameters.spec()));
    }

    @Test
    void networkWithTwoBiasesHasPyTorchsNamesAndShapes() {
        Parameters parameters = new Parameters(spec(RecurrentBias.TWO));

        assertThat(parameters.views())
                .extracting(Parameters.View::name)
                .containsExactlyInAnyOrder(
                        "rnn.input2h.weight",
                        "rnn.input2h.bias",
                        "rnn.h2h.weight",
                        "rnn.h2h.bias",
                        "fc.weight",
                        "fc.bias");
        assertThat(parameters.layer(0).inputWeights().shape()).containsExactly(13, 3);
        assertThat(parameters.layer(0).biases().get(0).shape()).containsExactly(13);
        assertThat(parameters.layer(0).recurrentWeights().shape()).containsExactly(13, 13);
        assertThat(parameters.layer(0).biases().get(1).shape()).containsExactly(13);
        assertThat(parameters.readoutWeights().shape()).containsExactly(7, 13);
        assertThat(parameters.readoutBias().shape()).containsExactly(7);
    }

    @Test
    void networkWithOneBiasHasTheNamesOfTheHandWrittenClass() {
        Parameters parameters = new Parameters(spec(RecurrentBias.ONE));

        assertThat(parameters.views())
                .extracting(Parameters.View::name)
                .containsExactlyInAnyOrder("rnn.Wxh", "rnn.bh", "rnn.Whh", "fc.weight", "fc.bias");
        assertThat(parameters.layer(0).biases()).hasSize(1);
        assertThat(new Parameters(spec(RecurrentBias.TWO)).layer(0).biases()).hasSize(2);
    }

    @Test
    void lstmAndGruHavePyTorchsNamesShapesAndNumbers() {
        Parameters lstm = new Parameters(new NetworkSpec(10, 20, 2, 4, new LstmCell()));
        Parameters gru = new Parameters(new NetworkSpec(3, 16, 1, 3, new GruCell()));

        assertThat(lstm.views())
                .extracting(Parameters.View::name)
                .containsExactly(
                        "rnn.weight_ih_l0",
                        "rnn.weight_hh_l0",
                        "rnn.bias_ih_l0",
                        "rnn.bias_hh_l0",
                        "rnn.weight_ih_l1",
                        "rnn.weight_hh_l1",
                        "rnn.bias_ih_l1",
                        "rnn.bias_hh_l1",
                        "fc.weight",
                        "fc.bias");
        assertThat(lstm.layer(0).inputWeights().shape()).containsExactly(80, 10);
        assertThat(lstm.layer(1).inputWeights().shape()).containsExactly(80, 20);
        assertThat(gru.layer(0).recurrentWeights().shape()).containsExactly(48, 16);
        // sum(p.numel() for p in ...parameters()) of nn.LSTM(10, 20, 2) and nn.GRU(3, 16), and of the read-outs
        assertThat(lstm.values()).hasSize(5920 + 84);
        assertThat(gru.values()).hasSize(1008 + 51);
        assertThat(Parameters.weights(gru.spec())).isEqualTo(48 * 3 + 48 * 16 + 3 * 16);
    }

    @Test
    void layersAboveTheFirstHaveNamesOfTheirOwn() {
        for (CellKind kind : CellKind.values()) {
            for (RecurrentBias bias : RecurrentBias.values()) {
                Cell cell = kind.of(0.2, Activation.RELU, bias);
                Parameters parameters = new Parameters(new NetworkSpec(3, 5, 3, 2, cell));

                assertThat(parameters.views()).extracting(Parameters.View::name).doesNotHaveDuplicates();
                assertThat(parameters.layer(2).inputWeights().name()).contains("_l2");
            }
        }
    }

    @Test
    void tutorialsNetworkHas17411Parameters() {
        NetworkSpec tutorial = NetworkSpec.leaky(3, 128, 3, 0.2, Activation.RELU, RecurrentBias.TWO);

        // input2h 3 * 128 + 128, h2h 128 * 128 + 128, fc 128 * 3 + 3, as PyTorch's Linear layers have
        assertThat(Parameters.size(tutorial)).isEqualTo(17411);
    }

    @Test
    void arrayIsWrappedAndNotCopied() {
        float[] values = new float[Parameters.size(spec(RecurrentBias.ONE))];

        assertThat(new Parameters(spec(RecurrentBias.ONE), values).values()).isSameAs(values);
    }

    @Test
    void arrayOfAnotherLengthIsRefused() {
        int size = Parameters.size(spec(RecurrentBias.TWO));

        assertThatThrownBy(() -> new Parameters(spec(RecurrentBias.TWO), new float[size - 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + (size - 1))
                .hasMessageContaining("" + size);
        assertThatThrownBy(() -> new Parameters(spec(RecurrentBias.TWO), new float[size + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void specRefusesWhatIsOutOfRangeByName() {
        assertThatThrownBy(() -> NetworkSpec.leaky(0, 1, 1, 1, Activation.RELU, RecurrentBias.ONE))
                .hasMessageContaining("inputs")
                .hasMessageContaining("0");
        assertThatThrownBy(() -> NetworkSpec.leaky(1, -5, 1, 1, Activation.RELU, RecurrentBias.ONE))
                .hasMessageContaining("hidden")
                .hasMessageContaining("-5");
        assertThatThrownBy(() -> NetworkSpec.leaky(1, 1, 0, 1, Activation.RELU, RecurrentBias.ONE))
                .hasMessageContaining("outputs");
        for (double alpha : new double[] {0, -0.2, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> NetworkSpec.leaky(1, 1, 1, alpha, Activation.RELU, RecurrentBias.ONE))
                    .hasMessageContaining("alpha")
                    .hasMessageContaining("" + alpha);
        }
    }

    private static NetworkSpec spec(RecurrentBias bias) {
        return NetworkSpec.leaky(3, 13, 7, 0.2, Activation.RELU, bias);
    }
}
