package cohort.run;

import cohort.network.Parameters;
import cohort.training.LearnerState;
import cohort.training.Optimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where a training stands after a whole round: everything that is needed to go on to the same bits. */
public final class TrainingState {
    private final LearnerState learner;
    private final float[] outerVelocity;
    private final List<RoundReport> rounds;

    /**
     * @param learner parameters, moments and step
     * @param outerVelocity the outer step's momentum, not copied
     * @param rounds one report for each round so far
     */
    TrainingState(LearnerState learner, float[] outerVelocity, List<RoundReport> rounds) {
        this.learner = learner;
        this.outerVelocity = outerVelocity;
        this.rounds = Collections.unmodifiableList(rounds);
    }

    /** The state before the first round. */
    public static TrainingState initial(Parameters parameters, Optimizer optimizer) {
        LearnerState learner = LearnerState.initial(parameters.values(), optimizer);
        return new TrainingState(learner, new float[learner.parameters().length], List.of());
    }

    /** The state after one more round. */
    TrainingState next(LearnerState nextLearner, float[] nextVelocity, RoundReport report) {
        List<RoundReport> reports = new ArrayList<>(rounds);
        reports.add(report);
        return new TrainingState(nextLearner, nextVelocity, reports);
    }

    /** Parameters, optimizer moments and step. */
    public LearnerState learner() {
        return learner;
    }

    /** The outer step's momentum. */
    public float[] outerVelocity() {
        return outerVelocity;
    }

    /** One report for each round so far. */
    public List<RoundReport> rounds() {
        return rounds;
    }

    /** Number of rounds so far. */
    public int round() {
        return rounds.size();
    }
}
