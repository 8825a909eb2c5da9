package cohort.run;

import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentNetwork;
import cohort.task.BatchSource;
import cohort.task.Batching;
import cohort.task.Task;
import cohort.training.LocalTrainer;
import cohort.training.TrainingSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The workspaces of one thread that does many runs: to allocate them may take longer than a small run. The newest are kept; what
 * was in them before changes no bit.
 */
public final class Workspaces {
    /** One to evaluate trials in, and one for the held-out loss. */
    private static final int NETWORKS = 2;

    private final Map<NetworkShape, RecurrentNetwork> networks = new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NetworkShape, RecurrentNetwork> eldest) {
            return size() > NETWORKS;
        }
    };

    private TrainerShape trainerShape;
    private LocalTrainer trainer;

    private record NetworkShape(NetworkSpec network, int steps, int lanes) {}

    private record TrainerShape(NetworkSpec network, TrainingSpec training, Task task, Batching batching) {}

    /** A trainer for a plan whose batches are like these. */
    LocalTrainer trainer(TrainingPlan plan, BatchSource batches) {
        TrainerShape shape = new TrainerShape(plan.network(), plan.training(), plan.task(), plan.batching());
        if (!shape.equals(trainerShape)) {
            trainer = new LocalTrainer(plan.network(), plan.training(), batches.newBatch());
            trainerShape = shape;
        }
        return trainer;
    }

    /** A network of these parameters, for sequences of at most so many steps. */
    RecurrentNetwork network(Parameters parameters, int steps, int lanes) {
        RecurrentNetwork network = networks.computeIfAbsent(
                new NetworkShape(parameters.spec(), steps, lanes),
                shape -> new RecurrentNetwork(shape.network(), shape.steps(), shape.lanes()));
        network.load(parameters);
        return network;
    }
}
