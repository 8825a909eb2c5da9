package cohort.cli;

import cohort.cluster.TrainingCheckpoints;
import cohort.cluster.TrainingState;
import cohort.cluster.Warehouse;
import cohort.storage.Checkpoints;
import cohort.storage.Files;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A run's folder in the warehouse: while it is trained its configuration and checkpoints, afterwards the network. The last
 * thing written is run.conf, so that a folder without it is a run that has not come to its end.
 */
final class RunFolder {
    private static final String FINISHED = "/run.conf";
    private static final String CHECKPOINTS = "/checkpoints";
    private static final String BEGUN = CHECKPOINTS + FINISHED;

    private final Files files;
    private final RunConfiguration run;
    private final String models;
    private final String path;
    private final TrainingCheckpoints checkpoints;

    RunFolder(Files files, Warehouse warehouse, RunConfiguration run) {
        this.files = files;
        this.run = run;
        this.models = warehouse.models();
        this.path = warehouse.modelFolder(run.runId());
        this.checkpoints = new TrainingCheckpoints(new Checkpoints(files, path + CHECKPOINTS), run.runId(), run.plan());
    }

    String path() {
        return path;
    }

    boolean isFinished() throws IOException {
        return files.exists(path + FINISHED);
    }

    /**
     * Prepares a training.
     *
     * @param how what to do about an earlier attempt
     * @return the state to go on from, or empty to begin with the first round
     */
    Optional<TrainingState> open(Earlier how, PrintWriter err) throws IOException {
        if (isFinished()) {
            throw new UserError("run " + run.runId() + " is in the warehouse already: " + path
                    + "\n       Look at it:  submit/local sql --warehouse " + run.warehouse()
                    + " \"SELECT * FROM coherence_accuracy WHERE run_id = '" + run.runId() + "'\""
                    + "\n       Train again: give it another name, --set name=again");
        }
        List<String> refused = new ArrayList<>();
        Optional<TrainingState> state = how == Earlier.DISCARD ? Optional.empty() : checkpoints.newest(refused::add);
        if (how == Earlier.REFUSE && state.isPresent()) {
            throw new UserError("run " + run.runId() + " was begun before, and has a checkpoint of round "
                    + state.get().round() + " of " + run.plan().rounds()
                    + ": --resume goes on from there, --restart discards it");
        }
        if (how == Earlier.RESUME) {
            refused.forEach(err::println);
            if (state.isPresent()) {
                return state;
            }
            if (!refused.isEmpty()) {
                throw new UserError("no checkpoint of run " + run.runId() + " can be used; --restart begins anew");
            }
            if (!files.exists(path + BEGUN)) { // else it was ended before its first checkpoint, and begins anew
                refuseOtherSettings();
            }
        }
        files.deleteFolder(path);
        try {
            files.write(path + BEGUN, run.resolved().getBytes(StandardCharsets.UTF_8)); // now, with nothing to lose yet
        } catch (IOException e) {
            throw new UserError(
                    "warehouse = " + run.warehouse() + ": " + e.getMessage()
                            + "\n       Choose a folder that can be written: --set warehouse=...",
                    e);
        }
        return Optional.empty();
    }

    /** What to do about an earlier attempt at the same run that has not come to its end. */
    enum Earlier {
        REFUSE,
        RESUME,
        DISCARD
    }

    /** Someone who resumes, and has nothing to resume but a run with other settings, may have changed one by mistake. */
    private void refuseOtherSettings() throws IOException {
        for (String other : files.list(models)) {
            String begun = models + "/" + other + BEGUN;
            if (other.startsWith(run.name() + "-seed" + run.seed() + "-") && files.exists(begun)) {
                String settings = new String(files.read(begun), StandardCharsets.UTF_8);
                throw new UserError(
                        "run " + other + " can be resumed only with the settings it was begun with:\n       "
                                + String.join("\n       ", run.differencesFrom(settings))
                                + "\n       Without --resume, a run with the settings given now begins");
            }
        }
    }

    void checkpoint(TrainingState state) throws IOException {
        checkpoints.commit(state);
    }

    /** Writes the trained network and its optimizer's state; returns the model's path. */
    String writeModel(TrainingState state) throws IOException {
        for (Map.Entry<String, Supplier<byte[]>> file : checkpoints.files(state).entrySet()) {
            files.replace(path + "/" + file.getKey(), file.getValue().get());
        }
        return path + "/model.safetensors";
    }

    /** Marks the run as finished. */
    void finish() throws IOException {
        files.write(path + FINISHED, run.resolved().getBytes(StandardCharsets.UTF_8));
        files.deleteFolder(path + CHECKPOINTS);
    }
}
