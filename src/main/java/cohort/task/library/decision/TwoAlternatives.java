package cohort.task.library.decision;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.DurationSetting;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.LargestOutput;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Noise;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Noisy evidence for one of two directions, which is chosen after a delay. Two tasks: the one of Inagaki et al. (2019,
 * <a href="https://doi.org/10.1038/s41586-019-0919-7">doi</a>), neurogym's {@code PerceptualDecisionMakingDelayResponse}; and that of
 * Kiani and Shadlen (2009, <a href="https://doi.org/10.1126/science.1169405">doi</a>), neurogym's {@code PostDecisionWager}, which offers
 * on half of its trials a target that pays less, but surely.
 *
 * <p>Input channels are fixation, 1 until the decision, and two of the stimulus: in its period that of the direction shows (1 + c) / 2
 * and the other (1 - c) / 2, with c the coherence as a fraction, and noise N(0, 1) sigma / sqrt(dt). With a wager there is a fourth, 1
 * from some time after the stimulus to the end where the sure target is offered, and in the stimulus period all four are noisy. Outputs
 * are fixate, the two directions, and the sure target where there is one.
 *
 * @param sure whether there is a sure target, and when it is right to choose it
 * @param timing fixation, stimulus (at least one step), delay, decision (at least one step)
 * @param preSure time from the end of the stimulus to the appearance of the sure target
 * @param coherencesPercent strengths of evidence in percent, drawn with equal probability
 * @param sigma noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt)
 * @param sureReward what the sure target pays, beside 1 for the right direction and 0 for the wrong one
 */
