package cohort.task.parts;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Sine waves: one, made without any input, as Song, Yang and Wang (2016, <a
 * href="https://doi.org/10.1371/journal.pcbi.1004792">doi</a>) have it; or one of several frequencies that a constant input names, as
 * Sussillo and Barak (2013, <a href="https://doi.org/10.1162/NECO_a_00409">doi</a>). The output is to be amplitude x sin(frequency x t).
 *
 * <p>Of J frequencies number j, from 1 on, is shown as j / J + 0.25, and is spaced evenly from the slowest to the fastest. The only input
 * channel of the wave without input is always 0.
 *
 * @param name of the task
 * @param timing its one period, of at least one step
 * @param frequencies how many there are; each is equally likely
 * @param slowest the first of them, radians per millisecond
 * @param fastest the last of them
 * @param amplitude of the wave
 * @param phase its time at the first step, in steps
 * @param tolerance a trial with a smaller root mean squared error is right
 */
public record SineWave(
        String name,
        Timing timing,
        int frequencies,
        double slowest,
        double fastest,
        double amplitude,
        int phase,
        double tolerance)
        implements Task {
    /** The wave without input. */
    public static final String SONG = "song-sinewave";

    /** The wave whose frequency is shown. */
    public static final String GENERATION = "sine-generation";

    private static final int MOST_FREQUENCIES = 10_000;

    public SineWave {
        timing.requireStep(0);
        if (slowest > fastest) {
            throw new IllegalArgumentException("the slowest frequency is above the fastest one");
        }
    }

    /** The wave without input, from its keys. */
    public static Task song(Settings settings) {
        Timing timing = Timing.of(settings, "wave");
        double frequency = 2 * Math.PI / settings.number("task.period", "milliseconds above 0", v -> v > 0);
        double amplitude = amplitude(settings);
        return settings.within(
                "task.timing",
                () -> new SineWave(
                        SONG, timing, 1, frequency, frequency, amplitude, 1, ErrorBelow.tolerance(settings)));
    }

    /** The wave whose frequency is shown, from its keys. */
    public static Task generation(Settings settings) {
        Timing timing = Timing.of(settings, "wave");
        double unit = settings.number("task.time-unit", "milliseconds above 0", v -> v > 0);
        double amplitude = amplitude(settings);
        int frequencies = (int) settings.integer("task.frequencies", 1, MOST_FREQUENCIES);
        double slowest = settings.number("task.slowest", "radians above 0", v -> v > 0);
        double fastest = settings.number("task.fastest", "radians, at least task.slowest", v -> v >= slowest);
        return settings.within(
                "task.timing",
                () -> new SineWave(
                        GENERATION,
                        timing,
                        frequencies,
                        slowest / unit,
                        fastest / unit,
                        amplitude,
                        0,
                        ErrorBelow.tolerance(settings)));
    }

    private static double amplitude(Settings settings) {
        return settings.number("task.amplitude", "above 0 and at most 1000", v -> v > 0 && v <= 1000);
    }

    private boolean isShown() {
        return name.equals(GENERATION);
    }

    @Override
    public Signature signature() {
        return new Signature(
                name,
                timing.dtMillis(),
                List.of(new Group(isShown() ? "frequency" : "nothing", 0, 1)),
                List.of(new Group("wave", 0, 1)),
                timing.periods(),
                isShown()
                        ? List.of(new Factor("frequency", "", "number of the frequency, from 1, the slowest, on"))
                        : List.of());
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(1);
        if (isShown()) {
            into.setFactor(0, 1 + random.nextInt(frequencies));
        }
        timing.draw(random, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        double number = isShown() ? trial.factor(0) : 1;
        if (isShown()) {
            trial.paint(0, 0, number / frequencies + 0.25);
        }
        System.arraycopy(trial.kept(this, number, () -> wave(number)), 0, trial.targets(), 0, trial.steps());
    }

    /** The wave of a number, in as many steps as a trial can have. */
    private float[] wave(double number) {
        double frequency =
                frequencies == 1 ? slowest : slowest + (fastest - slowest) * (number - 1) / (frequencies - 1);
        float[] wave = new float[timing.steps(timing.duration(0).maxMillis())];
        for (int step = 0; step < wave.length; step++) {
            double t = (step + phase) * timing.dtMillis();
            wave[step] = (float) (amplitude * Math.sin(frequency * t));
        }
        return wave;
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new ErrorBelow(this, tolerance);
    }
}
