package cohort.evaluation;

import cohort.task.Condition;
import java.io.Serializable;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Response times of right or of wrong answers in one condition, in milliseconds. A quantile q is the smallest time at or below which a
 * fraction q of the trials lies.
 *
 * @param condition the trials' factors
 * @param correct whether these are the right answers, or the wrong ones
 * @param trials with such an answer, at least 1
 * @param mean of the times
 * @param sd their standard deviation, with n - 1; NaN of one trial
 * @param q10 quantile 0.1
 * @param q25 quantile 0.25
 * @param median quantile 0.5
 * @param q75 quantile 0.75
 * @param q90 quantile 0.9
 */
public record ResponseTimes(
        Condition condition,
        boolean correct,
        long trials,
        double mean,
        double sd,
        double q10,
        double q25,
        double median,
        double q75,
        double q90)
        implements Serializable {
    /**
     * Those of some trials.
     *
     * @param counts trials by their times, at least one
     */
    static ResponseTimes of(Condition condition, boolean correct, NavigableMap<Double, Long> counts) {
        long trials = 0;
        double sum = 0;
        for (Map.Entry<Double, Long> count : counts.entrySet()) {
            trials += count.getValue();
            sum += count.getValue() * count.getKey();
        }
        double mean = sum / trials;
        double squares = 0;
        for (Map.Entry<Double, Long> count : counts.entrySet()) {
            double deviation = count.getKey() - mean;
            squares += count.getValue() * deviation * deviation;
        }
        return new ResponseTimes(
                condition,
                correct,
                trials,
                mean,
                trials == 1 ? Double.NaN : Math.sqrt(squares / (trials - 1)),
                quantile(counts, 0.1, trials),
                quantile(counts, 0.25, trials),
                quantile(counts, 0.5, trials),
                quantile(counts, 0.75, trials),
                quantile(counts, 0.9, trials));
    }

    private static double quantile(NavigableMap<Double, Long> counts, double fraction, long trials) {
        long below = 0;
        for (Map.Entry<Double, Long> count : counts.entrySet()) {
            below += count.getValue();
            if (below >= fraction * trials) {
                return count.getKey();
            }
        }
        return counts.lastKey();
    }
}
