package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.network.Activation;
import cohort.network.Cell;
import cohort.network.CellKind;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.network.RecurrentNetwork;
import cohort.storage.ModelFile;
import cohort.storage.Safetensors;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks, gradients and Adam trajectories that PyTorch's autograd computed in float64: every file of a folder, by default
 * src/test/resources/golden/networks, or the one that {@code mvn test -Dgolden.networks=FOLDER} names. Cell, activation, alpha
 * and numbers of layers and biases follow from a file's name and tensors, all sizes and numbers from its content.
 */
class PyTorchParityTest {
    private static final double TOLERANCE = 1e-5;
    private static final int ADAM_STEPS = 20;
    private static final Pattern ALPHA = Pattern.compile("alpha(\\d+(\\.\\d+)?)$");
    /** Of the networks whose name does not say it. */
    private static final Map<String, Double> ALPHA_OF =
            Map.of("leaky_softplus_masked", 0.1, "leaky_relu_mse", 0.2, "notebook_relu_h128", 0.2);

    static List<Path> files() throws IOException {
        Path project = Path.of(System.getProperty("basedir", ""));
        Path folder = project.resolve(System.getProperty("golden.networks", "src/test/resources/golden/networks"));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
            assertThat(found).as("networks in " + folder.toAbsolutePath()).isNotEmpty();
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void forwardPassMatchesPyTorch(Path file) throws IOException {
        Golden golden = Golden.read(file);
        FixedBatch batch = golden.batch();
        RecurrentNetwork network = new RecurrentNetwork(golden.spec(), batch.steps(), batch.lanes());
        network.load(golden.parameters("param/"));

        network.forward(batch.inputs(), batch.steps());

        assertClose("output", network.outputs(), golden.values("output"));
        assertClose("hidden", network.copyStates(batch.steps()), golden.values("hidden"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void gradientMatchesPyTorch(Path file) throws IOException {
        Golden golden = Golden.read(file);
        Parameters expected = golden.parameters("grad/");

        float[] gradient = golden.batch().gradient(golden.parameters("param/"), golden.loss(), Reduction.MEAN);

        for (Parameters.View view : expected.views()) {
            int to = view.offset() + view.size();
            assertClose(
                    "gradient of " + view.name(),
                    Arrays.copyOfRange(gradient, view.offset(), to),
                    Arrays.copyOfRange(expected.values(), view.offset(), to));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void adamTrajectoryMatchesPyTorch(Path file) throws IOException {
        Golden golden = Golden.read(file);
        FixedBatch batch = golden.batch();
        Optimizer adam = new Optimizer.Adam(0.9, 0.999, 1e-8, 0);
        TrainingSpec training = new TrainingSpec(
                ADAM_STEPS,
                golden.loss(),
                Reduction.MEAN,
                adam,
                new Schedule(0.01, Schedule.Shape.CONSTANT, 0, ADAM_STEPS, 1),
                new Clipping(Clipping.Mode.NONE, 0));
        LocalTrainer trainer = new LocalTrainer(golden.spec(), training, batch.newBatch());
        LearnerState state = LearnerState.initial(golden.parameters("param/").values(), adam);
        float[] losses = golden.values("loss");
        assertThat(losses).hasSize(ADAM_STEPS + 1);

        for (int step = 0; step <= ADAM_STEPS; step++) {
            LocalResult result = trainer.run(state, 1, batch, 0);
            assertThat(result.tally().meanLoss())
                    .as("loss before step %d", step)
                    .isCloseTo(losses[step], within(1e-4 * Math.abs(losses[step])));
            if (step < ADAM_STEPS) {
                state = result.state();
            }
        }

        float[] expected = golden.parameters("adam/").values();
        // Where a gradient is near 0, Adam's quotient magnifies its rounding error; a step is never larger than 0.01.
        assertThat(rootMeanSquare(state.parameters(), expected)).isLessThan(1e-3);
    }

    private static void assertClose(String name, float[] actual, float[] expected) {
        assertThat(actual).as(name).hasSameSizeAs(expected);
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).as("largest entry of " + name).isGreaterThan(0);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("entry %d of %s", i, name)
                    .isCloseTo(expected[i], within(TOLERANCE * largest));
        }
    }

    private static double rootMeanSquare(float[] actual, float[] expected) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = (double) actual[i] - expected[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum / expected.length);
    }

    /** One file, read. */
    private record Golden(NetworkSpec spec, Loss loss, Safetensors file) {
        static Golden read(Path path) throws IOException {
            String name = path.getFileName().toString().replace(".safetensors", "");
            Safetensors file = renamed(Safetensors.parse(Files.readAllBytes(path)));
            CellKind kind = CellKind.valueOf(
                    name.replace("notebook", "leaky").split("_")[0].toUpperCase(Locale.ROOT));
            Cell cell = kind == CellKind.LEAKY
                    ? kind.of(
                            alpha(name),
                            activation(name),
                            file.tensors().containsKey("param/rnn.h2h.bias") ? RecurrentBias.TWO : RecurrentBias.ONE)
                    : kind.of(1, Activation.TANH, RecurrentBias.TWO);
            int layers = 1;
            while (file.tensors().containsKey("param/rnn.weight_ih_l" + layers)) {
                layers++;
            }
            NetworkSpec spec = new NetworkSpec(
                    shape(file, "input")[2], shape(file, "hidden")[2], layers, shape(file, "output")[2], cell);
            boolean squared = file.metadata().get("loss").contains("mean squared error");
            return new Golden(spec, squared ? Loss.MEAN_SQUARED_ERROR : Loss.CROSS_ENTROPY, file);
        }

        /** The files' nn.LSTM and nn.GRU stand in a module of their own, which adds to the names. */
        private static Safetensors renamed(Safetensors file) {
            Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
            file.tensors().forEach((name, tensor) -> tensors.put(name.replace("rnn.cell.", "rnn."), tensor));
            return new Safetensors(tensors, file.metadata());
        }

        private static double alpha(String name) {
            Matcher matcher = ALPHA.matcher(name);
            if (matcher.find()) {
                return Double.parseDouble(matcher.group(1));
            }
            assertThat(ALPHA_OF).containsKey(name);
            return ALPHA_OF.get(name);
        }

        private static Activation activation(String name) {
            return Stream.of(Activation.values())
                    .filter(activation ->
                            List.of(name.toUpperCase(Locale.ROOT).split("_")).contains(activation.name()))
                    .findFirst()
                    .orElseThrow();
        }

        Parameters parameters(String prefix) throws IOException {
            return ModelFile.parameters(spec, file, prefix);
        }

        float[] values(String name) {
            FloatBuffer tensor = file.tensors().get(name).values();
            float[] values = new float[tensor.remaining()];
            tensor.get(values);
            return values;
        }

        FixedBatch batch() {
            int[] shape = shape(file, "output");
            int rows = shape[0] * shape[1];
            float[] target = values("target");
            float[] targets = target;
            if (loss == Loss.CROSS_ENTROPY) {
                targets = new float[rows * spec.outputs()];
                for (int row = 0; row < rows; row++) {
                    targets[row * spec.outputs() + (int) target[row]] = 1;
                }
            }
            float[] weights = new float[rows];
            Arrays.fill(weights, 1f);
            if (file.tensors().containsKey("mask")) {
                weights = values("mask");
            }
            return new FixedBatch(spec, shape[0], shape[1], values("input"), targets, weights);
        }

        private static int[] shape(Safetensors file, String name) {
            return Arrays.stream(file.tensors().get(name).shape())
                    .mapToInt(Math::toIntExact)
                    .toArray();
        }
    }
}
