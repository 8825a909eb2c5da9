package cohort.evaluation;

import cohort.task.BoundedObserver;
import cohort.task.Condition;
import cohort.task.DecisionTimes;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * The bound on accumulated evidence with which somebody answers, on average over the trials of a test, as fast as a network did; and what he
 * does with it in each condition. The mean of the network is that of its answers, right and wrong; the bound's observer always answers.
 */
public final class MatchedBound {
    private static final double RELATIVE_ERROR = 1e-10;
    private static final double ABSOLUTE_ERROR = 1e-8;
    private static final int MOST_LOOKS = 100;

    private MatchedBound() {}

    /**
     * What the observer does in each condition.
     *
     * @param trials of the test in each condition
     * @param times the network's response times, at least one
     */
    public static NavigableMap<Condition, DecisionTimes> of(
            BoundedObserver observer, NavigableMap<Condition, Accuracy> trials, Collection<ResponseTimes> times) {
        double answers = 0;
        double sum = 0;
        for (ResponseTimes one : times) {
            answers += one.trials();
            sum += one.trials() * one.mean();
        }
        double bound = bound(observer, trials, sum / answers);
        NavigableMap<Condition, DecisionTimes> decisions = new TreeMap<>();
        trials.keySet().forEach(condition -> decisions.put(condition, observer.decide(condition, bound)));
        return decisions;
    }

    private static double bound(BoundedObserver observer, NavigableMap<Condition, Accuracy> trials, double millis) {
        if (mean(observer, trials, 0) >= millis) {
            return 0;
        }
        double high = 1;
        while (mean(observer, trials, high) < millis) {
            if (high >= observer.highestBound()) {
                return high;
            }
            high *= 2;
        }
        return new BrentSolver(RELATIVE_ERROR, ABSOLUTE_ERROR)
                .solve(MOST_LOOKS, bound -> mean(observer, trials, bound) - millis, 0, high);
    }

    /** Mean response time over the trials of all conditions, in milliseconds. */
    private static double mean(BoundedObserver observer, NavigableMap<Condition, Accuracy> trials, double bound) {
        double sum = 0;
        double count = 0;
        for (Map.Entry<Condition, Accuracy> entry : trials.entrySet()) {
            sum += entry.getValue().trials()
                    * observer.decide(entry.getKey(), bound).meanMillis();
            count += entry.getValue().trials();
        }
        return sum / count;
    }
}
