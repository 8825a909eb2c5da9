package cohort.run;

import cohort.evaluation.AccuracyTally;
import cohort.network.Parameters;
import java.io.IOException;

/** Who does a run's work: one slot alone, or the whole cluster. The bits are the same. */
public interface RunEngine {
    TrainingOutcome train(TrainingPlan plan, TrainingState from, AveragingRounds.AfterRound afterRound)
            throws IOException;

    AccuracyTally accuracy(RunSpec run, Parameters trained);

    /** The mean held-out loss, in the unit of {@link cohort.training.Loss#unit()}. */
    double loss(RunSpec run, Parameters trained);

    /** The calling thread. */
    final class Slot implements RunEngine {
        private final Workspaces workspaces = new Workspaces();

        @Override
        public TrainingOutcome train(TrainingPlan plan, TrainingState from, AveragingRounds.AfterRound afterRound)
                throws IOException {
            return AveragingRounds.run(plan, from, new SerialRounds(plan, workspaces), afterRound);
        }

        @Override
        public AccuracyTally accuracy(RunSpec run, Parameters trained) {
            return heldOut(run, trained).tally();
        }

        @Override
        public double loss(RunSpec run, Parameters trained) {
            return heldOut(run, trained).loss();
        }

        private HeldOutTrials heldOut(RunSpec run, Parameters trained) {
            return new HeldOutTrials(run, trained, workspaces);
        }
    }
}
