package cohort.task.library.yang;

import cohort.task.Duration;
import cohort.task.Trial;

/**
 * How much each step of a trial counts in the loss: nothing in its first 100 ms; once until the response; nothing in the first 100 ms of the
 * response, in which the network may still react; and more often in the rest of it. Errors of the fixation output count more often
 * than those of a unit of the ring.
 */
enum YangMask {
    /** The response 25 times, fixation 4 times: what the published code minimises, which squares error times mask. */
    SQUARED(25, 4),
    /** The response 5 times, fixation twice: what the paper says. */
    PLAIN(5, 2),
    /** As the paper's, divided by its mean over the steps of the trial: the published code's for classes. */
    NORMALISED(5, 2);

    /** What does not count of the trial and of the response. */
    static final double GRACE_MILLIS = 100;

    private final float response;
    private final float fixation;

    YangMask(float response, float fixation) {
        this.response = response;
        this.fixation = fixation;
    }

    /** How often errors of the fixation output count, if it is not one class among others. */
    float fixation() {
        return fixation;
    }

    /** Sets the weights of a trial's steps, given the place of its last period, the response. */
    void weigh(Trial trial, int responsePeriod) {
        int grace = Duration.steps(GRACE_MILLIS, trial.signature().dtMillis());
        int steps = trial.steps();
        int go = trial.start(responsePeriod);
        int first = Math.min(grace, go);
        int counted = Math.min(go + grace, steps);
        double sum = (go - first) + (double) response * (steps - counted);
        double scale = this == NORMALISED && sum > 0 ? steps / sum : 1;
        trial.weightSteps(0, first, 0);
        trial.weightSteps(first, go, scale);
        trial.weightSteps(go, counted, 0);
        trial.weightSteps(counted, steps, scale * response);
    }
}
