package cohort.task.parts;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.Outputs;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Response;
import cohort.task.Task;
import cohort.task.Trial;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A trial that asks for values at all steps is right if the outputs are near to them: the root of the mean squared error, over all
 * outputs and all steps that count, is at most a bound. That error is the answer's value.
 *
 * @param task whose trials they are
 * @param tolerance the bound, in the unit of the outputs
 */
public record ErrorBelow(Task task, double tolerance) implements Response {
    /** So many that chance is known to 0.01. */
    private static final int TRIALS = 2_000;

    /** The bound, key task.tolerance of all tasks that ask for values. */
    public static double tolerance(Settings settings) {
        return settings.number("task.tolerance", "above 0 and at most 1000", v -> v > 0 && v <= 1000);
    }

    @Override
    public int choices() {
        return 1;
    }

    /**
     * Who has not seen what a trial shows gives the mean of what trials ask for at each step. Of a task whose trials are all alike there
     * is nothing to see: that can only be learned, and chance is 0.
     */
    @Override
    public double chance() {
        if (task.signature().factors().isEmpty() && areAlike()) {
            return 0;
        }
        double[] guess = meanTargets();
        Trial trial = new Trial(task.signature());
        int right = 0;
        for (int n = 0; n < TRIALS; n++) {
            generate(TRIALS + n, trial);
            int outputs = trial.outputs();
            double error = error(trial, (step, output) -> (float) guess[step * outputs + output]);
            right += error <= tolerance ? 1 : 0;
        }
        return (double) right / TRIALS;
    }

    private boolean areAlike() {
        Trial one = new Trial(task.signature());
        Trial other = new Trial(task.signature());
        generate(0, one);
        generate(1, other);
        int outputs = one.outputs();
        return one.steps() == other.steps()
                && error(one, (step, output) -> other.targets()[step * outputs + output]) == 0;
    }

    private double[] meanTargets() {
        Trial trial = new Trial(task.signature());
        int outputs = task.signature().outputCount();
        double[] sum = new double[task.signature().maxSteps() * outputs];
        double[] count = new double[task.signature().maxSteps()];
        for (int n = 0; n < TRIALS; n++) {
            generate(n, trial);
            for (int step = 0; step < trial.steps(); step++) {
                count[step]++;
                for (int at = step * outputs; at < (step + 1) * outputs; at++) {
                    sum[at] += trial.targets()[at];
                }
            }
        }
        for (int at = 0; at < sum.length; at++) {
            sum[at] /= Math.max(1, count[at / outputs]);
        }
        return sum;
    }

    private void generate(int index, Trial into) {
        UniformRandomProvider random = RandomStreams.of(0, Purpose.BOOTSTRAP, index);
        into.begin(index);
        task.plan(random, into);
        into.clear();
        task.show(random, into);
    }

    @Override
    public Answer read(Trial trial, Outputs outputs) {
        double error = error(trial, outputs);
        return new Answer(1, error, Double.NaN, error <= tolerance);
    }

    /** Root of the mean squared error over all outputs and the steps that count. */
    private static double error(Trial trial, Outputs outputs) {
        int size = trial.outputs();
        double squares = 0;
        double steps = 0;
        for (int step = 0; step < trial.steps(); step++) {
            if (trial.weights()[step] > 0) {
                steps++;
                for (int output = 0; output < size; output++) {
                    double error = (double) outputs.at(step, output) - trial.targets()[step * size + output];
                    squares += error * error;
                }
            }
        }
        return Math.sqrt(squares / (steps * size));
    }
}
