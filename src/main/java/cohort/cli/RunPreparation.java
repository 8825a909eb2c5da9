package cohort.cli;

import cohort.config.Shell;
import cohort.config.UserError;
import cohort.run.RunConfiguration;
import cohort.run.RunFolder;
import cohort.run.TrainingState;
import cohort.storage.Files;
import cohort.warehouse.RunRemoval;
import cohort.warehouse.Tables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Prepares a run's folder for a training, and tells the user what stands in its way. */
final class RunPreparation {
    private final Warehouse warehouse;
    private final Files files;
    private final RunConfiguration run;
    private final RunRemoval removal;
    private final RunFolder folder;

    /** The folder of a run in a warehouse that is held by who owns the run. */
    RunPreparation(Warehouse warehouse, RunConfiguration run) {
        this.warehouse = warehouse;
        this.files = warehouse.files();
        this.run = run;
        this.removal = new RunRemoval(warehouse);
        this.folder = new RunFolder(files, warehouse.fence(), warehouse.modelFolder(run.runId()), run.spec());
    }

    RunFolder folder() {
        return folder;
    }

    /** The run's row in table runs, if it has come to its end: the row is the last thing that is written. */
    Optional<Row> finished() throws IOException {
        String id = run.runId();
        removal.complete(List.of(id));
        return warehouse.hasRun(id)
                ? Optional.of(warehouse
                        .read(Tables.RUNS)
                        .where(functions.col("run_id").equalTo(id))
                        .first())
                : Optional.empty();
    }

    /** What to tell who wants to train a run that has come to its end. */
    UserError refusal(Row finished) {
        String reason = finished.getAs("reason");
        return new UserError("run " + run.runId() + " is in the warehouse already, " + finished.getAs("status")
                + (reason.isEmpty() ? ": " + folder.path() : ": " + reason)
                + "\n       Look at it:  "
                + Shell.line("submit/local", "report", run.runId(), "--warehouse", run.warehouse())
                + "\n       Train again: --restart, which deletes it first, or give it another name, --set name=again");
    }

    /**
     * Prepares a training.
     *
     * @param how what to do about an earlier attempt
     * @return the state to go on from, or empty to begin with the first round
     */
    Optional<TrainingState> open(Earlier how, PrintWriter err) throws IOException {
        Optional<Row> finished = finished();
        if (how == Earlier.DISCARD) {
            if (finished.isPresent() || files.exists(folder.path())) {
                removal.remove(List.of(run.runId()));
            }
        } else if (finished.isPresent()) {
            throw refusal(finished.get());
        }
        List<String> refused = new ArrayList<>();
        Optional<TrainingState> state = how == Earlier.DISCARD ? Optional.empty() : folder.newest(refused::add);
        if (how == Earlier.REFUSE && state.isPresent()) {
            throw new UserError("run " + run.runId() + " was begun before, and has a checkpoint of round "
                    + state.get().round() + " of " + run.plan().rounds()
                    + ": --resume goes on from there, --restart begins anew");
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
            throw Owners.notWritable(run.warehouse(), e);
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
        for (String other : files.list(warehouse.models())) {
            String begun = RunFolder.begun(warehouse.modelFolder(other));
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
