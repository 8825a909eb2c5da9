package cohort.cluster;

import cohort.storage.Checkpoints;
import cohort.storage.Files;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run's folder in the warehouse: while it is trained its checkpoints, afterwards the network. The checkpoints are deleted last,
 * so that a network without them is a run that has come to its end.
 */
public final class RunFiles {
    private static final String MODEL = "/model.safetensors";
    private static final String CHECKPOINTS = "/checkpoints";
    private static final String CONFIGURATION = "/run.conf";

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
        return path + CHECKPOINTS + CONFIGURATION;
    }

    public String path() {
        return path;
    }

    public boolean isFinished() throws IOException {
        return files.exists(path + MODEL) && !files.exists(path + CHECKPOINTS);
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

    /** Writes the trained network; returns its path. */
    public String writeModel(TrainingState state) throws IOException {
        files.replace(path + MODEL, checkpoints.model(state));
        return path + MODEL;
    }

    /** Writes what is needed besides the network to train it further, and the configuration. */
    public void writeOptimizer(TrainingState state) throws IOException {
        files.replace(path + "/optimizer.safetensors", checkpoints.optimizer(state));
        files.replace(path + CONFIGURATION, run.config().getBytes(StandardCharsets.UTF_8));
    }

    /** Marks the run as finished. */
    public void finish() throws IOException {
        files.deleteFolder(path + CHECKPOINTS);
    }
}
