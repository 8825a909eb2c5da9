package cohort.warehouse;

import cohort.evaluation.Accuracy;
import cohort.evaluation.MatchedBound;
import cohort.evaluation.ResponseTimes;
import cohort.run.Stage;
import cohort.task.BoundedObserver;
import cohort.task.Condition;
import cohort.task.DecisionTimes;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a row of table response_times is about.
 *
 * @param times of the network
 * @param bound what somebody does in the same condition who answers at a bound, if there is such an observer
 */
record TimedAnswers(ResponseTimes times, Optional<DecisionTimes> bound) {
    /** Those of a stage of learning. */
    static List<TimedAnswers> of(Stage stage, Optional<BoundedObserver> observer) {
        NavigableMap<Condition, Accuracy> trials = stage.accuracy();
        NavigableMap<Condition, DecisionTimes> bounds = stage.times().isEmpty()
                ? new TreeMap<>()
                : observer.map(one -> MatchedBound.of(one, trials, stage.times()))
                        .orElseGet(TreeMap::new);
        return stage.times().stream()
                .map(times -> new TimedAnswers(times, Optional.ofNullable(bounds.get(times.condition()))))
                .toList();
    }

    double boundMillis() {
        return bound.map(one -> times.correct() ? one.rightMillis() : one.wrongMillis())
                .orElse(Double.NaN);
    }

    double boundAccuracy() {
        return bound.map(DecisionTimes::accuracy).orElse(Double.NaN);
    }
}
