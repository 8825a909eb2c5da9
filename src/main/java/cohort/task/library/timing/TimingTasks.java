package cohort.task.library.timing;

import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Duration;
import cohort.task.DurationSetting;
import cohort.task.Task;
import cohort.task.parts.Entry;
import cohort.task.parts.Recipe;
import java.util.List;
import java.util.function.Function;

/** Tasks in which intervals are compared or produced; {@link ReadySetGo} is one, too. */
public final class TimingTasks implements KindFamily {
    private static final String TOLERANCE = """
            # How far off a right go may be, as a fraction of the interval to be produced ...
            task.margin = 0.2
            # ... and in addition, ms.
            task.leeway = 25
            # Which steps ask for a go: one-step, that at which it is due, or from-then-on. Whatever it is, the first go is the answer.
            """;

    @Override
    public List<Entry> kinds() {
        return List.of(
                entry(
                        IntervalDiscrimination.NAME,
                        "IntervalDiscrimination; Genovesio et al. 2009, https://doi.org/10.1016/j.neuron.2009.06.018",
                        "Which of two stimuli lasted longer?",
                        DISCRIMINATION,
                        IntervalDiscrimination::of),
                entry(
                        IntervalProduction.Layout.MOTOR_TIMING.taskName(),
                        "MotorTiming; Wang et al. 2018, https://doi.org/10.1038/s41593-017-0028-6",
                        "A cue says which of several intervals to produce.",
                        MOTOR_TIMING,
                        TimingTasks::motorTiming),
                entry(
                        IntervalProduction.Layout.ONE_TWO_THREE_GO.taskName(),
                        "OneTwoThreeGo; Egger et al. 2019, https://doi.org/10.1038/s41593-019-0500-6",
                        "Three flashes, the same interval apart, and a go when it has passed once more.",
                        ONE_TWO_THREE_GO,
                        TimingTasks::oneTwoThreeGo));
    }

    private static Entry entry(
            String name, String source, String about, String defaults, Function<Settings, Task> maker) {
        return new Entry(name, "timing", "neurogym's " + source, about, defaults, maker);
    }

    private static Task motorTiming(Settings settings) {
        Duration intervals = DurationSetting.of(settings, "task.intervals");
        if (!(intervals instanceof Duration.Choice)) {
            throw settings.error("task.intervals", "must be a list of milliseconds, one for each cue");
        }
        return IntervalProduction.of(settings, IntervalProduction.Layout.MOTOR_TIMING, intervals);
    }

    private static Task oneTwoThreeGo(Settings settings) {
        return IntervalProduction.of(
                settings,
                IntervalProduction.Layout.ONE_TWO_THREE_GO,
                DurationSetting.of(settings, "task.timing.interval"));
    }

    private static final String DISCRIMINATION =
            """
            # Of this step all durations below are multiples.
            task.dt = 50
            # repaired: one stimulus is always longer. original: what lasts equally many steps counts as if the second were longer.
            task.form = repaired
            # Durations of the periods.
            task.timing {
              fixation = 300
              stim1 = { uniform = [300, 600] }
              delay1 = { uniform = [800, 1500] }
              stim2 = { uniform = [300, 600] }
              delay2 = 500
              decision = 300
            }
            training.period-weights { fixation = 1, stim1 = 1, delay1 = 1, stim2 = 1, delay2 = 1, decision = 1 }
            """ + Recipe.leaky(64, 16, 1500, 0.003).defaults();

    private static final String MOTOR_TIMING =
            """
            # Of this step all durations below are multiples.
            task.dt = 50
            # The intervals, ms; each has a cue.
            task.intervals = [800, 1500]
            """ + TOLERANCE + """
            task.asked = one-step
            # Durations of the periods; production is twice the interval.
            task.timing {
              fixation = 500
              cue = { uniform = [1000, 3000] }
              set = 50
            }
            training.period-weights { fixation = 1, cue = 1, set = 1, production = 1 }
            """ + Recipe.leaky(64, 16, 1500, 0.003).defaults();

    private static final String ONE_TWO_THREE_GO =
            """
            # Of this step all durations below are multiples.
            task.dt = 50
            """ + TOLERANCE + """
            task.asked = from-then-on
            # Durations of the periods; interval is that between flashes, and the one to be produced.
            task.timing {
              fixation = { truncated-exponential = { mean = 400, min = 100, max = 800 } }
              target = { truncated-exponential = { mean = 1000, min = 500, max = 1500 } }
              s1 = 100
              interval = [600, 700, 800, 900, 1000]
              s2 = 100
              s3 = 100
              response = 1000
            }
            training.period-weights {
              fixation = 1
              target = 1
              s1 = 1
              interval1 = 1
              s2 = 1
              interval2 = 1
              s3 = 1
              interval3 = 1
              response = 1
            }
            """ + Recipe.leaky(64, 16, 1500, 0.003).defaults();
}