record TwoAlternatives(
        Sure sure, Timing timing, Duration preSure, List<Double> coherencesPercent, double sigma, double sureReward)
        implements Task {
    static final String DELAYED_RESPONSE = "perceptual-decision-delayed-response";
    static final String WAGER = "post-decision-wager";

    static final int STIMULUS = 1;
    static final int DELAY = 2;
    static final int DECISION = 3;

    static final int COHERENCE = 0;
    /** Second factor: how long the delay is, or whether the sure target is offered. */
    static final int SECOND_FACTOR = 1;

    /** What a trial with a wager has drawn besides. */
    static final int DIRECTION = 0;

    static final int NOISE = 1;
    static final int PRE_SURE_STEPS = 2;

    private static final int SURE_CHANNEL = 3;
    static final int SURE_ANSWER = 3;

    /** Whether there is a sure target, and when it is right to choose it. */
    enum Sure {
        /** There is none. */
        NONE,
        /** It is right where it pays more than can be expected of the better direction, by the evidence that was seen. */
        EXPECTED_REWARD,
        /** It never is, since neurogym's ground truth is the direction, whatever was seen. */
        NEVER
    }

    /** The rules that a configuration can name. */
    private enum Rule {
        EXPECTED_REWARD,
        NEVER
    }

    static final String DELAYED_RESPONSE_DEFAULTS = """
            task {
              dt = 100
              # Strengths of evidence, percent (100, not 1, is the strongest), drawn with equal probability. They have no sign: the
              # direction is drawn too.
              coherences = [0, 6.4, 12.8, 25.6, 51.2]
              # All coherences are multiplied by it.
              stimulus-scale = 1
              # Noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt).
              sigma = 1.0
              # Durations of the periods.
              timing {
                fixation = 0
                stimulus = 1150
                delay = [300, 500, 700, 900, 1200, 2000, 3200, 4000]
                decision = 1500
              }
            }
            training.period-weights {
              fixation = 1
              stimulus = 1
              delay = 1
              decision = 3
            }
            network.tau = 200
            """;

    static final String WAGER_DEFAULTS = """
            task {
              dt = 100
              # Strengths of evidence, percent (100, not 1, is the strongest), drawn with equal probability. They have no sign: the
              # direction is drawn too.
              coherences = [0, 3.2, 6.4, 12.8, 25.6, 51.2]
              # Noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt).
              sigma = 1.0
              # When the sure target, where it is offered, is the right answer: expected-reward (if it pays more than can be expected of
              # the better direction, by the evidence that the trial has shown) or never (neurogym: always the direction).
              sure = expected-reward
              # What the sure target pays; the right direction pays 1, the wrong one nothing.
              sure-reward = 0.7
              # Durations of the periods; pre-sure is the time from the end of the stimulus to the appearance of the sure target.
              timing {
                fixation = 100
                stimulus = { truncated-exponential = { mean = 180, min = 100, max = 900 } }
                delay = { truncated-exponential = { mean = 1350, min = 1200, max = 1800 } }
                pre-sure = { uniform = [500, 750] }
                decision = 100
              }
            }
            training.period-weights {
              fixation = 1
              stimulus = 1
              delay = 1
              decision = 10
            }
            network.tau = 200
            """;

    TwoAlternatives {
        timing.requireStep(STIMULUS, DECISION);
        coherencesPercent = List.copyOf(coherencesPercent);
    }

    static Task delayedResponse(Settings settings) {
        double scale = settings.number("task.stimulus-scale", "from 0 to 1000", value -> value >= 0 && value <= 1000);
        List<Double> coherences = PerceptualDecisionMaking.Factory.coherences(settings).stream()
                .map(coherence -> Math.rint(coherence * scale * 1e9) / 1e9) // 9.6, not 9.600000000000001
                .distinct()
                .toList();
        return of(settings, Sure.NONE, new Duration.Constant(0), coherences, 0);
    }

    static Task wager(Settings settings) {
        return of(
                settings,
                Sure.valueOf(settings.choice("task.sure", Rule.class).name()),
                DurationSetting.of(settings, "task.timing.pre-sure"),
                PerceptualDecisionMaking.Factory.coherences(settings),
                settings.number("task.sure-reward", "above 0 and below 1", value -> value > 0 && value < 1));
    }

    private static Task of(Settings settings, Sure sure, Duration preSure, List<Double> coherences, double sureReward) {
        Timing timing = Timing.of(settings, "fixation", "stimulus", "delay", "decision");
        double sigma = Noise.sigma(settings);
        return settings.within(
                "task.timing", () -> new TwoAlternatives(sure, timing, preSure, coherences, sigma, sureReward));
    }

    boolean isWager() {
        return sure != Sure.NONE;
    }

    @Override
    public Signature signature() {
        Group fixation = new Group("fixation", 0, 1);
        Group stimulus = new Group("stimulus", 1, 2);
        return new Signature(
                isWager() ? WAGER : DELAYED_RESPONSE,
                timing.dtMillis(),
                isWager()
                        ? List.of(fixation, stimulus, new Group("sure", SURE_CHANNEL, 1))
                        : List.of(fixation, stimulus),
                List.of(new Group("choice", 0, isWager() ? 4 : 3)),
                timing.periods(),
                List.of(
                        new Factor("coherence", "%", "strength of the evidence"),
                        isWager()
                                ? new Factor("sure", "", "1: the sure target is offered; 0: it is not")
                                : new Factor("delay", "ms", "time between stimulus and decision")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(1 + random.nextInt(2));
        into.setFactor(COHERENCE, coherencesPercent.get(random.nextInt(coherencesPercent.size())));
        timing.draw(random, into);
        if (isWager()) {
            planWager(random, into);
        } else {
            boolean isContinuous = timing.duration(DELAY).isContinuous();
            into.setFactor(SECOND_FACTOR, isContinuous ? Double.NaN : into.steps(DELAY) * timing.dtMillis());
        }
    }

    /** The right answer depends on the noise, of which all that matters is its sum: so that is drawn here, and its steps later. */
    private void planWager(UniformRandomProvider random, Trial into) {
        int offered = random.nextInt(2);
        double noise = ZigguratSampler.NormalizedGaussian.of(random).sample();
        into.setFactor(SECOND_FACTOR, offered);
        into.setDrawn(DIRECTION, into.answer());
        into.setDrawn(NOISE, noise);
        into.setDrawn(PRE_SURE_STEPS, timing.steps(preSure.sampleMillis(random)));
        if (offered == 1 && sure == Sure.EXPECTED_REWARD) {
            Confidence confidence = confidence();
            int steps = into.steps(STIMULUS);
            double mean = confidence.distance(into.factor(COHERENCE), steps);
            double evidence = into.answer() == 1 ? mean + noise : mean - noise;
            if (confidence.isBelow(sureReward, Math.abs(evidence), steps)) {
                into.setAnswer(SURE_ANSWER);
            }
        }
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = 0; period < DECISION; period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0);
        }
        trial.target(DECISION, trial.answer());
        int direction = isWager() ? (int) trial.drawn(DIRECTION) : trial.answer();
        double half = trial.factor(COHERENCE) / 200;
        trial.paint(STIMULUS, direction, 0.5 + half);
        trial.paint(STIMULUS, 3 - direction, 0.5 - half);
        if (!isWager()) {
            trial.addNoise(random, STIMULUS, 1, 2, sigmaPerStep());
            return;
        }
        if (trial.factor(SECOND_FACTOR) == 1) {
            int appearance = trial.start(DELAY) + (int) trial.drawn(PRE_SURE_STEPS);
            trial.paintSteps(Math.min(appearance, trial.steps()), trial.steps(), SURE_CHANNEL, 1);
        }
        trial.addNoise(random, STIMULUS, 0, trial.channels(), sigmaPerStep());
        setNoise(trial, direction == 1 ? 2 * half : -2 * half);
    }

    /**
     * Gives the noise of the evidence, the difference of the two channels, the sum that was planned: a projection of white noise is
     * independent of what is orthogonal to it, so that the noise is as white as before.
     *
     * @param mean difference of the two channels without noise
     */
    private void setNoise(Trial trial, double mean) {
        float[] inputs = trial.inputs();
        int steps = trial.steps(STIMULUS);
        int first = trial.start(STIMULUS) * trial.channels();
        int end = trial.end(STIMULUS) * trial.channels();
        double sum = -steps * mean;
        for (int at = first; at < end; at += trial.channels()) {
            sum += (double) inputs[at + 1] - inputs[at + 2];
        }
        double planned = trial.drawn(NOISE) * trial.noiseSd(sigmaPerStep()) * Math.sqrt(2.0 * steps);
        double shift = (planned - sum) / (2 * steps);
        for (int at = first; at < end; at += trial.channels()) {
            inputs[at + 1] += (float) shift;
            inputs[at + 2] -= (float) shift;
        }
    }

    @Override
    public Response response(ChoiceRule rule) {
        return isWager()
                ? new LargestOutput(3, TwoAlternativesObserver.chance(this), rule, DECISION)
                : new LargestOutput(2, 0.5, rule, DECISION);
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new TwoAlternativesObserver(this));
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return isWager() ? Optional.empty() : Optional.of(new Psychometry("coherence", "stimulus", 2));
    }

    /** Standard deviation of the stimulus noise at one step. */
    double sigmaPerStep() {
        return sigma / Math.sqrt(timing.dtMillis());
    }

    Confidence confidence() {
        return new Confidence(coherencesPercent, sigmaPerStep());
    }
}
