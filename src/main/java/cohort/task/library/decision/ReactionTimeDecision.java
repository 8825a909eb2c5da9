package cohort.task.library.decision;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.Batching;
import cohort.task.BoundedObserver;
import cohort.task.ChoiceRule;
import cohort.task.Condition;
import cohort.task.DecisionTimes;
import cohort.task.Duration;
import cohort.task.DurationSetting;
import cohort.task.Factor;
import cohort.task.FirstCrossing;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.LargestOutput;
import cohort.task.Outputs;
import cohort.task.PeriodSpec;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.parts.FixationMode;
import cohort.task.parts.Noise;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Perceptual decision making in which the answer may be given at any time: noisy evidence for one of two directions stays on, and the first
 * choice whose output exceeds a threshold is the answer, as in Roitman and Shadlen (2002) and neurogym's {@code ReactionTime}.
 *
 * <p>Input channels are fixation, which is on until the evidence comes, and two stimulus channels, which show 0.5 + c / 200 in the direction
 * and 0.5 - c / 200 in the other one, plus N(0, 1) sigma / sqrt(dt). Outputs are fixate and the two choices. In the fixation period fixate is
 * asked for, and after the grace period the direction.
 *
 * @param dtMillis length of a step in milliseconds
 * @param coherencesPercent strengths of evidence in percent, drawn with equal probability
 * @param sigma noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt)
 * @param fixation duration of the fixation period
 * @param stimulus duration of the stimulus period in milliseconds, the same in all trials
 * @param grace first milliseconds of the stimulus, in which nothing is asked for and no answer is read
 */
