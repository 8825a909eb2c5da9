package cohort.task.library.reaching;

import cohort.task.ChoiceRule;
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
 * Reaching in one dimension: a hand on a circle waits at 180 degrees until a target appears, and the network says by which way it gets
 * there sooner. The task of Georgopoulos et al. (1986, <a href="https://doi.org/10.1126/science.3749885">doi</a>) after neurogym's {@code
 * Reaching1D}, in which actions move the hand; here nothing does, since what a network answers does not change what it sees.
 *
 * <p>Inputs are a ring of R channels for the target, shown in the reach period only, and one for the hand, shown all the time: channel i of a
 * ring shows {@code cos(2 pi i / R - angle)}. Outputs are fixate, asked for until the reach, left (towards larger angles) and right. Targets
 * are anywhere on the circle. There is no noise.
 *
 * @param timing fixation and reach; reach at least one step
 * @param ringSize number of channels of each ring, at least 2
 * @param form what is shown and asked for
 */
public record Reach1D(Timing timing, int ringSize, Form form) implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "reaching-1d";

    /** What is shown and asked for. */
    public enum Form {
        /** The hand is shown, and the shorter way asked for. */
        REPAIRED,
        /**
         * As neurogym's trials are without an environment around them: the hand is not shown, and the number of the output that is asked for is
         * the target's angle, in radians and truncated, in fixation 3. Where there is no such output nothing is asked for, and the step does not
         * count.
         */
        ORIGINAL
    }

    /** Names of the periods, in order. */
    static final List<String> PERIODS = List.of("fixation", "reach");

    private static final int FIXATION = 0;
    private static final int REACH = 1;

    /** Where the target's angle is kept, radians. */
    static final int TARGET = 0;

    private static final double HAND = Math.PI;

    private static final int OUTPUTS = 3;
    private static final int LEFT = 1;
    private static final int RIGHT = 2;

    public Reach1D {
        if (ringSize < 2) {
            throw new IllegalArgumentException("ring size is not at least 2: " + ringSize);
        }
        timing.requireStep(REACH);
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(new Group("target", 0, ringSize), new Group("self", ringSize, ringSize)),
                List.of(new Group("choice", 0, OUTPUTS)),
                timing.periods(),
                List.of());
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        double target = 2 * Math.PI * random.nextDouble();
        into.setDrawn(TARGET, target);
        into.setAnswer(form == Form.ORIGINAL ? (int) target : target > HAND ? LEFT : RIGHT);
        timing.draw(random, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        trial.paint(REACH, 0, Ring.cosine(ringSize, trial.drawn(TARGET), 0, 1));
        if (form == Form.REPAIRED) {
            float[] hand = trial.kept(this, HAND, () -> Ring.cosine(ringSize, HAND, 0, 1));
            trial.paint(FIXATION, ringSize, hand);
            trial.paint(REACH, ringSize, hand);
            trial.target(FIXATION, 0);
            trial.target(REACH, trial.answer());
            return;
        }
        trial.weight(FIXATION, 0);
        if (trial.answer() < OUTPUTS) {
            trial.target(REACH, trial.answer());
        } else {
            trial.weight(REACH, 0);
        }
    }

    /** Chance of the original is that of who always gives the same answer: one of 2 pi. */
    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(OUTPUTS - 1, form == Form.ORIGINAL ? 1 / (2 * Math.PI) : 0.5, rule, REACH);
    }

    @Override
    public List<String> notes() {
        if (form == Form.ORIGINAL) {
            return List.of(
                    "more than half of the trials ask for outputs that there are not: with task.form = original they are"
                            + " angles, truncated to whole radians");
        }
        return ringSize == 2
                ? List.of(
                        "nobody can do better than guess: with task.ring-size = 2 left and right look alike; 3 channels"
                                + " or more tell them apart")
                : List.of();
    }
}
