package cohort.task.library.reaching;

import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.LargestOutput;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Anti-reach: a direction is shown, and the network must point the other way. The task of Munoz and Everling (2004, <a
 * href="https://doi.org/10.1038/nrn1345">doi</a>) in the form of neurogym's {@code AntiReach}.
 *
 * <p>Inputs are fixation, 1 until the decision, so that its end is the cue, and a ring of R channels, of which channel i shows {@code cos(2
 * pi i / R - angle)} in the stimulus period. Outputs are fixate and the R directions, all equally likely. There is no noise.
 *
 * @param rule where to point
 * @param timing fixation, stimulus, delay and decision; stimulus and decision at least one step
 * @param ringSize number of directions, and of stimulus channels, at least 2
 */
public record AntiReach(Rule rule, Timing timing, int ringSize) implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "anti-reach";

    /** Where to point. */
    public enum Rule {
        /** Away from the stimulus. */
        ANTI,
        /** At the stimulus. */
        PRO
    }

    /** Names of the periods, in order. */
    static final List<String> PERIODS = List.of("fixation", "stimulus", "delay", "decision");

    private static final int STIMULUS = 1;
    private static final int DELAY = 2;
    private static final int DECISION = 3;

    private static final int DIRECTION_FACTOR = 0;
    private static final int DELAY_FACTOR = 1;

    public AntiReach {
        if (ringSize < 2) {
            throw new IllegalArgumentException("ring size is not at least 2: " + ringSize);
        }
        timing.requireStep(STIMULUS, DECISION);
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("fixation", 0, 1), new Group("stimulus", 1, ringSize)),
                List.of(new Group("choice", 0, 1 + ringSize)),
                timing.periods(),
                List.of(
                        new Factor("direction", "°", "where to point"),
                        new Factor("delay", "ms", "how long to remember it, where it is one of a list")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int direction = random.nextInt(ringSize);
        into.setFactor(DIRECTION_FACTOR, 360.0 * direction / ringSize);
        into.setAnswer(1 + direction);
        timing.draw(random, into);
        into.setFactor(DELAY_FACTOR, timing.factorMillis(into, DELAY));
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = 0; period < DECISION; period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        double direction = Ring.angle(trial.answer() - 1, ringSize);
        double shown = rule == Rule.ANTI ? direction + Math.PI : direction;
        trial.paint(STIMULUS, 1, trial.kept(this, trial.answer(), () -> Ring.cosine(ringSize, shown, 0, 1)));
        trial.target(DECISION, trial.answer());
    }

    @Override
    public Response response(ChoiceRule choiceRule) {
        return new LargestOutput(ringSize, 1.0 / ringSize, choiceRule, DECISION);
    }
}
