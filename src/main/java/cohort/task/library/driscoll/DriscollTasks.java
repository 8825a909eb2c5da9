package cohort.task.library.driscoll;

import cohort.config.KindFamily;
import cohort.config.Settings;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.parts.Entry;
import cohort.task.parts.Noise;
import cohort.task.parts.PeriodDefaults;
import cohort.task.parts.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The fifteen tasks of Driscoll et al. (2024, <a href="https://doi.org/10.1038/s41593-024-01668-6">doi</a>). */
public final class DriscollTasks implements KindFamily {
    static final String PREFIX = "driscoll-";

    @Override
    public List<Entry> kinds() {
        return Arrays.stream(DriscollRule.values()).map(DriscollTasks::entry).toList();
    }

    private static Entry entry(DriscollRule rule) {
        return new Entry(
                PREFIX + rule.label(),
                "driscoll",
                "Driscoll et al. 2024, https://doi.org/10.1038/s41593-024-01668-6",
                rule.about(),
                recipe(rule).defaults() + defaults(rule),
                settings -> settings.within("task.timing", () -> task(rule, settings)));
    }

    private static Recipe recipe(DriscollRule rule) {
        return switch (rule.family()) {
            case DECISION -> Recipe.gru(64, 32, 4000, 0.01);
            case MATCH -> Recipe.gru(64, 32, 3000, 0.005);
            default -> Recipe.leaky(128, 32, 2000, 0.002);
        };
    }

    private static String defaults(DriscollRule rule) {
        String coherences =
                rule.family() != DriscollRule.Family.DECISION ? "" : """
                  # Coherences, percent: half the difference between two strengths, whose mean is between 0.8 and 1.2. None: any
                  # within coherence-range.
                  coherences = []
                  # Smallest and largest coherence where none are listed.
                  coherence-range = [0.5, 80]
                  """.strip().replace("\n", "\n  ");
        return String.format(
                Locale.ROOT,
                """
                task {
                  # Noise of all inputs at all steps; its standard deviation at one step is sigma / sqrt(dt). The original's is 0.1 sqrt(2 tau),
                  # with tau = 100 ms, which is 0.316 at steps of 20 ms.
                  sigma = 1.4142136
                  # A response that is less than this off is right, degrees, up to 90.
                  tolerance = 18
                  # Number of successive trials that share modalities and lengths of periods, as those of a batch of the original.
                  block-size = 16
                  # How much steps and outputs count in the loss: squared (as in the original's code: 25 in the response, 4 times the
                  # fixation output) or plain (5, and twice).
                  mask = squared
                  %s
                  # Durations of the periods.
                  timing {
                    %s
                  }
                }
                training {
                  loss = mean-squared-error
                  period-weights {
                    %s
                  }
                }
                """,
                coherences,
                String.join("\n    ", rule.timing()),
                PeriodDefaults.weights(rule.timing(), name -> 1).strip().replace("\n", "\n    "));
    }

    private static Task task(DriscollRule rule, Settings settings) {
        boolean isDecision = rule.family() == DriscollRule.Family.DECISION;
        List<Double> range = isDecision ? range(settings) : List.of(0.0, 0.0);
        Timing timing = PeriodDefaults.timing(settings, rule.timing());
        return new DriscollTask(
                rule,
                timing,
                Noise.sigma(settings),
                settings.number("task.tolerance", "above 0 and at most 90 degrees", v -> v > 0 && v <= 90),
                (int) settings.integer("task.block-size", 1, Integer.MAX_VALUE),
                settings.choice("task.mask", DriscollTask.Mask.class),
                isDecision ? coherences(settings) : List.of(),
                range.get(0),
                range.get(1));
    }

    private static List<Double> coherences(Settings settings) {
        List<Double> coherences = settings.numbers("task.coherences");
        if (coherences.stream().distinct().count() < coherences.size()
                || !coherences.stream().allMatch(coherence -> coherence > 0 && coherence <= 80)) {
            throw settings.error("task.coherences", "must be different percentages above 0 and at most 80, or none");
        }
        return coherences;
    }

    private static List<Double> range(Settings settings) {
        List<Double> range = settings.numbers("task.coherence-range");
        if (range.size() != 2 || !(range.get(0) > 0 && range.get(0) <= range.get(1) && range.get(1) <= 80)) {
            throw settings.error(
                    "task.coherence-range",
                    "must be the smallest and the largest coherence, percentages above 0 and at most 80");
        }
        return range;
    }
}
