package cohort.export;

import cohort.evaluation.TrialArrays;
import cohort.network.LeakyCell;
import cohort.network.NetworkSpec;
import cohort.task.Split;
import cohort.task.Task;
import cohort.warehouse.StoredRun;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.bio.npy.NpzFile;

/** A run's network and some of its held-out trials, as files for PyTorch and NumPy, and the script that reads them. */
public final class PythonFiles {
    private static final String SCRIPT = "load.py";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PythonFiles() {}

    /** What the network does in trials 0 to {@code count - 1} of the test split; see {@link TrialArrays#record}. */
    public static TrialArrays trials(StoredRun run, int count) {
        var spec = run.configuration().spec();
        return TrialArrays.record(
                run.network(),
                spec.plan().task(),
                spec.plan().task().trials(spec.seed(), Split.TEST),
                spec.response(),
                count);
    }

    /** Writes all of them into a folder that is there. */
    public static void write(StoredRun run, TrialArrays trials, Path folder) throws IOException {
        Files.write(folder.resolve("model.safetensors"), run.model());
        Files.write(folder.resolve("network.json"), network(run));
        Files.writeString(folder.resolve("run.conf"), run.configuration().spec().config());
        write(trials, folder.resolve("trials.npz"));
        try (InputStream script = PythonFiles.class.getResourceAsStream("/cohort/export/" + SCRIPT)) {
            Files.copy(script, folder.resolve(SCRIPT));
        }
    }

    /** What the tensors do not say of the network. */
    private static byte[] network(StoredRun run) throws IOException {
        NetworkSpec spec = run.network().spec();
        ObjectNode json = JSON.createObjectNode();
        json.put("run_id", run.runId());
        json.put("cell", spec.cell().kind().label());
        json.put("layers", spec.layers());
        if (spec.cell() instanceof LeakyCell leaky) {
            json.put("activation", leaky.activation().label());
            json.put("alpha", leaky.alpha());
        }
        Task task = run.configuration().plan().task();
        json.put("task", task.signature().name());
        json.put("dt", task.signature().dtMillis());
        task.psychometry().ifPresent(psychometry -> {
            json.put("evidence", psychometry.factor());
            json.put("positive", psychometry.positive());
            json.put("choices", run.configuration().spec().response().choices());
        });
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    static void write(TrialArrays trials, Path file) {
        int time = trials.time();
        int batch = trials.batch();
        try (NpzFile.Writer npz = NpzFile.write(file, true)) {
            npz.write("inputs", trials.inputs(), new int[] {time, batch, trials.channels()});
            npz.write("targets", trials.targets(), new int[] {time, batch, trials.outputCount()});
            npz.write("weights", trials.weights(), new int[] {time, batch});
            npz.write("steps", trials.steps());
            trials.factors().forEach((factor, values) -> npz.write(factor, values));
            npz.write("answer", trials.answer());
            npz.write("choice", trials.choice());
            npz.write("value", trials.value());
            npz.write("outputs", trials.outputs(), new int[] {time, batch, trials.outputCount()});
            npz.write("states", trials.states(), new int[] {time, batch, trials.units()});
        }
    }
}
