package cohort.task.library.driscoll;

import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Trial;
import cohort.task.parts.Ring;

/**
 * The network points where its (sin, cos) outputs say, if its fixation output has fallen. Of two stimuli that are compared, it has chosen the one
 * that it points to within 54 degrees, as Yang et al. count it; whether that is near enough to be right is another question. Outputs that are
 * both 0 point nowhere.
 *
 * @param rule which of the tasks
 * @param readBy whether outputs are those of the last step, or the mean over the response period
 * @param toleranceDegrees a response that is less than this off is right
 * @param response place of the response period
 */
record DriscollPointing(DriscollRule rule, ChoiceRule readBy, double toleranceDegrees, int response)
        implements Response {
    /** Above this, the fixation output says that there is no response. */
    private static final double STILL_FIXATING = 0.5;

    private static final double CHOSEN = 0.3 * Math.PI;

    @Override
    public int choices() {
        return rule.family() == DriscollRule.Family.DECISION ? 2 : 1;
    }

    /** Pointing anywhere; to one of two stimuli; or never pointing, where that is right in half of the trials. */
    @Override
    public double chance() {
        return rule.family() == DriscollRule.Family.REACH ? toleranceDegrees / 180 : 0.5;
    }

    @Override
    public Answer read(Trial trial, Outputs outputs) {
        int first = readBy == ChoiceRule.LAST_STEP ? trial.steps() - 1 : trial.start(response);
        double sine = mean(outputs, 1, first, trial.steps());
        double cosine = mean(outputs, 2, first, trial.steps());
        boolean isFixating = mean(outputs, 0, first, trial.steps()) > STILL_FIXATING;
        if (isFixating || !(Math.hypot(sine, cosine) > 0)) {
            return Answer.choice(0, isFixating && trial.answer() == 0);
        }
        double direction = Math.atan2(sine, cosine);
        double off = Ring.distance(direction, trial.drawn(DriscollTask.TARGET));
        return new Answer(
                choice(trial, direction),
                (Math.toDegrees(direction) + 360) % 360,
                Double.NaN,
                trial.answer() != 0 && off < Math.toRadians(toleranceDegrees));
    }

    private int choice(Trial trial, double direction) {
        if (rule.family() != DriscollRule.Family.DECISION) {
            return 1;
        }
        double off1 = Ring.distance(direction, trial.drawn(DriscollTask.LOCATION_1));
        double off2 = Ring.distance(direction, trial.drawn(DriscollTask.LOCATION_2));
        return Math.min(off1, off2) > CHOSEN ? 0 : off1 < off2 ? 1 : 2;
    }

    private static double mean(Outputs outputs, int output, int first, int end) {
        double sum = 0;
        for (int step = first; step < end; step++) {
            sum += outputs.at(step, output);
        }
        return sum / (end - first);
    }
}
