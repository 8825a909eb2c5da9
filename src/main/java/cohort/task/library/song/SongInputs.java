package cohort.task.library.song;

import cohort.config.Settings;
import cohort.task.Trial;
import java.io.Serializable;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * What Song et al. add to the inputs of all their tasks: max(0, what is shown + baseline + N(0, 1) sigma / sqrt(dt)), on all channels at
 * all steps.
 *
 * @param baseline shown besides on every channel
 * @param sigma noise; its standard deviation at one step is sigma / sqrt(dt)
 * @param negative what becomes of inputs below 0
 */
record SongInputs(double baseline, double sigma, Negative negative) implements Serializable {
    /** What becomes of inputs below 0. */
    enum Negative {
        /** They are 0: rates of the cells that bring the input. */
        CUT,
        /** They stay. */
        KEPT
    }

    /** Noise and baseline above this: squares of what it leads to are infinite in single precision. */
    private static final double MOST = 1e15;

    /** The keys, and what the tasks of the paper have. */
    static final String DEFAULTS = """
            # Shown besides on every channel at all steps.
            task.baseline = 0.2
            # Noise of all inputs at all steps; its standard deviation at one step is sigma / sqrt(dt). The original's is 0.01 sqrt(200).
            task.sigma = 0.1414
            # What becomes of inputs below 0: cut (to 0, as rates of cells) or kept.
            task.negative-inputs = cut
            """;

    static SongInputs of(Settings settings) {
        return new SongInputs(
                settings.single("task.baseline", "from 0 to " + MOST, v -> v >= 0 && v <= MOST),
                settings.single("task.sigma", "from 0 to " + MOST, v -> v >= 0 && v <= MOST),
                settings.choice("task.negative-inputs", Negative.class));
    }

    /** Standard deviation of the noise at one step. */
    double sd(double dtMillis) {
        return sigma / Math.sqrt(dtMillis);
    }

    /** Adds baseline and noise to what is shown. */
    void addTo(UniformRandomProvider random, Trial trial) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        float[] inputs = trial.inputs();
        double sd = trial.noiseSd(sd(trial.signature().dtMillis()));
        float least = negative == Negative.CUT ? 0 : Float.NEGATIVE_INFINITY;
        int end = trial.steps() * trial.channels();
        for (int at = 0; at < end; at++) {
            inputs[at] = Math.max(least, (float) (inputs[at] + baseline + sd * gaussian.sample()));
        }
    }
}
