package cohort.task.library.psychrnn;

import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.parts.Entry;
import cohort.task.parts.Values;
import java.util.List;

/** Tasks of PsychRNN (Ehrlich et al. 2021, <a href="https://doi.org/10.1523/ENEURO.0427-20.2020">doi</a>). */
public final class PsychRnnTasks implements KindFamily {
    private static final String FAMILY = "psychrnn";
    private static final String SOURCE = "Ehrlich et al. 2021; PsychRNN";

    private static final String COMMON = """
            # repaired, or original: what that means is in docs/tasks/psychrnn.md.
            task.form = repaired
            # Duration of every trial, ms.
            task.duration = 2000
            # Noise of all inputs at all steps; its standard deviation at one step is sigma / sqrt(dt): 0.1 sqrt(2), at 10 ms the original's.
            task.sigma = 0.1414
            # A lane of a batch is one whole trial.
            data.form = trials
            training.loss = mean-squared-error
            network { hidden = 64, activation = tanh, initialisation = orthogonal }
            training { steps = 1000, optimizer.learning-rate = 0.005 }
            """;

    /** Noise of a step above this: squares of what it leads to are infinite in single precision. */
    private static final double MOST_NOISE = 1e15;

    private static final int MOST_UNITS = 4096;

    @Override
    public List<Entry> kinds() {
        return List.of(
                entry(
                        PsychRnnKind.PERCEPTUAL,
                        "Two noisy inputs are shown, and after them the larger one chosen.",
                        """
                        # By how much one input is larger, drawn with equal probability. They have no sign: the choice is drawn too.
                        task.coherences = [0.1, 0.3, 0.5, 0.7]
                        # Durations of the periods; the response is what is left of the trial.
                        task.timing {
                          before = { uniform = [0, 1000] }
                          stimulus = { uniform = [250, 750] }
                          gap = 20
                        }
                        training.period-weights { before = 1, stimulus = 1, gap = 1, response = 1 }
                        """),
                entry(
                        PsychRnnKind.DELAYED,
                        "Two vibrations are shown, with a delay between them, and then it is said which was faster.",
                        """
                        # The faster vibrations, Hz, drawn with equal probability; channels rise and fall from 10 to 34 Hz.
                        task.frequencies = [18, 22, 26, 30, 34]
                        # By how much the other one is slower, Hz.
                        task.difference = 8
                        # Durations of the periods; after them nothing is shown, and nothing counts. In the original each can be 0.
                        task.timing {
                          before = { uniform = [0, 250] }
                          stimulus-1 = { uniform = [100, 500] }
                          delay = { uniform = [0, 500] }
                          stimulus-2 = { uniform = [100, 500] }
                          decision = { uniform = [50, 250] }
                        }
                        training.period-weights { before = 1, stimulus-1 = 1, delay = 1, stimulus-2 = 1, decision = 1, after = 1 }
                        """),
                entry(
                        PsychRnnKind.CATEGORY,
                        "A direction is shown on a ring, and after it the category chosen in which it lies.",
                        """
                        # Units of the ring.
                        task.ring-size = 16
                        # Number of categories, each as wide as the others, and of outputs.
                        task.categories = 2
                        # Durations of the periods; after them nothing is shown, and nothing counts.
                        task.timing {
                          before = 200
                          stimulus = 1000
                          response = 800
                        }
                        training.period-weights { before = 1, stimulus = 1, response = 1, after = 1 }
                        """));
    }

    private static Entry entry(PsychRnnKind kind, String about, String keys) {
        return new Entry(kind.taskName(), FAMILY, SOURCE, about, COMMON + keys, settings -> task(settings, kind));
    }

    private static Task task(Settings settings, PsychRnnKind kind) {
        boolean isCategory = kind == PsychRnnKind.CATEGORY;
        List<Double> values = switch (kind) {
            case PERCEPTUAL ->
                Values.of(settings, "task.coherences", "numbers from 0 to 1000", v -> v >= 0 && v <= 1000);
            case DELAYED -> Values.of(settings, "task.frequencies", "Hz from 0 to 1000", v -> v >= 0 && v <= 1000);
            case CATEGORY -> List.of();
        };
        double difference = kind == PsychRnnKind.DELAYED
                ? settings.number("task.difference", "Hz above 0, to 1000", v -> v > 0 && v <= 1000)
                : 0;
        Timing timing = Timing.of(settings, kind.periods().toArray(String[]::new));
        double duration = settings.number("task.duration", "milliseconds above 0", v -> v > 0);
        PsychRnnChoice.Form form = settings.choice("task.form", PsychRnnChoice.Form.class);
        double sigma = settings.single("task.sigma", "from 0 to " + MOST_NOISE, v -> v >= 0 && v <= MOST_NOISE);
        int units = isCategory ? (int) settings.integer("task.ring-size", 3, MOST_UNITS) : 2;
        int categories = isCategory ? (int) settings.integer("task.categories", 2, MOST_UNITS) : 2;
        return settings.within(
                "task.timing",
                () -> new PsychRnnChoice(kind, timing, duration, form, sigma, values, difference, units, categories));
    }
}
