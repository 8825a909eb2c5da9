package cohort.run;

import cohort.evaluation.AccuracyTally;
import cohort.network.Parameters;
import cohort.task.Split;
import java.io.IOException;

/**
 * Who does a run's work: one slot alone, or the whole cluster. The bits are the same.
 *
 * @param <T> what a test leads to
 */
public interface RunEngine<T extends RunTest> {
    /** Does averaging rounds. */
    TrainingOutcome train(TrainingPlan plan, TrainingState from, AveragingRounds.AfterRound afterRound)
            throws IOException;

    /** Tests a network on as many trials of the test split as the run asks for, and on its held-out loss. */
    T test(RunSpec run, Parameters network);

    /** Counts what a network does on as many trials of a split. */
    AccuracyTally accuracy(RunSpec run, Parameters network, Split split);

    /** The mean held-out loss, in the unit of {@link cohort.training.Loss#unit()}. */
    double loss(RunSpec run, Parameters network);

    /** The calling thread. */
    final class Slot implements RunEngine<Slot.Test> {
        private final Workspaces workspaces = new Workspaces();

        /** What it has found. */
        public record Test(AccuracyTally tally, double loss) implements RunTest {}

        @Override
        public TrainingOutcome train(TrainingPlan plan, TrainingState from, AveragingRounds.AfterRound afterRound)
                throws IOException {
            return AveragingRounds.run(plan, from, new SerialRounds(plan, workspaces), afterRound);
        }

        @Override
        public Test test(RunSpec run, Parameters network) {
            double loss = loss(run, network);
            return new Test(accuracy(run, network, Split.TEST), loss);
        }

        @Override
        public AccuracyTally accuracy(RunSpec run, Parameters network, Split split) {
            return heldOut(run, network).tally(split);
        }

        @Override
        public double loss(RunSpec run, Parameters network) {
            return heldOut(run, network).loss();
        }

        private HeldOutTrials heldOut(RunSpec run, Parameters network) {
            return new HeldOutTrials(run, network, workspaces);
        }
    }
}
