package cohort.task;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/**
 * What others know of a task.
 *
 * @param dtMillis length of a step in milliseconds; every duration is floored to a multiple of it
 * @param inputs input channels of a trial
 * @param outputs outputs that a trial asks for
 * @param periods the periods of a trial, in the order they follow each other
 * @param factors what differs between trials, besides lengths and noise
 */
public record Signature(double dtMillis, int inputs, int outputs, List<PeriodSpec> periods, List<Factor> factors)
        implements Serializable {
    public Signature {
        periods = List.copyOf(periods);
        factors = List.copyOf(factors);
    }

    /** Names of the periods, in their order. */
    public List<String> periodNames() {
        return periods.stream().map(PeriodSpec::name).toList();
    }

    /** Place of a period among all. */
    public int period(String name) {
        return place(periods, PeriodSpec::name, name);
    }

    /** Place of a factor among all. */
    public int factor(String name) {
        return place(factors, Factor::name, name);
    }

    private static <T> int place(List<T> all, Function<T, String> names, String name) {
        for (int place = 0; place < all.size(); place++) {
            if (names.apply(all.get(place)).equals(name)) {
                return place;
            }
        }
        throw new IllegalArgumentException(
                "there is no " + name + ", but " + all.stream().map(names).toList());
    }

    /** Length of the shortest possible trial in steps. */
    public int minSteps() {
        return periods.stream()
                .mapToInt(period -> Duration.steps(period.duration().minMillis(), dtMillis))
                .sum();
    }

    /** Length of the longest possible trial in steps. */
    public int maxSteps() {
        return periods.stream()
                .mapToInt(period -> Duration.steps(period.duration().maxMillis(), dtMillis))
                .sum();
    }
}
