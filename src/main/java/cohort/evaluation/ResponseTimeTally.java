package cohort.evaluation;

import cohort.task.Condition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Counts answers by their response time, condition and whether they are right: integers, which merge into the same whole in any order. */
final class ResponseTimeTally implements Serializable {
    private static final long serialVersionUID = 1;

    private final TreeMap<Condition, NavigableMap<Double, Long>> right = new TreeMap<>();
    private final TreeMap<Condition, NavigableMap<Double, Long>> wrong = new TreeMap<>();

    void add(TrialOutcome outcome) {
        if (!Double.isNaN(outcome.responseTime())) {
            (outcome.correct() ? right : wrong)
                    .computeIfAbsent(outcome.condition(), condition -> new TreeMap<>())
                    .merge(outcome.responseTime(), 1L, Long::sum);
        }
    }

    void merge(ResponseTimeTally other) {
        merge(other.right, right);
        merge(other.wrong, wrong);
    }

    private static void merge(
            Map<Condition, NavigableMap<Double, Long>> theirs, Map<Condition, NavigableMap<Double, Long>> ours) {
        theirs.forEach((condition, counts) -> {
            NavigableMap<Double, Long> sum = ours.computeIfAbsent(condition, c -> new TreeMap<>());
            counts.forEach((millis, trials) -> sum.merge(millis, trials, Long::sum));
        });
    }

    /** In the order of the conditions, the right answers of each first; without what never happened. */
    List<ResponseTimes> times() {
        TreeMap<Condition, List<ResponseTimes>> all = new TreeMap<>();
        right.forEach((condition, counts) ->
                all.computeIfAbsent(condition, c -> new ArrayList<>()).add(ResponseTimes.of(condition, true, counts)));
        wrong.forEach((condition, counts) ->
                all.computeIfAbsent(condition, c -> new ArrayList<>()).add(ResponseTimes.of(condition, false, counts)));
        return all.values().stream().flatMap(List::stream).toList();
    }
}
