package cohort.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.network.Activation;
import cohort.network.CellKind;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.storage.Safetensors.Tensor;
import cohort.training.LearnerState;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFileTest {
    private static final NetworkSpec TWO = NetworkSpec.leaky(3, 5, 2, 0.2, Activation.RELU, RecurrentBias.TWO);
    private static final NetworkSpec ONE = NetworkSpec.leaky(3, 5, 2, 0.2, Activation.TANH, RecurrentBias.ONE);

    @ParameterizedTest
    @EnumSource
    void modelIsReadBackToTheBit(RecurrentBias bias) throws IOException {
        NetworkSpec spec = NetworkSpec.leaky(3, 13, 7, 0.2, Activation.RELU, bias);
        Parameters parameters = new Parameters(spec, random(Parameters.size(spec), 1));

        byte[] bytes = ModelFile.model(parameters, Map.of("step", "40"));

        assertThat(ModelFile.parse(spec, bytes).values()).containsExactly(parameters.values());
        assertThat(Safetensors.parse(bytes).metadata()).containsExactly(Map.entry("step", "40"));
    }

    @Test
    void modelHoldsTheTensorsOfTheTutorialsFirstClass() throws IOException {
        assertThat(tensors(TWO).keySet())
                .containsExactlyInAnyOrder(
                        "rnn.input2h.weight",
                        "rnn.input2h.bias",
                        "rnn.h2h.weight",
                        "rnn.h2h.bias",
                        "fc.weight",
                        "fc.bias");
    }

    @Test
    void modelHoldsTheTensorsOfTheTutorialsHandWrittenClass() throws IOException {
        assertThat(tensors(ONE).keySet())
                .containsExactlyInAnyOrder("rnn.Wxh", "rnn.Whh", "rnn.bh", "fc.weight", "fc.bias");
    }

    @Test
    void tensorsMayCarryTheOtherClasssNames() throws IOException {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        tensors(ONE)
                .forEach((name, tensor) -> renamed.put(
                        name.replace("Wxh", "input2h.weight")
                                .replace("Whh", "h2h.weight")
                                .replace("bh", "input2h.bias"),
                        tensor));
        assertThat(renamed).containsKeys("rnn.input2h.weight", "rnn.h2h.weight", "rnn.input2h.bias");

        Parameters parameters = ModelFile.parse(ONE, bytes(renamed));

        assertThat(parameters.values()).containsExactly(random(Parameters.size(ONE), 1));
    }

    @Test
    void missingTensorIsNamed() throws IOException {
        Map<String, Tensor> tensors = tensors(TWO);
        tensors.remove("rnn.h2h.bias");

        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes(tensors)))
                .isInstanceOf(IOException.class)
                .hasMessage("it has no tensor rnn.h2h.bias. It fits network.bias = one");
        tensors.remove("rnn.h2h.weight");
        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes(tensors)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "it has no tensor rnn.h2h.weight; it has rnn.input2h.weight, rnn.input2h.bias, fc.weight, fc.bias");
    }

    @Test
    void tensorOfAnotherShapeIsNamedWithBothShapes() {
        NetworkSpec larger = NetworkSpec.leaky(3, 6, 2, 0.2, Activation.RELU, RecurrentBias.TWO);

        assertThatThrownBy(() -> ModelFile.parse(larger, bytes(tensors(TWO))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rnn.input2h.weight")
                .hasMessageContaining("[5, 3]")
                .hasMessageContaining("[6, 3]");
    }

    @Test
    void transposedTensorIsRefused() throws IOException {
        Map<String, Tensor> tensors = tensors(TWO);
        tensors.put("fc.weight", new Tensor(new int[] {5, 2}, FloatBuffer.allocate(10)));

        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes(tensors)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fc.weight")
                .hasMessageContaining("[5, 2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LEAKY | 3 | 7 | 1 | 2 | ONE | . It fits network.hidden = 7, network.bias = one",
                "LSTM  | 3 | 5 | 2 | 2 | TWO | . It fits network.cell = lstm, network.layers = 2",
                "GRU   | 3 | 6 | 1 | 2 | TWO | . It fits network.cell = gru, network.hidden = 6",
                "LEAKY | 5 | 5 | 1 | 5 | TWO | . It fits a task of 5 inputs and 5 outputs (task)"
            })
    void keysThatWouldFitAreNamed(
            CellKind cell, int inputs, int hidden, int layers, int outputs, RecurrentBias bias, String hint)
            throws IOException {
        NetworkSpec other = new NetworkSpec(inputs, hidden, layers, outputs, cell.of(0.5, Activation.TANH, bias));

        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes(tensors(other))))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(hint);
    }

    @Test
    void wrappedNamesAreReadAndSaid(@TempDir Path folder) throws IOException {
        Map<String, Tensor> wrapped = new LinkedHashMap<>();
        tensors(TWO).forEach((name, tensor) -> wrapped.put("module._orig_mod." + name, tensor));
        Path path = java.nio.file.Files.write(folder.resolve("w"), bytes(wrapped));
        List<String> told = new ArrayList<>();

        Parameters parameters = ModelFile.read(new Files(new Configuration()), TWO, path.toString(), told::add);

        assertThat(parameters.values()).containsExactly(random(Parameters.size(TWO), 1));
        assertThat(told).singleElement().asString().contains(path.toString(), "\"module._orig_mod.\"");
    }

    @Test
    void whatMakesAWrapperOfHalfOfThemIsRefused() throws IOException {
        Map<String, Tensor> tensors = tensors(TWO);
        tensors.put("module.fc.bias", tensors.remove("fc.bias"));

        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes(tensors)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no tensor fc.bias")
                .hasMessageContaining("module.fc.bias");
    }

    @Test
    void optimizersStateIsNoNetwork() {
        LearnerState state = new LearnerState(1, random(Parameters.size(TWO), 1), new float[0][]);
        byte[] bytes = ModelFile.optimizer(TWO, state, random(Parameters.size(TWO), 2), Map.of());

        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("optimizer");
    }

    @Test
    void weightThatIsNoFiniteFloatIsNamedWithItsPlace() throws IOException {
        Map<String, Tensor> tensors = tensors(TWO);
        FloatBuffer values = FloatBuffer.allocate(10);
        values.put(7, Float.NEGATIVE_INFINITY);
        tensors.put("fc.weight", new Tensor(new int[] {2, 5}, values));

        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes(tensors)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tensor fc.weight has -Infinity at [1, 2]");
    }

    @Test
    void namesOfAFileAreShownInPartAndOnlyWhatCanBeSeen() throws IOException {
        Map<String, Tensor> tensors = tensors(TWO);
        for (int i = 0; i < 500; i++) {
            tensors.put(i + "\u001b]0;\u0007\u202e\u200b\u0085" + "x".repeat(i), tensors.get("fc.bias"));
        }

        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes(tensors)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0<1b>]0;<7><202e><200b><85>")
                .hasMessageMatching("[ -~]{1,200}")
                .hasMessageContaining("more");
    }

    @Test
    void unknownTensorIsNamed() throws IOException {
        Map<String, Tensor> tensors = tensors(TWO);
        tensors.put("rnn.tau", new Tensor(new int[] {1}, FloatBuffer.wrap(new float[] {100})));

        assertThatThrownBy(() -> ModelFile.parse(TWO, bytes(tensors)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rnn.tau");
    }

    @Test
    void secondBiasIsNotSilentlyDropped() {
        assertThatThrownBy(() -> ModelFile.parse(ONE, bytes(tensors(TWO))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rnn.h2h.bias");
    }

    @Test
    void optimizerFileHoldsTheMomentsUnderTheNamesOfTheModel() throws IOException {
        int size = Parameters.size(TWO);
        float[][] moments = {random(size, 2), random(size, 3)};
        float[] velocity = random(size, 4);
        LearnerState state = new LearnerState(40, random(size, 1), moments);

        Safetensors file = Safetensors.parse(ModelFile.optimizer(TWO, state, velocity, Map.of("step", "40")));

        assertThat(ModelFile.parameters(TWO, file, "moment1.").values()).containsExactly(moments[0]);
        assertThat(ModelFile.parameters(TWO, file, "moment2.").values()).containsExactly(moments[1]);
        assertThat(ModelFile.parameters(TWO, file, "outer.").values()).containsExactly(velocity);
        assertThat(file.tensors()).hasSize(3 * 6).containsKey("moment2.rnn.h2h.weight");
        assertThat(file.metadata()).containsEntry("step", "40");
    }

    /** Python's hashlib computed both, as the digest's description says, over what its safetensors had read. */
    @ParameterizedTest
    @CsvSource({
        "5, 1dada077067861eef5bd03cdad04461f193bb2a9964d6f17eb558648e13513d6",
        "130, bb6bb7842f733cb7b9fd69c40b1dfa94dd1c9a3c8afdadacf48aa1f332cf4bec"
    })
    void digestIsOfTheTensorsAlone(int hidden, String digest) throws IOException {
        Parameters parameters = new Parameters(TWO.withHidden(hidden));
        for (int i = 0; i < parameters.values().length; i++) {
            parameters.values()[i] = 0.25f * i - 1;
        }

        assertThat(ModelFile.digest(parameters)).isEqualTo(digest);
        assertThat(ModelFile.digest(ModelFile.parse(parameters.spec(), ModelFile.model(parameters, Map.of("a", "b")))))
                .isEqualTo(digest);
        parameters.values()[0] = -0.75f;
        assertThat(ModelFile.digest(parameters)).isNotEqualTo(digest);
    }

    private static Map<String, Tensor> tensors(NetworkSpec spec) throws IOException {
        Parameters parameters = new Parameters(spec, random(Parameters.size(spec), 1));
        return Safetensors.parse(ModelFile.model(parameters, Map.of())).tensors();
    }

    private static byte[] bytes(Map<String, Tensor> tensors) {
        return new Safetensors(tensors, Map.of()).toBytes();
    }

    private static float[] random(int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
