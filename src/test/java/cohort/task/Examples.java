package cohort.task;

import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.task.parts.FixationMode;
import java.util.List;

/** Task parameters that several tests use. */
public final class Examples {
    public static final List<Double> COHERENCES = List.of(0.0, 6.4, 12.8, 25.6, 51.2);

    private Examples() {}

    /** Two directions, 5 + 50 + 0 + 5 steps of 20 ms. */
    public static PerceptualDecisionMaking tutorial() {
        return new PerceptualDecisionMaking(
                20,
                2,
                COHERENCES,
                1,
                FixationMode.UNTIL_DECISION,
                new Duration.Constant(100),
                new Duration.Constant(1000),
                new Duration.Constant(0),
                new Duration.Constant(100));
    }

    /** Three directions and every kind of duration: 2 to 8, then 5, 10 or 20, then 0 to 10, then 4 steps of 20 ms. */
    public static PerceptualDecisionMaking randomDurations() {
        return new PerceptualDecisionMaking(
                20,
                3,
                COHERENCES,
                1,
                FixationMode.UNTIL_DECISION,
                new Duration.Uniform(40, 160),
                new Duration.Choice(List.of(100.0, 210.0, 400.0)),
                new Duration.TruncatedExponential(60, 0, 200),
                new Duration.Constant(90));
    }

    /** The given number of directions and noise, and a delay: 5 + 10 + 3 + 5 steps of 20 ms. */
    public static PerceptualDecisionMaking withDelay(int ringSize, double sigma, FixationMode fixationMode) {
        return new PerceptualDecisionMaking(
                20,
                ringSize,
                COHERENCES,
                sigma,
                fixationMode,
                new Duration.Constant(100),
                new Duration.Constant(200),
                new Duration.Constant(60),
                new Duration.Constant(100));
    }

    public static TrialSource trials(PerceptualDecisionMaking spec) {
        return spec.trials(7, Split.TRAIN);
    }

    /** The one output that is asked for at a step. */
    public static int target(Trial trial, int step) {
        int asked = -1;
        for (int output = 0; output < trial.outputs(); output++) {
            float target = trial.targets()[step * trial.outputs() + output];
            if (target == 1 && asked < 0) {
                asked = output;
            } else if (target != 0) {
                throw new IllegalStateException("step " + step + " asks for " + asked + " and for " + output);
            }
        }
        return asked;
    }

    /** The first step that asks for a go, where outputs are fixate and go. */
    public static int firstGo(Trial trial) {
        int step = 0;
        while (target(trial, step) == 0) {
            step++;
        }
        return step;
    }

    /** How many steps ask for a go, where outputs are fixate and go. */
    public static int gos(Trial trial) {
        int gos = 0;
        for (int step = 0; step < trial.steps(); step++) {
            gos += target(trial, step);
        }
        return gos;
    }

    public static Trial read(TrialSource source, long index) {
        Trial trial = new Trial(source.signature());
        source.read(index, trial);
        return trial;
    }
}
