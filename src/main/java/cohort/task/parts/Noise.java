package cohort.task.parts;

import cohort.config.Settings;
import cohort.task.TaskFactory;

/** Noise of the inputs as configurations have it. */
public final class Noise {
    /** Noise of a step above this: squares of what it leads to are infinite in single precision. */
    private static final double MOST = 1e15;

    private Noise() {}

    /** Key task.sigma: the standard deviation of a step is sigma / sqrt(task.dt), with task.dt in milliseconds. */
    public static double sigma(Settings settings) {
        double sigma = settings.single("task.sigma", "a number of at least 0", v -> v >= 0);
        double step = sigma / Math.sqrt(TaskFactory.dtMillis(settings));
        if (step > MOST) {
            throw settings.error(
                    "task.sigma",
                    "the noise of a step, sigma / sqrt(task.dt), must be at most " + MOST + "; it is " + step);
        }
        return sigma;
    }

    /** Key task.noise: the standard deviation of a step. */
    public static double perStep(Settings settings) {
        return settings.single("task.noise", "from 0 to " + MOST, v -> v >= 0 && v <= MOST);
    }
}
