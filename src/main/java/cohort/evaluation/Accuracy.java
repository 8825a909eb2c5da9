package cohort.evaluation;

import java.io.Serializable;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * How often a network was right, beside what was possible.
 *
 * @param trials trials counted
 * @param correct trials with the right answer
 * @param noResponse trials in which the network gave no answer
 * @param ideal accuracy that can be expected of the ideal observer in these trials; NaN if none is known
 * @param chance accuracy of guessing
 */
public record Accuracy(long trials, long correct, long noResponse, double ideal, double chance)
        implements Serializable {
    private static final double ERROR_RATE = 0.05;

    /** Fraction of trials with the right answer. */
    public double accuracy() {
        return (double) correct / trials;
    }

    /** Fraction of trials in which the network gave no answer. */
    public double noResponseRate() {
        return (double) noResponse / trials;
    }

    /** The 95 % interval of the accuracy (Wilson 1927, <a href="https://doi.org/10.2307/2276774">doi</a>). */
    public Interval wilson() {
        return BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                Math.toIntExact(trials), Math.toIntExact(correct), ERROR_RATE);
    }

    /** The best accuracy that can be expected: the ideal observer's, or 1 if none is known. */
    public double possible() {
        return Double.isNaN(ideal) ? 1 : ideal;
    }

    /**
     * Accuracy above chance as a fraction of what is possible; NaN where nobody can do better than chance. A trial without a response
     * counts as wrong where one is asked for, as it does for an animal that withholds its answer, so that efficiency falls below 0, which
     * is guessing, where many are missing: to -chance / (possible - chance) in a network that never responds.
     */
    public double efficiency() {
        return possible() > chance ? (accuracy() - chance) / (possible() - chance) : Double.NaN;
    }
}
