package cohort.run;

import cohort.evaluation.AccuracyTally;
import cohort.storage.Checkpoints;
import cohort.storage.Fence;
import cohort.storage.Files;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run's folder in the warehouse: while it is trained its checkpoints, afterwards the network. Whether a run has come to its end
 * is not for its files to say, but for its row in table runs, which is written last.
 */
public final class RunFolder {
    private static final String MODEL = "/model.safetensors";
    private static final String CHECKPOINTS = "/checkpoints";
    private static final String STAGES = "/stages";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIGURATION = "/run.conf";

    private final Files files;
    private final Fence fence;
    private final RunSpec run;
    private final String path;
    private final TrainingCheckpoints checkpoints;

    /**
     * The folder of a run.
     *
     * @param fence is asked before anything is written
     */
    public RunFolder(Files files, Fence fence, String path, RunSpec run) {
        this.files = files;
        this.fence = fence;
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

    public boolean isBegun() throws IOException {
        return files.exists(begun(path));
    }

    /** Empties the folder and puts the configuration there. */
    public void begin() throws IOException {
        fence.check(files);
        files.deleteFolder(path);
        files.write(begun(path), run.config().getBytes(StandardCharsets.UTF_8));
    }

    /** The newest state that is whole; see {@link TrainingCheckpoints#newest}. */
    public Optional<TrainingState> newest(Consumer<String> refused) throws IOException {
        return checkpoints.newest(refused);
    }

    /** Keeps what a test at a stage of learning has found. */
    public void writeStage(Stage stage) throws IOException {
        fence.check(files);
        files.replace(path + STAGES + "/" + stage.step() + ".json", JSON.writeValueAsBytes(Stage.Stored.of(stage)));
    }

    /** The stages of a training that has come to its end, in their order; the last one is its test. */
    public List<Stage> stages(TrainingState state, AccuracyTally tested) throws IOException {
        long step = state.learner().step();
        List<Stage> stages = stagesBefore(step);
        stages.add(Stage.of(step, tested));
        return stages;
    }

    /** A training that was broken off goes through the later ones again. */
    private List<Stage> stagesBefore(long step) throws IOException {
        List<Stage> stages = new ArrayList<>();
        for (String name : files.list(path + STAGES)) {
            if (name.matches("\\d+\\.json")) {
                byte[] stored = files.read(path + STAGES + "/" + name);
                stages.add(JSON.readValue(stored, Stage.Stored.class)
                        .stage(run.plan().task().signature().factors()));
            }
        }
        stages.removeIf(stage -> stage.step() >= step);
        stages.sort(Comparator.comparingLong(Stage::step));
        return stages;
    }

    public void checkpoint(TrainingState state) throws IOException {
        fence.check(files);
        checkpoints.commit(state);
    }

    /** Writes the trained network; returns its path. */
    public String writeModel(TrainingState state) throws IOException {
        fence.check(files);
        files.replace(path + MODEL, checkpoints.model(state));
        return path + MODEL;
    }

    /** Writes what is needed besides the network to train it further, and the configuration. */
    public void writeOptimizer(TrainingState state) throws IOException {
        fence.check(files);
        files.replace(path + "/optimizer.safetensors", checkpoints.optimizer(state));
        files.replace(path + CONFIGURATION, run.config().getBytes(StandardCharsets.UTF_8));
    }

    /** Deletes checkpoints and stages; first what says that a run has begun and not ended. */
    public void deleteCheckpoints() throws IOException {
        fence.check(files);
        files.delete(begun(path));
        files.deleteFolder(path + CHECKPOINTS);
        files.deleteFolder(path + STAGES);
    }
}
