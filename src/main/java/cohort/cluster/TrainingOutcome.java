package cohort.cluster;

import cohort.training.Divergence;
import cohort.training.LearnerState;
import java.util.List;

/** What a training led to. */
public final class TrainingOutcome {
    private final LearnerState state;
    private final float[] outerVelocity;
    private final List<RoundReport> rounds;
    private final Divergence divergence;

    TrainingOutcome(LearnerState state, float[] outerVelocity, List<RoundReport> rounds, Divergence divergence) {
        this.state = state;
        this.outerVelocity = outerVelocity;
        this.rounds = List.copyOf(rounds);
        this.divergence = divergence;
    }

    /** The final parameters and moments; if the training diverged, those of the last whole round. */
    public LearnerState state() {
        return state;
    }

    /** The outer step's momentum. */
    public float[] outerVelocity() {
        return outerVelocity;
    }

    /** One report for each whole round. */
    public List<RoundReport> rounds() {
        return rounds;
    }

    /** Why the training was broken off, or null. */
    public Divergence divergence() {
        return divergence;
    }
}
