package cohort.task.library.song;

import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.DurationSetting;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.parts.Entry;
import cohort.task.parts.ErrorBelow;
import cohort.task.parts.SineWave;
import cohort.task.parts.Values;
import java.util.List;
import java.util.Locale;

/**
 * The tasks of Song, Yang and Wang (2016, <a href="https://doi.org/10.1371/journal.pcbi.1004792">doi</a>), with the numbers that pycog has
 * for them; their sine wave is {@link SineWave}.
 */
public final class SongTasks implements KindFamily {
    static final String FAMILY = "song-2016";
    static final String SOURCE = "Song et al. 2016; pycog";

    private static final String GRID = """
            # How durations become steps: floored (each to whole steps) or stretched (as in pycog: borders between periods are, and where dt
            # does not divide a trial its steps are spread to end with it). One and the same where dt divides all durations.
            task.grid = floored
            """;

    private static final String TRIALS = """
            # A lane of a batch is one whole trial.
            data.form = trials
            training.loss = mean-squared-error
            """;

    @Override
    public List<Entry> kinds() {
        return List.of(
                choice(
                        SongKind.RDM_FIXED,
                        "Motion for one of two directions is shown for a fixed time, and then the direction chosen.",
                        coherences("1, 2, 4, 8, 16") + catches(0.0909) + movie(2000, "800", 300)),
                choice(
                        SongKind.RDM_VARSTIM,
                        "Motion for one of two directions is shown for a time that varies, during which a cue is on, and then the direction"
                                + " chosen.",
                        coherences("1, 2, 4, 8, 16")
                                + catches(0.0909)
                                + movie(2000, "{ truncated-exponential = { mean = 330, min = 80, max = 1500 } }", 300)),
                choice(
                        SongKind.RDM_RT,
                        "Motion for one of two directions stays to the end of the trial; the direction is to be chosen from 300 ms"
                                + " after its onset on.",
                        coherences("1, 2, 4, 8, 16")
                                + catches(0.4545)
                                + "# Motion goes on in the decision.\n"
                                + movie(2000, "300", 500)
                                + "evaluation.threshold = 1\n"),
                choice(
                        SongKind.MANTE,
                        "Motion and colour are shown, each for one of two choices, and the context says which of them counts.",
                        coherences("1, 3, 10") + catches(0.0137) + movie(2000, "800", 300)),
                choice(
                        SongKind.MULTISENSORY,
                        "Events are seen, heard or both, and then it is said whether they were more or fewer than 12.5 a second.",
                        """
                        # Events per second, drawn with equal probability; channels rise and fall from 9 to 16. None of them is 12.5, the boundary.
                        task.frequencies = [9, 10, 11, 12, 13, 14, 15, 16]
                        """ + catches(0.2) + movie(2500, "1000", 300)),
                choice(
                        SongKind.ROMO,
                        "Two vibrations are shown, with a delay of about 3 s between them, and then it is said which was faster.",
                        """
                        # The faster vibrations, Hz, drawn with equal probability; channels rise and fall from 10 to 34 Hz.
                        task.frequencies = [18, 22, 26, 30, 34]
                        # By how much the other one is slower, Hz.
                        task.difference = 8
                        # Of a catch trial, and of the periods.
                        task.timing {
                          catch = 2500
                          fixation = 100
                          f1 = 500
                          delay = { uniform = [2500, 3500] }
                          f2 = 500
                          decision = 300
                        }
                        training.period-weights { fixation = 1, f1 = 1, delay = 1, f2 = 1, decision = 1 }
                        # What has to be remembered for three seconds decays under other first weights.
                        network.initialisation = orthogonal
                        training { steps = 3000, optimizer.learning-rate = 0.002 }
                        """ + catches(0.0909)),
                new Entry(
                        SongSequences.NAME,
                        FAMILY,
                        SOURCE,
                        "One of eight sequences of three eye movements over a grid of dots is made as it is shown which.",
                        SongInputs.DEFAULTS + GRID + TRIALS + """
                                # A trial with a smaller root mean squared error of the position is right.
                                task.tolerance = 0.05
                                # Durations of the periods: between trials, fixation, and three movements.
                                task.timing {
                                  iti = 1000
                                  fixation = 1000
                                  m1 = 500
                                  m2 = 500
                                  m3 = 500
                                }
                                training.period-weights { iti = 1, fixation = 1, m1 = 1, m2 = 1, m3 = 1 }
                                network { hidden = 100, tau = 50, activation = tanh }
                                training { steps = 1500, optimizer.learning-rate = 0.005 }
                                """,
                        SongTasks::sequences),
                new Entry(
                        SineWave.SONG,
                        FAMILY,
                        SOURCE,
                        "A sine wave is made, without any input.",
                        TRIALS + """
                                # Of the wave.
                                task.amplitude = 0.9
                                # Of the wave, ms.
                                task.period = 800
                                # A trial with a smaller root mean squared error is right.
                                task.tolerance = 0.05
                                # Duration of a trial.
                                task.timing.wave = 1600
                                training.period-weights { wave = 1 }
                                network { hidden = 100, activation = tanh }
                                training { steps = 1000, optimizer.learning-rate = 0.005 }
                                """,
                        SineWave::song));
    }

