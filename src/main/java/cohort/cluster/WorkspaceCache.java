package cohort.cluster;

import cohort.task.BatchSource;
import cohort.training.LocalTrainer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an executor keeps between rounds of a training: workspaces, one for each task that ran at the same time, and where
 * each worker's batches stand. A cache only: what is missing is made anew and gives the same bits. What is taken belongs to
 * the taker until it is given back, so that two attempts of one task never share anything.
 */
final class WorkspaceCache {
    private static final WorkspaceCache INSTANCE = new WorkspaceCache();

    private String training = "";
    private final ArrayDeque<LocalTrainer> trainers = new ArrayDeque<>();
    private final Map<Integer, BatchSource> batches = new HashMap<>();

    static WorkspaceCache instance() {
        return INSTANCE;
    }

    synchronized BatchSource takeBatches(String trainingId, int worker, Supplier<BatchSource> otherwise) {
        enter(trainingId);
        BatchSource source = batches.remove(worker);
        return source != null ? source : otherwise.get();
    }

    synchronized LocalTrainer takeTrainer(String trainingId, Supplier<LocalTrainer> otherwise) {
        enter(trainingId);
        LocalTrainer trainer = trainers.poll();
        return trainer != null ? trainer : otherwise.get();
    }

    synchronized void give(String trainingId, int worker, BatchSource source, LocalTrainer trainer) {
        if (training.equals(trainingId)) {
            batches.put(worker, source);
            trainers.push(trainer);
        }
    }

    /** Only the newest training's workspaces are kept. */
    private void enter(String trainingId) {
        if (!training.equals(trainingId)) {
            training = trainingId;
            trainers.clear();
            batches.clear();
        }
    }
}
