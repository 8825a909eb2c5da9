package cohort.task.library.matching;

import cohort.config.Kind;
import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.parts.Entry;
import cohort.task.parts.FixationMode;
import cohort.task.parts.Noise;
import cohort.task.parts.Recipe;
import java.util.List;
import java.util.function.Function;

/**
 * Tasks in which what is shown is compared with what was shown before: {@link DelayMatch}, {@link DistractorMatch}, {@link DualMatch}. All
 * are neurogym's.
 */
public final class MatchingTasks implements KindFamily {
    private static final String FAMILY = "matching";
    private static final String MILLER = "neurogym; Miller et al. 1996, doi:10.1523/JNEUROSCI.16-16-05154.1996";

    private static final int MOST_CHANNELS = 4096;

    private static final String STEP = """
            # Length of a time step, ms, as in neurogym.
            task.dt = 100
            """;

    /**
     * What all but one, which has two things to remember, have in common. Random rotations and tanh keep alive what has to be
     * remembered; at higher learning rates some networks never find that the answer is a relation.
     */
    private static final String COMMON = STEP + """
            data.form = trials
            network {
              hidden = 128
              activation = tanh
              initialisation = orthogonal
            }
            training.optimizer.learning-rate = 0.002
            """;

    private static final String SIGMA = """
            # Noise of the stimuli; its standard deviation at one step is sigma / sqrt(dt).
            task.sigma = 1.0
            """;

    @Override
    public List<? extends Kind> kinds() {
        return List.of(
                new Entry(
                        DelayMatch.Rule.SAMPLE.kind(),
                        FAMILY,
                        MILLER,
                        "A direction is shown, and after a delay the same or the opposite one: is it the same?",
                        COMMON + SIGMA + """
                                # Number of stimulus channels, and of directions, evenly spaced around a circle.
                                task.ring-size = 2
                                # Durations of the periods.
                                task.timing {
                                  fixation = 300
                                  sample = 500
                                  delay = 1000
                                  test = 500
                                  decision = 900
                                }
                                training.steps = 2000
                                training.period-weights {
                                  fixation = 1
                                  sample = 1
                                  delay = 1
                                  test = 1
                                  decision = 1
                                }
                                """,
                        settings -> delayMatch(settings, DelayMatch.Rule.SAMPLE)),
                new Entry(
                        DelayMatch.Rule.CATEGORY.kind(),
                        FAMILY,
                        "neurogym; Freedman and Assad 2006, doi:10.1038/nature05078",
                        "A direction is shown, and after a delay another: is it in the same half of the circle?",
                        COMMON + SIGMA + """
                                # Number of stimulus channels, evenly spaced around a circle. neurogym's 2 show both halves alike: it cannot be done.
                                task.ring-size = 16
                                # Durations of the periods; the answer is due while the test is shown.
                                task.timing {
                                  fixation = 500
                                  sample = 650
                                  delay = 1000
                                  test = 650
                                }
                                training.steps = 2000
                                training.period-weights {
                                  fixation = 1
                                  sample = 1
                                  delay = 1
                                  test = 1
                                }
                                """,
                        settings -> delayMatch(settings, DelayMatch.Rule.CATEGORY)),
                new Entry(
                        DistractorMatch.NAME,
                        FAMILY,
                        MILLER,
                        "A direction is shown, and then three tests: go at the one that is the same.",
                        COMMON + """
                                # Number of stimulus channels, evenly spaced around a circle.
                                task.ring-size = 32
                                # Distractors are at least this far from the sample, degrees; 0: anywhere, as in neurogym.
                                task.distractor-distance = 45
                                # When the fixation input is on: until-decision (up to the first test) or fixation-only (as in neurogym).
                                task.fixation = until-decision
                                # Durations of the periods.
                                task.timing {
                                  fixation = 300
                                  sample = 500
                                  delay1 = 1000
                                  test1 = 500
                                  delay2 = 1000
                                  test2 = 500
                                  delay3 = 1000
                                  test3 = 500
                                }
                                training.steps = 3000
                                training.period-weights {
                                  fixation = 1
                                  sample = 1
                                  delay1 = 1
                                  test1 = 1
                                  delay2 = 1
                                  test2 = 1
                                  delay3 = 1
                                  test3 = 1
                                }
                                """,
                        MatchingTasks::distractorMatch),
                new Entry(
                        DualMatch.NAME,
                        FAMILY,
                        "neurogym; Rose et al. 2016, doi:10.1126/science.aah7011",
                        "Two items are shown, then cued and tested one after the other: is each what it was?",
                        STEP + SIGMA + """
                                # repaired (fixation is off in the tests, items alone are noisy) or original (fixation is always on, all inputs are noisy
                                # where items are).
                                task.form = repaired
                                # Durations of the periods.
                                task.timing {
                                  fixation = 500
                                  sample = 500
                                  delay1 = 500
                                  cue1 = 500
                                  test1 = 500
                                  delay2 = 500
                                  cue2 = 500
                                  test2 = 500
                                }
                                training.period-weights {
                                  fixation = 1
                                  sample = 1
                                  delay1 = 1
                                  cue1 = 1
                                  test1 = 1
                                  delay2 = 1
                                  cue2 = 1
                                  test2 = 1
                                }
                                """ + Recipe.gru(128, 64, 4000, 0.003).defaults(),
                        MatchingTasks::dualMatch),
                new Entry(
                        DelayMatch.Rule.PAIR.kind(),
                        FAMILY,
                        "neurogym; Zhang et al. 2019, doi:10.7554/eLife.43191",
                        "Two symbols are shown, one after the other: go if the second belongs to the first.",
                        COMMON + """
                                # Noise of the symbols; its standard deviation at one step is sigma / sqrt(dt). neurogym has the argument, but no noise.
                                task.sigma = 0.0
                                # Durations of the periods.
                                task.timing {
                                  fixation = 0
                                  stimulus1 = 1000
                                  delay1 = 1000
                                  stimulus2 = 1000
                                  delay2 = 1000
                                  decision = 500
                                }
                                training.steps = 2000
                                training.period-weights {
                                  fixation = 1
                                  stimulus1 = 1
                                  delay1 = 1
                                  stimulus2 = 1
                                  delay2 = 1
                                  decision = 1
                                }
                                """,
                        settings -> delayMatch(settings, DelayMatch.Rule.PAIR)));
    }

