package cohort.experiment;

import cohort.network.Parameters;
import cohort.run.AveragingRounds;
import cohort.run.RoundReport;
import cohort.run.SerialRounds;
import cohort.run.TrainingOutcome;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import cohort.run.Workspaces;
import cohort.training.OuterStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Trains a network on one thread, round after round: the logical workers take turns, and their parameters are averaged. The bits are those
 * of the command `train`.
 */
public final class Trainer {
    private final TrainingPlan plan;
    private final SerialRounds rounds;
    private TrainingState state;

    Trainer(TrainingPlan plan, Parameters network) {
        this.plan = plan;
        this.rounds = new SerialRounds(plan, new Workspaces());
        this.state = TrainingState.initial(
                new Parameters(network.spec(), network.values().clone()),
                plan.training().optimizer());
    }

    /**
     * Trains on; at the last step of the configuration it ends. Several workers do whole rounds, as many as have so many steps at least.
     *
     * @param steps number of optimizer steps of each worker, at least 1
     * @return the mean loss over these steps, of several rounds the mean of theirs, in the unit of {@link cohort.training.Loss#unit()}; NaN
     *     if no time step of theirs has a loss weight
     * @throws IllegalStateException if the loss or a gradient is no number any more; the message says where
     */
    public double train(int steps) {
        int before = state.round();
        long end = step() + steps;
        // What one worker alone does is not averaged with anything: it may pause anywhere.
        boolean isAlone = plan.workers() == 1 && plan.outer().equals(OuterStep.PLAIN);
        TrainingPlan paused = isAlone ? plan.withLocalSteps(steps) : plan;
        try {
            TrainingOutcome outcome = AveragingRounds.run(
                    paused, state, rounds, after -> after.learner().step() < end);
            if (outcome.divergence().isPresent()) {
                throw new IllegalStateException(outcome.divergence().get().describe());
            }
            state = outcome.state();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<RoundReport> done = state.rounds().subList(before, state.round());
        return done.stream()
                .filter(round -> !Double.isNaN(round.loss()))
                .mapToDouble(RoundReport::loss)
                .average()
                .orElse(Double.NaN);
    }

    /** Optimizer steps of each worker done so far. */
    public long step() {
        return state.learner().step();
    }

    /** The network as it is now: a copy. */
    public Parameters network() {
        return new Parameters(plan.network(), state.learner().parameters().clone());
    }
}