record ReactionTimeDecision(
        double dtMillis, List<Double> coherencesPercent, double sigma, Duration fixation, double stimulus, double grace)
        implements Task {
    static final String NAME = "perceptual-decision-reaction-time";

    static final String DEFAULTS = """
            task {
              # Strengths of evidence, percent (100, not 1, is the strongest), drawn with equal probability. They have no sign: the
              # direction is drawn too.
              coherences = [0, 6.4, 12.8, 25.6, 51.2]
              # Noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt).
              sigma = 0.7
              # First part of the stimulus, in which nothing is asked for and no answer is read, ms.
              grace = 20
              # Durations of the periods; the stimulus is as long in all trials, and the time there is for an answer.
              timing {
                fixation = 100
                stimulus = 3000
              }
            }
            training.period-weights {
              fixation = 1
              stimulus = 1
            }
            # An answer is given when the probability of a choice first exceeds the threshold.
            evaluation.choice = first-crossing
            # It is a probability.
            evaluation.threshold = 0.8
            """;

    private static final int FIXATION = 0;
    private static final int STIMULUS = 1;
    private static final int COHERENCE = 0;

    ReactionTimeDecision {
        coherencesPercent = List.copyOf(coherencesPercent);
        new Duration.Constant(stimulus).requireStep("stimulus", dtMillis);
        if (!(grace >= 0) || Duration.steps(grace, dtMillis) >= Duration.steps(stimulus, dtMillis)) {
            throw new IllegalArgumentException(
                    "grace is not at least 0 and shorter than the stimulus of " + stimulus + " ms: " + grace + " ms");
        }
    }

    static Task of(Settings settings) {
        double dt = TaskFactory.dtMillis(settings);
        double sigma = Noise.sigma(settings);
        List<Double> coherences = PerceptualDecisionMaking.Factory.coherences(settings);
        double stimulus = settings.number(
                "task.timing.stimulus",
                "a number of milliseconds: one step of task.dt to an hour",
                value -> value >= dt && value <= Duration.MAX_MILLIS);
        double grace = settings.number("task.grace", "a number of milliseconds of at least 0", value -> value >= 0);
        Duration fixation = DurationSetting.of(settings, "task.timing.fixation");
        return settings.within(
                "task.grace", () -> new ReactionTimeDecision(dt, coherences, sigma, fixation, stimulus, grace));
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                dtMillis,
                List.of(new Group("fixation", 0, 1), new Group("stimulus", 1, 2)),
                List.of(new Group("choice", 0, 3)),
                List.of(
                        new PeriodSpec("fixation", fixation),
                        new PeriodSpec("stimulus", new Duration.Constant(stimulus))),
                List.of(new Factor("coherence", "%", "strength of the evidence")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(1 + random.nextInt(2));
        into.setFactor(COHERENCE, coherencesPercent.get(random.nextInt(coherencesPercent.size())));
        into.setSteps(FIXATION, Duration.steps(fixation.sampleMillis(random), dtMillis));
        into.setSteps(STIMULUS, stimulusSteps());
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        double half = trial.factor(COHERENCE) / 200;
        trial.paint(FIXATION, 0, 1);
        trial.paint(STIMULUS, trial.answer(), 0.5 + half);
        trial.paint(STIMULUS, 3 - trial.answer(), 0.5 - half);
        trial.addNoise(random, STIMULUS, 1, 2, sigmaPerStep());
        trial.target(FIXATION, 0);
        trial.target(STIMULUS, trial.answer());
        int onset = trial.start(STIMULUS);
        trial.weightSteps(onset, onset + graceSteps(), 0);
    }

    private int stimulusSteps() {
        return Duration.steps(stimulus, dtMillis);
    }

    private int graceSteps() {
        return Duration.steps(grace, dtMillis);
    }

    private double sigmaPerStep() {
        return sigma / Math.sqrt(dtMillis);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new AtAnyTime(new LargestOutput(2, 0.5, rule, STIMULUS), graceSteps());
    }

    /** At the end, or on average over the stimulus, the largest output; else the first to exceed a threshold after the grace period. */
    private record AtAnyTime(LargestOutput interrogated, int graceSteps) implements Response {
        @Override
        public int choices() {
            return interrogated.choices();
        }

        @Override
        public double chance() {
            return interrogated.chance();
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            return interrogated.read(trial, outputs);
        }

        @Override
        public Optional<Response> crossing(double threshold) {
            return Optional.of(new FirstCrossing(choices(), chance(), 1, STIMULUS, STIMULUS, graceSteps, threshold));
        }
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.of(new Psychometry("coherence", "stimulus", 2));
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new Patient(this));
    }

    @Override
    public Optional<BoundedObserver> bounded() {
        return sigma == 0 ? Optional.empty() : Optional.of(new Bounded(this));
    }

    /** Who waits to the end, and chooses by the sum of all that was shown. */
    private record Patient(ReactionTimeDecision task) implements IdealObserver {
        @Override
        public double accuracy(Trial trial) {
            return observer().accuracy(trial.factor(COHERENCE), trial.steps(STIMULUS));
        }

        private PerceptualDecisionObserver observer() {
            return new PerceptualDecisionObserver(interrogated());
        }

        /** The same evidence, asked about at the end. */
        private PerceptualDecisionMaking interrogated() {
            return new PerceptualDecisionMaking(
                    task.dtMillis,
                    2,
                    task.coherencesPercent,
                    task.sigma,
                    FixationMode.FIXATION_ONLY,
                    task.fixation,
                    new Duration.Constant(task.stimulus),
                    new Duration.Constant(0),
                    new Duration.Constant(task.dtMillis));
        }

        /** That of who answers with the posterior probabilities at each step; of whole trials of one length. */
        @Override
        public double lowestCrossEntropy(Batching batching, long seed) {
            boolean isOneLength = task.fixation.minMillis() == task.fixation.maxMillis();
            if (batching.form() != Batching.Form.TRIALS || !isOneLength) {
                return Double.NaN;
            }
            PerceptualDecisionMaking interrogated = interrogated();
            double sum = 0;
            for (int seen = task.graceSteps() + 1; seen <= task.stimulusSteps(); seen++) {
                sum += BayesFloor.decisionLoss(interrogated, seen);
            }
            double weight = batching.periodWeights().get(STIMULUS);
            double weights = weight * (task.stimulusSteps() - task.graceSteps())
                    + batching.periodWeights().get(FIXATION) * Duration.steps(task.fixation.minMillis(), task.dtMillis);
            if (weights == 0) {
                throw new IllegalArgumentException("no step of a trial has a weight: " + batching.periodWeights());
            }
            return weight * sum / weights;
        }
    }

    /**
     * Who answers when the difference of the two channels adds up to a bound, the same at all times and coherences: it need not know the
     * coherence. For each coherence that is the sequential probability ratio test; who knows the mixture of coherences does a little better
     * with a bound that falls with time.
     */
    private record Bounded(ReactionTimeDecision task) implements BoundedObserver {
        @Override
        public double highestBound() {
            double strongest = task.coherencesPercent.stream()
                    .mapToDouble(this::drift)
                    .max()
                    .orElseThrow();
            return EvidenceBound.outOfReach(strongest, task.stimulusSteps());
        }

        @Override
        public DecisionTimes decide(Condition condition, double bound) {
            double drift = drift(condition.value("coherence"));
            return new EvidenceBound(drift, task.stimulusSteps(), task.graceSteps(), task.dtMillis).with(bound);
        }

        /** Mean over standard deviation of the difference of the two channels at one step. */
        private double drift(double coherence) {
            return coherence / 100 / (Math.sqrt(2) * task.sigmaPerStep());
        }
    }
}