    private static String coherences(String list) {
        return "# Strengths of evidence, percent, drawn with equal probability. They have no sign: the choice is drawn too.\n"
                + "task.coherences = [" + list + "]\n";
    }

    private static String movie(int catches, String stimulus, int decision) {
        return String.format(Locale.ROOT, """
                # Durations of a catch trial, and of the periods.
                task.timing {
                  catch = %d
                  fixation = 100
                  stimulus = %s
                  decision = %d
                }
                training.period-weights { fixation = 1, stimulus = 1, decision = 1 }
                """, catches, stimulus, decision);
    }

    private static String catches(double fraction) {
        return "# Fraction of catch trials, in which nothing is shown and nothing asked for; they count in the loss alone.\n"
                + "task.catch = " + fraction + "\n";
    }

    private static Entry choice(SongKind kind, String about, String keys) {
        String network = """
                network { hidden = 100, activation = tanh }
                training { steps = 1500, optimizer.learning-rate = 0.005 }
                """;
        return new Entry(
                kind.taskName(),
                FAMILY,
                SOURCE,
                about,
                SongInputs.DEFAULTS + GRID + TRIALS + network + keys,
                settings -> choice(settings, kind));
    }

    private static Task choice(Settings settings, SongKind kind) {
        Timing timing = Timing.of(settings, kind.periods().toArray(String[]::new));
        SongInputs inputs = SongInputs.of(settings);
        SongGrid grid = settings.choice("task.grid", SongGrid.class);
        double fraction = settings.number("task.catch", "a fraction from 0 to 1", v -> v >= 0 && v <= 1);
        List<Double> values = switch (kind.evidence()) {
            case MOTION ->
                Values.of(settings, "task.coherences", "percentages from 0 to 31.25", v -> v >= 0 && v <= 31.25);
            case CONTEXT -> Values.of(settings, "task.coherences", "percentages above 0, to 20", v -> v > 0 && v <= 20);
            case EVENTS ->
                Values.of(
                        settings,
                        "task.frequencies",
                        "events per second, not 12.5, from 0 to 1000",
                        v -> v >= 0 && v <= 1000 && v != SongEvidence.BOUNDARY);
            case VIBRATIONS -> Values.of(settings, "task.frequencies", "Hz from 0 to 1000", v -> v >= 0 && v <= 1000);
        };
        double difference = kind == SongKind.ROMO
                ? settings.number("task.difference", "Hz above 0, to 1000", v -> v > 0 && v <= 1000)
                : 0;
        return settings.within(
                "task.timing",
                () -> new SongChoice(
                        kind,
                        timing,
                        DurationSetting.of(settings, "task.timing.catch"),
                        fraction,
                        grid,
                        inputs,
                        values,
                        difference));
    }

    private static Task sequences(Settings settings) {
        Timing timing = Timing.of(settings, SongSequences.PERIODS);
        return settings.within(
                "task.timing",
                () -> new SongSequences(
                        timing,
                        settings.choice("task.grid", SongGrid.class),
                        SongInputs.of(settings),
                        ErrorBelow.tolerance(settings)));
    }
}
