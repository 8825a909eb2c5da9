package cohort.task.parts;

import cohort.task.Answer;
import cohort.task.Outputs;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Response;
import cohort.task.Task;
import cohort.task.Trial;
import java.util.OptionalInt;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The answer is the first step at which go is the larger of the outputs fixate and go; its value is the interval produced, from a moment
 * of the trial to the beginning of that step. A go before that moment breaks fixation: it is wrong and has no value. The task keeps the
 * interval that is asked for among what a trial has drawn, at place {@value #DUE_MILLIS}.
 *
 * @param task whose trials ask for a go
 * @param tolerance how far off a go may be
 * @param from period with whose beginning the interval begins
 * @param guessing first of the periods in which somebody goes who does not know the interval; they last to the end of the trial
 */
public record TimedGo(Task task, Tolerance tolerance, int from, int guessing) implements Response {
    /** Where a trial has the interval that is to be produced, in milliseconds, among what was drawn. */
    public static final int DUE_MILLIS = 0;

    /** The output that fixates. */
    public static final int FIXATE = 0;

    /** The output that goes. */
    public static final int GO = 1;

    /** So many that chance is known to 0.0002. */
    private static final int TRIALS = 100_000;

    @Override
    public int choices() {
        return 1;
    }

    /** Who goes at any step of the periods in which it can be time, each as likely as any other. */
    @Override
    public double chance() {
        UniformRandomProvider random = RandomStreams.of(0, Purpose.BOOTSTRAP, 0);
        Trial trial = new Trial(task.signature());
        double right = 0;
        for (int n = 0; n < TRIALS; n++) {
            task.plan(random, trial);
            int first = trial.start(guessing);
            int count = 0;
            for (int step = first; step < trial.steps(); step++) {
                count += isRight(trial, step) ? 1 : 0;
            }
            right += (double) count / (trial.steps() - first);
        }
        return right / TRIALS;
    }

    @Override
    public OptionalInt timedFrom() {
        return OptionalInt.of(from);
    }

    private boolean isRight(Trial trial, int step) {
        return tolerance.allows(
                step - trial.start(from),
                trial.drawn(DUE_MILLIS),
                trial.signature().dtMillis());
    }

    @Override
    public Answer read(Trial trial, Outputs outputs) {
        int step = firstGo(trial, outputs);
        if (step < 0) {
            return Answer.choice(0, false);
        }
        double dt = trial.signature().dtMillis();
        int produced = step - trial.start(from);
        return produced < 0
                ? new Answer(GO, Double.NaN, step * dt, false)
                : new Answer(GO, produced * dt, step * dt, isRight(trial, step));
    }

    /** The first step of the trial at which go is the larger output; -1 if there is none. */
    public static int firstGo(Trial trial, Outputs outputs) {
        for (int step = 0; step < trial.steps(); step++) {
            if (outputs.at(step, GO) > outputs.at(step, FIXATE)) {
                return step;
            }
        }
        return -1;
    }
}
