package cohort.task.library.yang;

import cohort.task.Answer;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Trial;
import cohort.task.parts.Pointing;

/**
 * A choice between two stimuli: the nearer one of those to which the network points; who points to none of them makes none. Right is who
 * points to the one that is asked for.
 *
 * @param pointing where the network points
 */
record YangChoice(Pointing pointing) implements Response {
    /** A direction less than this off a stimulus is meant for it, 0.3 pi; or less than the tolerance, if that is more. */
    private static final double NEAR_DEGREES = 54;

    @Override
    public int choices() {
        return 2;
    }

    /** Who guesses points to one of the two. */
    @Override
    public double chance() {
        return 0.5;
    }

    @Override
    public Answer read(Trial trial, Outputs outputs) {
        Pointing.Seen seen = pointing.read(trial, outputs);
        if (!seen.isResponse()) {
            return Answer.choice(0, false);
        }
        double direction = seen.direction();
        int nearer = distance(direction, trial, 1) <= distance(direction, trial, 2) ? 1 : 2;
        boolean isRight = pointing.isRight(direction, Math.toDegrees(YangStimulus.asked(trial)));
        return new Answer(isNear(direction, trial, nearer) ? nearer : 0, direction, Double.NaN, isRight);
    }

    /** Whether a direction, in degrees, is meant for a stimulus, 1 or 2. */
    boolean isNear(double direction, Trial trial, int number) {
        return distance(direction, trial, number) < Math.max(NEAR_DEGREES, pointing.toleranceDegrees());
    }

    private static double distance(double direction, Trial trial, int number) {
        return Pointing.distance(
                direction, Math.toDegrees(YangStimulus.of(trial, number).angle()));
    }
}
