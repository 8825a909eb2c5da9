package cohort.task.library;

import cohort.task.Duration;
import cohort.task.IdealObserver;
import cohort.task.Period;
import cohort.task.PeriodSpec;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Perceptual decision making: noisy evidence for one of R directions is shown, and after it the direction must be
 * chosen. The task of Britten et al. (1992) in the form of neurogym's {@code PerceptualDecisionMaking}.
 *
 * <p>Input channels are fixation, then R stimulus channels at theta_j = 2 pi j / R. In the stimulus period channel j shows
 * {@code 0.5 + cos(theta_j - theta*) coherence / 200 + N(0, 1) sigma / sqrt(dt)}. Outputs are fixate, then the R
 * choices. Ground truth and coherence are uniform and independent.
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
public record PerceptualDecisionMaking(
        double dtMillis,
        int ringSize,
        List<Double> coherencesPercent,
        double sigma,
        FixationMode fixationMode,
        Duration fixation,
        Duration stimulus,
        Duration delay,
        Duration decision)
        implements Task {

    public PerceptualDecisionMaking {
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

    @Override
    public Signature signature() {
        List<PeriodSpec> periods = new ArrayList<>();
        for (Period period : Period.values()) {
            periods.add(new PeriodSpec(period.label(), duration(period)));
        }
        return new Signature(dtMillis, 1 + ringSize, 1 + ringSize, periods);
    }

    @Override
    public TrialSource trials(long seed, Split split) {
        return new PerceptualDecisionTrials(this, seed, split);
    }

    @Override
    public int choices() {
        return ringSize;
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new PerceptualDecisionObserver(this));
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (coherencesPercent.stream().allMatch(coherence -> coherence <= 1)
                && coherencesPercent.stream().anyMatch(coherence -> coherence > 0)) {
            notes.add("task.coherences = " + coherencesPercent
                    + " are percent: the strongest evidence is 1 % at most; a fraction of 1 is written 100");
        }
        if (fixationMode == FixationMode.FIXATION_ONLY && steps(delay.minMillis()) != steps(delay.maxMillis())) {
            notes.add(
                    "the network cannot know when to answer: with task.fixation = fixation-only nothing marks the end of a"
                            + " delay whose length varies; until-decision has a go cue");
        }
        return notes;
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

    /** Whole steps in a duration. */
    public int steps(double millis) {
        return Duration.steps(millis, dtMillis);
    }

    /** Standard deviation of the stimulus noise at one step. */
    public double sigmaPerStep() {
        return sigma / Math.sqrt(dtMillis);
    }
}
