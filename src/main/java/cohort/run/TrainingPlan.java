package cohort.run;

import cohort.network.NetworkSpec;
import cohort.task.Batching;
import cohort.task.Task;
import cohort.training.OuterStep;
import cohort.training.TrainingSpec;
import java.io.Serializable;

/**
 * Everything that determines the bits of a training, apart from the first parameters. The number of logical workers is part
 * of it; the number of executors is not.
 *
 * @param seed experiment seed of the training trials
 * @param task the task
 * @param batching how trials become batches
 * @param network the network
 * @param training how it learns
 * @param workers logical workers, each with its own share of the trials
 * @param localSteps optimizer steps of a worker between two averages
 * @param outer what is done with an average
 */
public record TrainingPlan(
        long seed,
        Task task,
        Batching batching,
        NetworkSpec network,
        TrainingSpec training,
        int workers,
        int localSteps,
        OuterStep outer)
        implements Serializable {
    public TrainingPlan {
        if (workers < 1) {
            throw new IllegalArgumentException("workers is not at least 1: " + workers);
        }
        if (localSteps < 1) {
            throw new IllegalArgumentException("local steps is not at least 1: " + localSteps);
        }
    }

    /** The same plan with another number of steps between two averages. */
    public TrainingPlan withLocalSteps(int steps) {
        return new TrainingPlan(seed, task, batching, network, training, workers, steps, outer);
    }

    /** Number of averaging rounds; the last one may be shorter. */
    public int rounds() {
        return Math.toIntExact((training.steps() + localSteps - 1) / localSteps);
    }
}
