package cohort.task.library.detection;

import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.parts.Entry;
import cohort.task.parts.Recipe;
import java.util.List;
import java.util.function.Function;

/** Tasks in which a stimulus comes or does not. */
public final class DetectionTasks implements KindFamily {
    @Override
    public List<Entry> kinds() {
        return List.of(
                entry(
                        Detection.NAME,
                        "neurogym's Detection",
                        "A signal comes somewhere in noise, or does not: go as soon as it is there.",
                        DETECTION,
                        Detection::of),
                entry(
                        ToneDetection.NAME,
                        "neurogym's ToneDetection; Costalupes 1985, https://doi.org/10.1523/JNEUROSCI.05-12-03261.1985",
                        "A short tone in noise: at which of several moments did it come, if it did?",
                        TONE_DETECTION,
                        ToneDetection::of),
                entry(
                        Annubes.NAME,
                        "neurogym's AnnubesEnv",
                        "A stimulus of one of several modalities comes, or none: respond while there is one.",
                        ANNUBES,
                        Annubes::of));
    }

    private static Entry entry(
            String name, String source, String about, String defaults, Function<Settings, Task> maker) {
        return new Entry(name, "detection", source, about, defaults, maker);
    }

    private static final String DETECTION =
            """
            # The signal lasts one of these steps.
            task.dt = 100
            # repaired: noise is the same in all trials. original: sqrt(2) times as large in those without a signal.
            task.form = repaired
            # Noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt). The signal's height is 0.5.
            task.sigma = 1.0
            # How long the signal lasts, ms.
            task.signal = 100
            # When it begins: anywhere in the stimulus period, or so many ms after that begins.
            task.onset = anywhere
            # Durations of the periods.
            task.timing {
              fixation = 500
              stimulus = { truncated-exponential = { mean = 1000, min = 500, max = 1500 } }
            }
            training.period-weights { fixation = 1, stimulus = 1 }
            """ + Recipe.leaky(64, 16, 3000, 0.003).defaults();

    private static final String TONE_DETECTION =
            """
            # The tone lasts one of these steps.
            task.dt = 50
            # repaired: the tone's moment is asked for from its beginning on. original: from the beginning of the trial on.
            task.form = repaired
            # Noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt). The tone's height is 1.
            task.sigma = 0.2
            # How long the tone lasts, ms.
            task.tone = 50
            # The moments at which it can begin, ms.
            task.onsets = [500, 1000, 1500]
            # Duration of the one period.
            task.timing.stimulus = 2000
            training.period-weights.stimulus = 1
            """ + Recipe.leaky(64, 16, 1000, 0.003).defaults();

    private static final String ANNUBES = """
            # Of this step all durations below are multiples.
            task.dt = 100
            # repaired: a combination is shown on the channels of its letters, and after a full row the others come by their shares.
            # original: a combination has a channel of its own, and after a full row the others are equally likely.
            task.form = repaired
            # The modalities, a letter each; several letters are a combination, [v, a, va].
            task.modalities = [v, a]
            # How often each of them comes, relative to the others.
            task.shares = [0.5, 0.5]
            # Intensities of a stimulus, drawn with equal probability.
            task.intensities = [0.8, 0.9, 1]
            # Probability of a catch trial, in which there is no stimulus.
            task.catch = 0.5
            # Most trials of one modality in a row; 0: no limit.
            task.max-sequential = 0
            # Number of successive trials within which that limit holds.
            task.block-size = 100
            # Value of the fixation input in the fixation period.
            task.fixation-intensity = 0
            # Standard deviation of the noise of a step: 0.01 sqrt(2 tau / dt), with tau = 100 ms.
            task.noise = 0.01414
            # Number of outputs; only the first two are ever asked for.
            task.outputs = 2
            # Durations of the periods.
            task.timing {
              fixation = 500
              stimulus = 1000
              iti = 0
            }
            training.period-weights { fixation = 1, stimulus = 1, iti = 1 }
            """ + Recipe.leaky(64, 16, 500, 0.003).defaults();
}
