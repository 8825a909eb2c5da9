package cohort.warehouse;

import cohort.run.Names;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes runs out of a warehouse: their rows of all tables, networks and checkpoints. What is to go is written down first, so that
 * a removal that was broken off is completed by the next one who owns the run, before he does anything else.
 */
public final class RunRemoval {
    /** Table runs comes first: without its row there, nothing of a run is taken for finished. */
    private static final List<String> TABLES = List.of(
            "runs",
            "tasks",
            "training_curve",
            "trial_outcomes",
            "condition_accuracy",
            "choice_counts",
            "psychometric_fits",
            "activity",
            "response_times",
            "psychophysical_kernels");

    private final Warehouse warehouse;

    /** Removes from a warehouse that is held by who owns the runs. */
    public RunRemoval(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * Removes runs. They stay members of their sweeps, which will train them again when they are repeated.
     *
     * @return number of rows they had
     */
    public long remove(Collection<String> runIds) throws IOException {
        if (runIds.isEmpty()) {
            return 0;
        }
        warehouse.fence().check(warehouse.files());
        List<String> withFolder = runIds.stream().filter(Names::isFolderName).toList();
        for (String id : withFolder) {
            if (!warehouse.files().exists(note(id))) {
                warehouse.files().write(note(id), new byte[0]);
            }
        }
        long rows = 0;
        List<String> tables = warehouse.tables();
        for (String table : TABLES) {
            if (tables.contains(table)) {
                rows += warehouse.delete(table, runIds);
            }
        }
        for (String id : withFolder) {
            warehouse.fence().check(warehouse.files());
            warehouse.files().deleteFolder(warehouse.modelFolder(id));
            warehouse.files().delete(note(id));
        }
        return rows;
    }

    /** Deletes what rows a run has. */
    public void removeRows(String runId) throws IOException {
        for (String table : TABLES) {
            if (!warehouse.written(table, Set.of(runId)).isEmpty()) {
                warehouse.delete(table, Set.of(runId));
            }
        }
    }

    /** Completes the removals of some runs that were broken off. */
    public void complete(Collection<String> runIds) throws IOException {
        Set<String> begun = new HashSet<>(warehouse.files().list(warehouse.removals()));
        begun.retainAll(runIds);
        remove(begun);
    }

    private String note(String runId) {
        return warehouse.removals() + "/" + runId;
    }
}
