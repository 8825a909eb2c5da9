package cohort.run;

import cohort.training.Divergence;
import cohort.training.LearnerState;
import cohort.training.LocalResult;
import cohort.training.LossTally;
import cohort.training.Schedule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The rounds of a training: what happens between them is the same whoever does the workers' steps. */
public final class AveragingRounds {
    private AveragingRounds() {}

    /** The workers' part of a round. */
    public interface Work {
        /** Lets every logical worker do some steps from a state, which is not changed, and averages. */
        AveragedRound round(LearnerState from, int steps);
    }

    /** What is done between two rounds. */
    public interface AfterRound {
        /** Receives the new state, which never changes; returns whether to go on. */
        boolean accept(TrainingState state) throws IOException;
    }

    /**
     * Trains from a state on to the last round.
     *
     * @param from the first state, or that of an earlier run that did not come to its end; not changed
     * @param afterRound is called after each round
     */
    public static TrainingOutcome run(TrainingPlan plan, TrainingState from, Work work, AfterRound afterRound)
            throws IOException {
        TrainingState state = from;
        boolean goOn = true;
        while (goOn && state.learner().step() < plan.training().steps()) {
            long started = System.nanoTime();
            LearnerState learner = state.learner();
            int steps = (int) Math.min(plan.localSteps(), plan.training().steps() - learner.step());
            AveragedRound round = work.round(learner, steps);
            for (LocalResult worker : round.workers()) {
                if (worker.divergence() != null) {
                    return new TrainingOutcome(state, Optional.of(worker.divergence()));
                }
            }
            LearnerState average = round.average();
            float[] velocity = state.outerVelocity().clone();
            float[] parameters = plan.outer().apply(learner.parameters(), average.parameters(), velocity);
            LearnerState next = new LearnerState(average.step(), parameters, average.moments());
            LossTally tally = round.workers().stream().map(LocalResult::tally).reduce(LossTally.NONE, LossTally::plus);
            if (!next.isFinite()) {
                return new TrainingOutcome(
                        state,
                        Optional.of(Divergence.ofOuterStep(
                                next.step(), tally, plan.outer().learningRate())));
            }
            long nanos = System.nanoTime() - started;
            state = state.next(
                    next, velocity, report(plan, state.round() + 1, next.step(), round.workers(), tally, nanos));
            goOn = afterRound.accept(state);
        }
        return TrainingOutcome.of(state);
    }

    private static RoundReport report(
            TrainingPlan plan, int round, long step, List<LocalResult> results, LossTally tally, long nanos) {
        Schedule schedule = plan.training().schedule();
        long sequences = 0;
        long slowest = 0;
        for (LocalResult result : results) {
            sequences += result.sequences();
            slowest = Math.max(slowest, result.computeNanos());
        }
        return new RoundReport(
                round,
                step,
                tally.meanLoss(),
                tally.meanGradientNorm(),
                schedule.rate(step - 1),
                sequences,
                slowest / 1e6,
                (nanos - slowest) / 1e6);
    }
}
