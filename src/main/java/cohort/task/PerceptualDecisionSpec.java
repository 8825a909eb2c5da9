package cohort.task;

import java.io.Serializable;
import java.util.List;

/**
 * The parameters of perceptual decision making: periods, conditions and noise.
 *
 * @param dtMillis length of a step in milliseconds; every duration is floored to a multiple of it
 * @param ringSize number of stimulus directions and of choices, at least 2
 * @param coherencesPercent strengths of evidence in percent, drawn with equal probability
 * @param sigma noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt)
 * @param fixationMode when the fixation input is on
 * @param fixation duration of the fixation period
 * @param stimulus duration of the stimulus period, at least one step
 * @param delay duration of the delay period
 * @param decision duration of the decision period, at least one step
 */
public record PerceptualDecisionSpec(
        double dtMillis,
        int ringSize,
        List<Double> coherencesPercent,
        double sigma,
        FixationMode fixationMode,
        Duration fixation,
        Duration stimulus,
        Duration delay,
        Duration decision)
        implements Serializable {

    public PerceptualDecisionSpec {
        if (!(dtMillis > 0) || dtMillis > Duration.MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "dt is not above 0 and at most " + (long) Duration.MAX_MILLIS + " ms: " + dtMillis);
        }
        if (ringSize < 2) {
            throw new IllegalArgumentException("ring size is not at least 2: " + ringSize);
        }
        if (coherencesPercent.isEmpty()) {
            throw new IllegalArgumentException("list of coherences is empty");
        }
        for (double coherence : coherencesPercent) {
            if (!(coherence >= 0 && coherence <= 100)) {
                throw new IllegalArgumentException("coherence is not between 0 and 100 percent: " + coherence);
            }
        }
        coherencesPercent = List.copyOf(coherencesPercent);
        if (coherencesPercent.stream().distinct().count() != coherencesPercent.size()) {
            throw new IllegalArgumentException("a coherence is given twice: " + coherencesPercent);
        }
        if (!(sigma >= 0) || sigma == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("sigma is not a number of at least 0: " + sigma);
        }
        requireOneStep("stimulus", stimulus, dtMillis);
        requireOneStep("decision", decision, dtMillis);
    }

    private static void requireOneStep(String period, Duration duration, double dtMillis) {
        if (duration.minMillis() < dtMillis) {
            throw new IllegalArgumentException("the " + period + " period can be shorter than one step of " + dtMillis
                    + " ms: " + duration.minMillis() + " ms");
        }
    }

    /** How long a period lasts. */
    public Duration duration(Period period) {
        return switch (period) {
            case FIXATION -> fixation;
            case STIMULUS -> stimulus;
            case DELAY -> delay;
            case DECISION -> decision;
        };
    }

    /** Whole steps in a duration: floor(millis / dt), as neurogym does. */
    public int steps(double millis) {
        // The small allowance keeps 0.3 / 0.1 at 3 steps although the quotient is 2.9999999999999996.
        return (int) Math.floor(millis / dtMillis * (1 + 1e-12));
    }

    /** Standard deviation of the stimulus noise at one step. */
    public double sigmaPerStep() {
        return sigma / Math.sqrt(dtMillis);
    }
}
