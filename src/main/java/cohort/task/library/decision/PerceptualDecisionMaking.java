package cohort.task.library.decision;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.DurationSetting;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.LargestOutput;
import cohort.task.PeriodSpec;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.parts.FixationMode;
import cohort.task.parts.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

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
    /** The name in configurations and tables. */
    public static final String NAME = "perceptual-decision-making";

    /** Places of the periods and of the factor in the signature. */
    static final int FIXATION = 0;

    static final int STIMULUS = 1;
    static final int DELAY = 2;
    static final int DECISION = 3;
    static final int COHERENCE = 0;

    /** By size of the ring: a trial is too short to work it out. */
    private static final Map<Integer, double[]> TUNING = new ConcurrentHashMap<>();

    public PerceptualDecisionMaking {
        Duration.requireDt(dtMillis);
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
        stimulus.requireStep("stimulus", dtMillis);
        decision.requireStep("decision", dtMillis);
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                dtMillis,
                List.of(new Group("fixation", 0, 1), new Group("stimulus", 1, ringSize)),
                List.of(new Group("choice", 0, 1 + ringSize)),
                List.of(
                        new PeriodSpec("fixation", fixation),
                        new PeriodSpec("stimulus", stimulus),
                        new PeriodSpec("delay", delay),
                        new PeriodSpec("decision", decision)),
                List.of(new Factor("coherence", "%", "strength of the evidence")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(1 + random.nextInt(ringSize));
        into.setFactor(COHERENCE, coherencesPercent.get(random.nextInt(coherencesPercent.size())));
        into.setSteps(FIXATION, steps(fixation.sampleMillis(random)));
        into.setSteps(STIMULUS, steps(stimulus.sampleMillis(random)));
        into.setSteps(DELAY, steps(delay.sampleMillis(random)));
        into.setSteps(DECISION, steps(decision.sampleMillis(random)));
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = FIXATION; period <= DECISION; period++) {
            if (fixationMode.isOn(period, DECISION)) {
                trial.paint(period, 0, 1);
            }
        }
        for (int period = FIXATION; period < DECISION; period++) {
            trial.target(period, 0);
        }
        trial.target(DECISION, trial.answer());
        float[] inputs = trial.inputs();
        double[] tuning = TUNING.computeIfAbsent(ringSize, PerceptualDecisionMaking::tuning);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double sigmaPerStep = trial.noiseSd(sigmaPerStep());
        double coherence = trial.factor(COHERENCE);
        int channels = trial.channels();
        int row = (trial.answer() - 1) * ringSize;
        int last = trial.end(STIMULUS) * channels;
        for (int at = trial.start(STIMULUS) * channels; at < last; at += channels) {
            for (int j = 0; j < ringSize; j++) {
                inputs[at + 1 + j] = (float) (0.5 + tuning[row + j] * coherence + sigmaPerStep * gaussian.sample());
            }
        }
    }

    /** cos(theta_j - theta*) / 200, [answer - 1, channel - 1]. */
    private static double[] tuning(int ring) {
        double[] tuning = new double[ring * ring];
        for (int answer = 0; answer < ring; answer++) {
            for (int j = 0; j < ring; j++) {
                tuning[answer * ring + j] = Math.cos(2 * Math.PI * (j - answer) / ring) / 200;
            }
        }
        return tuning;
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(ringSize, 1.0 / ringSize, rule, DECISION);
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.of(new Psychometry("coherence", "stimulus", 2));
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

    /** Whole steps in a duration. */
    public int steps(double millis) {
        return Duration.steps(millis, dtMillis);
    }

    /** Standard deviation of the stimulus noise at one step. */
    public double sigmaPerStep() {
        return sigma / Math.sqrt(dtMillis);
    }

    /** Makes the task from a configuration. */
    public static final class Factory implements TaskFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String about() {
            return "Noisy evidence for one of several directions is shown, and after it the direction is chosen.";
        }

        @Override
        public String source() {
            return "Britten et al. 1992; neurogym PerceptualDecisionMaking";
        }

        @Override
        public String defaults() {
            return """
                    task {
                      # Number of stimulus directions, and of choices.
                      ring-size = 2
                      # Strengths of evidence, percent (100, not 1, is the strongest), drawn with equal probability. They have no sign:
                      # the direction is drawn too.
                      coherences = [0, 6.4, 12.8, 25.6, 51.2]
                      # Noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt).
                      sigma = 1.0
                      # When the fixation input is on: until-decision (its end is the go cue) or fixation-only (neurogym from 2.1 on).
                      fixation = until-decision
                      # Durations of the periods.
                      timing {
                        fixation = 100
                        stimulus = 2000
                        delay = 0
                        decision = 100
                      }
                    }
                    training.period-weights {
                      fixation = 1
                      stimulus = 1
                      delay = 1
                      decision = 1
                    }
                    """;
        }

        @Override
        public Task of(Settings settings) {
            double dt = TaskFactory.dtMillis(settings);
            double sigma = Noise.sigma(settings);
            return settings.within(
                    "task.timing",
                    () -> new PerceptualDecisionMaking(
                            dt,
                            (int) settings.integer("task.ring-size", 2, 4096),
                            coherences(settings),
                            sigma,
                            settings.choice("task.fixation", FixationMode.class),
                            DurationSetting.of(settings, "task.timing.fixation"),
                            DurationSetting.of(settings, "task.timing.stimulus"),
                            DurationSetting.of(settings, "task.timing.delay"),
                            DurationSetting.of(settings, "task.timing.decision")));
        }

        /** Key task.coherences, strengths of evidence in percent. */
        static List<Double> coherences(Settings settings) {
            List<Double> coherences = settings.numbers("task.coherences");
            if (coherences.stream().anyMatch(coherence -> coherence < 0)) {
                throw settings.error(
                        "task.coherences",
                        "must be strengths of evidence, percent from 0 to 100, without a sign: the task draws the"
                                + " direction");
            }
            boolean allowed = !coherences.isEmpty()
                    && coherences.stream().allMatch(c -> c <= 100)
                    && coherences.stream().distinct().count() == coherences.size();
            if (!allowed) {
                throw settings.error("task.coherences", "must be different percentages, 0 to 100");
            }
            return coherences;
        }
    }
}