    private static Task delayMatch(Settings settings, DelayMatch.Rule rule) {
        int stimuli = rule == DelayMatch.Rule.PAIR
                ? DelayMatch.SYMBOLS
                : (int) settings.integer("task.ring-size", 2, MOST_CHANNELS);
        double sigma = Noise.sigma(settings);
        return within(settings, rule.periods(), timing -> new DelayMatch(rule, timing, stimuli, sigma));
    }

    private static Task distractorMatch(Settings settings) {
        int ring = (int) settings.integer("task.ring-size", 3, MOST_CHANNELS);
        double distance =
                settings.number("task.distractor-distance", "degrees from 0 to below 180", v -> v >= 0 && v < 180);
        FixationMode fixation = settings.choice("task.fixation", FixationMode.class);
        return within(
                settings, DistractorMatch.PERIODS, timing -> new DistractorMatch(timing, ring, distance, fixation));
    }

    private static Task dualMatch(Settings settings) {
        double sigma = Noise.sigma(settings);
        DualMatch.Form form = settings.choice("task.form", DualMatch.Form.class);
        return within(settings, DualMatch.PERIODS, timing -> new DualMatch(timing, sigma, form));
    }

    /** Makes a task; what it refuses is said of the durations, since all else was looked at before. */
    private static Task within(Settings settings, List<String> periods, Function<Timing, Task> maker) {
        Timing timing = Timing.of(settings, periods.toArray(String[]::new));
        return settings.within("task.timing", () -> maker.apply(timing));
    }
}
