package cohort.task.library.reaching;

import cohort.config.Kind;
import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.parts.Entry;
import java.util.List;
import java.util.function.Function;

/** Tasks of reaching for something that is shown: {@link AntiReach}, {@link DelayedReach}, {@link Reach1D}. All are neurogym's. */
public final class ReachingTasks implements KindFamily {
    private static final String FAMILY = "reaching";

    private static final int MOST_CHANNELS = 4096;

    /** Positions beyond this: squares of what they lead to are infinite in single precision. */
    private static final double FARTHEST = 1e15;

    /** What all of them have in common; random rotations and tanh keep alive what has to be remembered. */
    private static final String COMMON = """
            # Length of a time step, ms, as in neurogym.
            task.dt = 100
            data.form = trials
            network {
              hidden = 64
              activation = tanh
              initialisation = orthogonal
            }
            training.optimizer.learning-rate = 0.003
            """;

    @Override
    public List<? extends Kind> kinds() {
        return List.of(
                new Entry(
                        AntiReach.NAME,
                        FAMILY,
                        "neurogym; Munoz and Everling 2004, doi:10.1038/nrn1345",
                        "A direction is shown: point the other way, or (pro) there.",
                        COMMON + """
                                # Where to point: anti (away from the stimulus) or pro (at it).
                                task.rule = anti
                                # Number of directions, and of stimulus channels, evenly spaced around a circle.
                                task.ring-size = 32
                                # Durations of the periods.
                                task.timing {
                                  fixation = 500
                                  stimulus = 500
                                  delay = 0
                                  decision = 500
                                }
                                training.steps = 2000
                                training.period-weights {
                                  fixation = 1
                                  stimulus = 1
                                  delay = 1
                                  decision = 1
                                }
                                """,
                        ReachingTasks::antiReach),
                new Entry(
                        DelayedReach.NAME,
                        FAMILY,
                        "neurogym",
                        "A position on a line is shown, and must be reported after a delay.",
                        COMMON + """
                                # The lowest position, ...
                                task.low = 0.0
                                # ... and the highest; they are uniform in between.
                                task.high = 1.0
                                # A report that is at most this far off is right, in units of the position.
                                task.tolerance = 0.05
                                # Durations of the periods.
                                task.timing {
                                  stimulus = 500
                                  delay = [0, 1000, 2000]
                                  decision = 500
                                }
                                training.steps = 2000
                                training.loss = mean-squared-error
                                training.period-weights {
                                  stimulus = 1
                                  delay = 1
                                  decision = 1
                                }
                                """,
                        ReachingTasks::delayedReach),
                new Entry(
                        Reach1D.NAME,
                        FAMILY,
                        "neurogym; Georgopoulos et al. 1986, doi:10.1126/science.3749885",
                        "A hand waits on a circle, and a target appears: which way is shorter?",
                        COMMON + """
                                # Number of channels of each ring, evenly spaced around the circle.
                                task.ring-size = 16
                                # repaired (the hand is shown, and the shorter way asked for) or original (the hand is not shown, and the truncated
                                # angle asked for, of which most are no output).
                                task.form = repaired
                                # Durations of the periods.
                                task.timing {
                                  fixation = 500
                                  reach = 500
                                }
                                training.steps = 1000
                                training.period-weights {
                                  fixation = 1
                                  reach = 1
                                }
                                """,
                        ReachingTasks::reach1D));
    }

    private static Task antiReach(Settings settings) {
        AntiReach.Rule rule = settings.choice("task.rule", AntiReach.Rule.class);
        int ring = (int) settings.integer("task.ring-size", 2, MOST_CHANNELS);
        return within(settings, AntiReach.PERIODS, timing -> new AntiReach(rule, timing, ring));
    }

    private static Task delayedReach(Settings settings) {
        double low = settings.single("task.low", "a position within " + FARTHEST, v -> Math.abs(v) <= FARTHEST);
        double high = settings.single(
                "task.high",
                "a position above task.low, " + low + ", within " + FARTHEST,
                v -> v > low && Math.abs(v) <= FARTHEST);
        double tolerance = settings.number("task.tolerance", "above 0", v -> v > 0);
        return within(settings, DelayedReach.PERIODS, timing -> new DelayedReach(timing, low, high, tolerance));
    }

    private static Task reach1D(Settings settings) {
        int ring = (int) settings.integer("task.ring-size", 2, MOST_CHANNELS);
        Reach1D.Form form = settings.choice("task.form", Reach1D.Form.class);
        return within(settings, Reach1D.PERIODS, timing -> new Reach1D(timing, ring, form));
    }

    /** Makes a task; what it refuses is said of the durations, since all else was looked at before. */
    private static Task within(Settings settings, List<String> periods, Function<Timing, Task> maker) {
        Timing timing = Timing.of(settings, periods.toArray(String[]::new));
        return settings.within("task.timing", () -> maker.apply(timing));
    }
}
