package cohort.export;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cli.Python;
import cohort.config.Settings;
import cohort.evaluation.TrialArrays;
import cohort.network.Parameters;
import cohort.run.RunConfiguration;
import cohort.storage.ModelFile;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.warehouse.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbrains.bio.npy.NpzEntry;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with their first weights on seven trials of two lengths. */
class PythonFilesTest {
    private static final int TRIALS = 7;

    @TempDir
    private Path temporary;

    private static StoredRun run(String activation, String bias, int ringSize, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "network.hidden=13",
                "network.activation=" + activation,
                "network.bias=" + bias,
                "network.tau=70",
                "task.ring-size=" + ringSize,
                "task.timing.stimulus=[300, 600]"));
        settings.addAll(List.of(more));
        RunConfiguration configuration = RunConfiguration.of(Settings.defaults(settings));
        Parameters network = new Parameters(configuration.plan().network());
        configuration.spec().initialisation().draw(network, RandomStreams.of(1, Purpose.INITIALISATION, 0));
        return new StoredRun("a-run", configuration, "a-model", network, Map.of("step", "0"));
    }

    private Path write(StoredRun run) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "export");
        PythonFiles.write(run, PythonFiles.trials(run, TRIALS), folder);
        return folder;
    }

    @Test
    void arraysHaveTheirNamesShapesAndValues() throws IOException {
        StoredRun run = run("relu", "two", 3);
        TrialArrays trials = PythonFiles.trials(run, TRIALS);
        Path folder = write(run);

        try (NpzFile.Reader npz = NpzFile.read(folder.resolve("trials.npz"))) {
            assertThat(npz.introspect())
                    .extracting(NpzEntry::getName)
                    .containsExactly(
                            "inputs",
                            "targets",
                            "weights",
                            "steps",
                            "coherence",
                            "answer",
                            "choice",
                            "value",
                            "outputs",
                            "states");
            assertThat(npz.get("inputs", 1 << 20).getShape()).containsExactly(trials.time(), TRIALS, 4);
            assertThat(npz.get("outputs", 1 << 20).getShape()).containsExactly(trials.time(), TRIALS, 4);
            assertThat(npz.get("states", 1 << 20).getShape()).containsExactly(trials.time(), TRIALS, 13);
            assertThat(npz.get("targets", 1 << 20).getShape()).containsExactly(trials.time(), TRIALS, 4);
            assertThat(npz.get("weights", 1 << 20).getShape()).containsExactly(trials.time(), TRIALS);
            assertThat(npz.get("inputs", 1 << 20).asFloatArray()).containsExactly(trials.inputs());
            assertThat(npz.get("targets", 1 << 20).asFloatArray()).containsExactly(trials.targets());
            assertThat(npz.get("steps", 1 << 20).asIntArray()).containsExactly(trials.steps());
            assertThat(npz.get("coherence", 1 << 20).asDoubleArray())
                    .containsExactly(trials.factors().get("coherence"));
            assertThat(npz.get("answer", 1 << 20).asIntArray()).containsExactly(trials.answer());
            assertThat(npz.get("choice", 1 << 20).asIntArray()).containsExactly(trials.choice());
            assertThat(npz.get("outputs", 1 << 20).asFloatArray()).containsExactly(trials.outputs());
            assertThat(npz.get("states", 1 << 20).asFloatArray()).containsExactly(trials.states());
        }
    }

    @Test
    void networkAndConfigurationCanBeReadBack() throws IOException {
        StoredRun run = run("tanh", "one", 2);
        Path folder = write(run);

        assertThat(ModelFile.parse(run.network().spec(), Files.readAllBytes(folder.resolve("model.safetensors")))
                        .values())
                .containsExactly(run.network().values());
        assertThat(RunConfiguration.of(Settings.load(folder.resolve("run.conf").toFile(), List.of()))
                        .runId())
                .isEqualTo(run.configuration().runId());
    }

    @Test
    void pyTorchComputesTheSameOfEveryCellActivationAndNumberOfBiases() throws IOException, InterruptedException {
        Python.assume("torch", "numpy");
        Path[] folders = {
            write(run("relu", "two", 2)),
            write(run("tanh", "one", 2)),
            write(run("softplus", "two", 3)),
            write(run("sigmoid", "one", 2)),
            write(run("relu", "two", 2, "network.layers=2")),
            write(run("tanh", "one", 2, "network.layers=3")),
            write(run("relu", "two", 2, "network.cell=lstm")),
            write(run("relu", "two", 2, "network.cell=lstm", "network.layers=2")),
            write(run("relu", "two", 3, "network.cell=gru", "network.layers=3")),
        };
        String compare = """
                import sys
                sys.path.insert(0, sys.argv[1])
                import load
                for folder in sys.argv[1:]:
                    net = load.load_network(folder)
                    print(load.largest_difference(net, load.load_trials(folder)), type(net.rnn).__name__)
                """;

        List<String> arguments = new ArrayList<>(List.of("-c", compare));
        Stream.of(folders).map(Path::toString).forEach(arguments::add);

        Python.Finished compared = Python.run(temporary, arguments.toArray(String[]::new));

        assertThat(compared.exitCode()).as(compared.printed()).isZero();
        List<String> lines = compared.printed().lines().toList();
        assertThat(lines)
                .hasSize(folders.length)
                .allSatisfy(line ->
                        assertThat(Double.parseDouble(line.split(" ")[0])).isBetween(0.0, 1e-5));
        assertThat(lines.get(0)).endsWith(" LeakyRNN");
        assertThat(lines.get(1)).endsWith(" OneBiasLeakyRNN");
        assertThat(lines.subList(6, 9)).extracting(line -> line.split(" ")[1]).containsExactly("LSTM", "LSTM", "GRU");
    }

    @Test
    void anotherNetworkIsToldFromOurs() throws IOException, InterruptedException {
        Python.assume("torch", "numpy");
        Path folder = write(run("relu", "two", 2));
        Path about = folder.resolve("network.json");
        Files.writeString(about, Files.readString(about).replace("relu", "tanh"));

        Python.Finished loaded = Python.run(temporary, folder.resolve("load.py").toString());

        assertThat(loaded.exitCode()).isEqualTo(1);
        assertThat(loaded.printed())
                .contains("7 held-out trials", "NOT THE SAME", "No psychometric curve")
                .doesNotContain("Traceback");
    }
}
