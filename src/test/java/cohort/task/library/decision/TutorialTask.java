package cohort.task.library.decision;

import cohort.task.Duration;
import cohort.task.parts.FixationMode;
import java.util.List;

/** Perceptual decision making as the tutorial sets it up: steps of 20 ms, a stimulus of 50 steps, 60 steps in all. */
public final class TutorialTask {
    public static final PerceptualDecisionMaking SPEC = of(2, 1, new Duration.Constant(1000));

    private TutorialTask() {}

    /** The same task with another ring, noise and stimulus. */
    public static PerceptualDecisionMaking of(int ringSize, double sigma, Duration stimulus) {
        return new PerceptualDecisionMaking(
                20,
                ringSize,
                List.of(0.0, 6.4, 12.8, 25.6, 51.2),
                sigma,
                FixationMode.UNTIL_DECISION,
                new Duration.Constant(100),
                stimulus,
                new Duration.Constant(0),
                new Duration.Constant(100));
    }
}
