package cohort.cli;

import cohort.cluster.RunFiles;
import cohort.cluster.TrainingState;
import cohort.cluster.Warehouse;
import cohort.experiment.RunConfiguration;
import cohort.experiment.UserError;
import cohort.storage.Files;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prepares a run's folder for a training, and tells the user what stands in its way. */
final class RunFolder {
    private final Files files;
    private final RunConfiguration run;
    private final String models;
    private final RunFiles folder;

    RunFolder(Files files, Warehouse warehouse, RunConfiguration run) {
        this.files = files;
        this.run = run;
        this.models = warehouse.models();
        this.folder = new RunFiles(files, warehouse.modelFolder(run.runId()), run.spec());
    }

    RunFiles files() {
        return folder;
    }

    /**
     * Prepares a training.
     *
     * @param how what to do about an earlier attempt
     * @return the state to go on from, or empty to begin with the first round
     */
    Optional<TrainingState> open(Earlier how, PrintWriter err) throws IOException {
        if (folder.isFinished()) {
            throw new UserError("run " + run.runId() + " is in the warehouse already: " + folder.path()
                    + "\n       Look at it:  submit/local sql --warehouse " + run.warehouse()
                    + " \"SELECT * FROM coherence_accuracy WHERE run_id = '" + run.runId() + "'\""
                    + "\n       Train again: give it another name, --set name=again");
        }
        List<String> refused = new ArrayList<>();
        Optional<TrainingState> state = how == Earlier.DISCARD ? Optional.empty() : folder.newest(refused::add);
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
            if (!folder.isBegun()) { // else it was ended before its first checkpoint, and begins anew
                refuseOtherSettings();
            }
        }
        try {
            folder.begin(); // now, with nothing to lose yet
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
            String begun = RunFiles.begun(models + "/" + other);
            if (other.startsWith(run.name() + "-seed" + run.seed() + "-") && files.exists(begun)) {
                String settings = new String(files.read(begun), StandardCharsets.UTF_8);
                throw new UserError(
                        "run " + other + " can be resumed only with the settings it was begun with:\n       "
                                + String.join("\n       ", run.differencesFrom(settings))
                                + "\n       Without --resume, a run with the settings given now begins");
            }
        }
    }
}
