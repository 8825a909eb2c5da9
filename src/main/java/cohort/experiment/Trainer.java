package cohort.experiment;

import cohort.network.Parameters;
import cohort.task.BatchSource;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.LocalTrainer;

/**
 * Trains a network on one thread, as many steps at a time as you like: the worker of a configuration that has one worker. Give or
 * take where it pauses, the bits are those of the command `train`.
 */
public final class Trainer {
    private final LocalTrainer trainer;
    private final BatchSource batches;
    private final Parameters network;
    private LearnerState state;

    Trainer(LocalTrainer trainer, BatchSource batches, Parameters network, LearnerState first) {
        this.trainer = trainer;
        this.batches = batches;
        this.network = network;
        this.state = first;
    }

    /**
     * Trains on.
     *
     * @param steps number of optimizer steps
     * @return the mean loss over these steps, as the held-out loss is one, in the unit of {@link cohort.training.Loss#unit()}; NaN
     *     if no time step of theirs has a loss weight
     * @throws IllegalStateException if the loss or a gradient is no number any more; the message says where
     */
    public double train(int steps) {
        LocalResult result = trainer.run(state, steps, batches, 0);
        if (result.divergence() != null) {
            throw new IllegalStateException(result.divergence().describe());
        }
        state = result.state();
        return result.tally().meanLoss();
    }

    /** Optimizer steps done so far. */
    public long step() {
        return state.step();
    }

    /** The network as it is now: a copy. */
    public Parameters network() {
        return new Parameters(network.spec(), state.parameters().clone());
    }
}
