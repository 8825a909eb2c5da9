package cohort.cluster;

import cohort.storage.Checkpoints;
import cohort.storage.Files;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A run's folder in the warehouse: while it is trained its configuration and checkpoints, afterwards the network. The last
 * thing written is run.conf, so that a folder without it is a run that has not come to its end.
 */
public final class RunFiles {
    private static final String FINISHED = "/run.conf";
    private static final String CHECKPOINTS = "/checkpoints";

    private final Files files;
    private final RunSpec run;
    private final String path;
    private final TrainingCheckpoints checkpoints;

    public RunFiles(Files files, String path, RunSpec run) {
        this.files = files;
        this.run = run;
        this.path = path;
        this.checkpoints = new TrainingCheckpoints(new Checkpoints(files, path + CHECKPOINTS), run.runId(), run.plan());
    }

    /** The configuration of a run that has begun, in its folder. */
    public static String begun(String path) {
        return path + CHECKPOINTS + FINISHED;
    }

    public String path() {
        return path;
    }

    public boolean isFinished() throws IOException {
        return files.exists(path + FINISHED);
    }

    public boolean isBegun() throws IOException {
        return files.exists(begun(path));
    }

    /** Empties the folder and puts the configuration there. */
    public void begin() throws IOException {
        files.deleteFolder(path);
        files.write(begun(path), run.config().getBytes(StandardCharsets.UTF_8));
    }

    /** The newest state that is whole; see {@link TrainingCheckpoints#newest}. */
    public Optional<TrainingState> newest(Consumer<String> refused) throws IOException {
        return checkpoints.newest(refused);
    }

    public void checkpoint(TrainingState state) throws IOException {
        checkpoints.commit(state);
    }

    /** Writes the trained network and its optimizer's state; returns the model's path. */
    public String writeModel(TrainingState state) throws IOException {
        for (Map.Entry<String, Supplier<byte[]>> file : checkpoints.files(state).entrySet()) {
            files.replace(path + "/" + file.getKey(), file.getValue().get());
        }
        return path + "/model.safetensors";
    }

    /** Marks the run as finished. */
    public void finish() throws IOException {
        files.replace(path + FINISHED, run.config().getBytes(StandardCharsets.UTF_8));
        files.deleteFolder(path + CHECKPOINTS);
    }
}
