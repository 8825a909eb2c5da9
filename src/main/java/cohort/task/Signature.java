package cohort.task;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/**
 * Sizes and names of a task: all that networks, tables and figures know of it.
 *
 * @param name name of the task, as tables have it
 * @param dtMillis length of a step in milliseconds; every duration is floored to a multiple of it
 * @param inputs groups of the input channels, one after the other
 * @param outputs groups of the outputs that a trial asks for, one after the other; the cross-entropy asks for one output of each
 * @param periods the periods of a trial, in the order they follow each other
 * @param factors what differs between trials, besides lengths and noise
 */
public record Signature(
        String name,
        double dtMillis,
        List<Group> inputs,
        List<Group> outputs,
        List<PeriodSpec> periods,
        List<Factor> factors)
        implements Serializable {
    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        periods = List.copyOf(periods);
        factors = List.copyOf(factors);
        requireInARow(inputs);
        requireInARow(outputs);
    }

    private static void requireInARow(List<Group> groups) {
        int next = 0;
        for (Group group : groups) {
            if (group.first() != next) {
                throw new IllegalArgumentException(
                        "group " + group.name() + " begins at " + group.first() + ", not at " + next);
            }
            next = group.end();
        }
        if (next == 0) {
            throw new IllegalArgumentException("there are no inputs, or no outputs");
        }
    }

    /** Number of input channels. */
    public int channels() {
        return inputs.get(inputs.size() - 1).end();
    }

    /** Number of outputs. */
    public int outputCount() {
        return outputs.get(outputs.size() - 1).end();
    }

    /** Names of the periods, in their order. */
    public List<String> periodNames() {
        return periods.stream().map(PeriodSpec::name).toList();
    }

    /** Place of a period among all. */
    public int period(String period) {
        return place(periods, PeriodSpec::name, period);
    }

    /** Place of a factor among all. */
    public int factor(String factor) {
        return place(factors, Factor::name, factor);
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
