package cohort.run;

import cohort.training.Divergence;
import java.util.Optional;

/**
 * What a training led to.
 *
 * @param state where it stands: after the last round, or after the last whole one before it diverged or was stopped
 * @param divergence why it was broken off, if it was
 */
public record TrainingOutcome(TrainingState state, Optional<Divergence> divergence) {
    /** A training that did not diverge. */
    static TrainingOutcome of(TrainingState state) {
        return new TrainingOutcome(state, Optional.empty());
    }
}
