package cohort.task.parts;

import cohort.config.Settings;
import cohort.task.Timing;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Periods as families write them, each a key of section task.timing with its default: "delay = 500". */
public final class PeriodDefaults {
    private PeriodDefaults() {}

    /** Name of the period. */
    public static String name(String period) {
        return period.substring(0, period.indexOf(' '));
    }

    /**
     * Keys of section training.period-weights, a line each.
     *
     * @param weight how much the period of a name counts
     */
    public static String weights(List<String> periods, ToIntFunction<String> weight) {
        return periods.stream()
                .map(PeriodDefaults::name)
                .map(name -> name + " = " + weight.applyAsInt(name) + "\n")
                .collect(Collectors.joining());
    }

    /** The periods in their order, each as long as the settings say. */
    public static Timing timing(Settings settings, List<String> periods) {
        return Timing.of(settings, periods.stream().map(PeriodDefaults::name).toArray(String[]::new));
    }
}
