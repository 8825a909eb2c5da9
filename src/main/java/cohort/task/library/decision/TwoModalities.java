package cohort.task.library.decision;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
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
import cohort.task.parts.FixationMode;
import cohort.task.parts.Noise;
import cohort.task.parts.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Noisy evidence in two modalities, each a ring of R directions. Two tasks: context-dependent decision making (Mante et al. 2013,
 * <a href="https://doi.org/10.1038/nature12742">doi</a>; neurogym's {@code ContextDecisionMaking}), in which modalities show directions of
 * their own, and one of them counts; and multisensory integration (neurogym's {@code MultiSensoryIntegration}), in which both show the same
 * direction, and a coherence that is split at random between them.
 *
 * <p>Input channels are fixation, R of the first modality, R of the second, and with a cue of the context two more, one of which is 1
 * throughout the trial: that of the modality which counts. In the stimulus period channel j of a modality shows {@code 0.5 +
 * cos(theta_j - theta*) coherence / 200 + N(0, 1) sigma / sqrt(dt)}, with theta_j = 2 pi j / R. Outputs are fixate, then the R directions.
 *
 * @param relevant which modality counts
 * @param timing fixation, stimulus (at least one step), delay (not of multisensory integration), decision (at least one step)
 * @param ringSize number R of directions, at least 2
 * @param coherencesPercent strengths of evidence in percent, drawn with equal probability
 * @param sigma noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt)
 * @param fixation when the fixation input is on
 * @param observer what the ideal observer of multisensory integration knows
 */
record TwoModalities(
        Relevant relevant,
        Timing timing,
        int ringSize,
        List<Double> coherencesPercent,
        double sigma,
        FixationMode fixation,
        Observer observer)
        implements Task {
    static final String CONTEXT = "context-decision-making";
    static final String MULTISENSORY = "multisensory-integration";

    static final int STIMULUS = 1;

    /** Places of the factors. */
    static final int COHERENCE = 0;

    private static final int OTHER_COHERENCE = 1;
    private static final int CONGRUENT = 2;
    private static final int CONTEXT_FACTOR = 3;

    /** What is drawn besides: the direction that does not count, or the share of the coherence that the first modality has. */
    static final int OTHER_DIRECTION = 0;

    static final int PROPORTION = 0;

    /** Which modality counts. */
    enum Relevant {
        /** Always the first. */
        MODALITY_1,
        /** Always the second. */
        MODALITY_2,
        /** The one that a cue names, either with probability 1/2. */
        EXPLICIT,
        /** Both, in multisensory integration. */
        BOTH
    }

    /** The contexts that a configuration can name. */
    private enum Context {
        EXPLICIT,
        MODALITY_1,
        MODALITY_2
    }

    /** What the ideal observer of multisensory integration knows of the share that each modality has of the coherence. */
    enum Observer {
        /** That it is uniform. */
        UNTOLD,
        /** Its value in each trial, which no input says: a bound that cannot be reached. */
        TOLD
    }

    private static final String RING = """
            task {
              dt = 100
              # Number of directions of each modality, and of choices.
              ring-size = 2
              # Strengths of evidence, percent (100, not 1, is the strongest), drawn with equal probability. They have no sign: the
              # direction is drawn too.
              coherences = [5, 15, 50]
              # Noise of the stimulus; its standard deviation at one step is sigma / sqrt(dt).
              sigma = 1.0
            }
            """;

    static final String CONTEXT_DEFAULTS = RING + """
            task {
              # Which modality counts: explicit (two more inputs say which, trial by trial), modality-1 or modality-2 (always that one, as
              # neurogym has it without an explicit context).
              context = explicit
              # When the fixation input is on: until-decision (its end is the go cue) or fixation-only (neurogym from 2.1 on).
              fixation = until-decision
              # Durations of the periods.
              timing {
                fixation = 300
                stimulus = 750
                delay = { truncated-exponential = { mean = 600, min = 300, max = 3000 } }
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

    static final String MULTISENSORY_DEFAULTS = RING + """
            task {
              # What the ideal observer, who sets the ceiling, knows of the share that each modality has of the coherence: nothing
              # (untold), or its value in each trial (told), which no input says. With more than two directions only the latter's accuracy
              # has a formula, and is the ceiling.
              observer = untold
              # Durations of the periods.
              timing {
                fixation = 300
                stimulus = 750
                decision = 100
              }
            }
            training.period-weights {
              fixation = 1
              stimulus = 1
              decision = 1
            }
            """;

    TwoModalities {
        timing.requireStep(STIMULUS, timing.periods().size() - 1);
        coherencesPercent = List.copyOf(coherencesPercent);
    }

    static Task context(Settings settings) {
        return of(
                settings,
                Relevant.valueOf(settings.choice("task.context", Context.class).name()),
                Timing.of(settings, "fixation", "stimulus", "delay", "decision"),
                settings.choice("task.fixation", FixationMode.class),
                Observer.UNTOLD);
    }

    static Task multisensory(Settings settings) {
        return of(
                settings,
                Relevant.BOTH,
                Timing.of(settings, "fixation", "stimulus", "decision"),
                FixationMode.UNTIL_DECISION,
                settings.choice("task.observer", Observer.class));
    }

    private static Task of(
            Settings settings, Relevant relevant, Timing timing, FixationMode fixation, Observer observer) {
        int ringSize = (int) settings.integer("task.ring-size", 2, 4096);
        List<Double> coherences = PerceptualDecisionMaking.Factory.coherences(settings);
        double sigma = Noise.sigma(settings);
        return settings.within(
                "task.timing",
                () -> new TwoModalities(relevant, timing, ringSize, coherences, sigma, fixation, observer));
    }

    private boolean isContext() {
        return relevant != Relevant.BOTH;
    }

    private int decision() {
        return timing.periods().size() - 1;
    }

    /** First channel of the cue of the context. */
    private int cue() {
        return 1 + 2 * ringSize;
    }

    @Override
    public Signature signature() {
        List<Group> inputs = new ArrayList<>(List.of(
                new Group("fixation", 0, 1),
                new Group("modality-1", 1, ringSize),
                new Group("modality-2", 1 + ringSize, ringSize)));
        if (relevant == Relevant.EXPLICIT) {
            inputs.add(new Group("context", cue(), 2));
        }
        Factor coherence = new Factor("coherence", "%", "strength of the evidence that counts");
        return new Signature(
                isContext() ? CONTEXT : MULTISENSORY,
                timing.dtMillis(),
                inputs,
                List.of(new Group("choice", 0, 1 + ringSize)),
                timing.periods(),
                isContext()
                        ? List.of(
                                coherence,
                                new Factor("other_coherence", "%", "strength of the evidence that does not count"),
                                new Factor("congruent", "", "1: both modalities show one direction; 0: they do not"),
                                new Factor("context", "", "1 or 2: the modality that counts"))
                        : List.of(coherence));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(1 + random.nextInt(ringSize));
        into.setFactor(COHERENCE, coherence(random));
        if (isContext()) {
            int other = 1 + random.nextInt(ringSize);
            into.setDrawn(OTHER_DIRECTION, other);
            into.setFactor(OTHER_COHERENCE, coherence(random));
            into.setFactor(CONGRUENT, other == into.answer() ? 1 : 0);
            into.setFactor(CONTEXT_FACTOR, modality(random));
        } else {
            into.setDrawn(PROPORTION, random.nextDouble());
        }
        timing.draw(random, into);
    }

    private double coherence(UniformRandomProvider random) {
        return coherencesPercent.get(random.nextInt(coherencesPercent.size()));
    }

    private int modality(UniformRandomProvider random) {
        return switch (relevant) {
            case MODALITY_1, BOTH -> 1;
            case MODALITY_2 -> 2;
            case EXPLICIT -> 1 + random.nextInt(2);
        };
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = 0; period < decision(); period++) {
            if (fixation.isOn(period, decision())) {
                trial.paint(period, 0, 1);
            }
            trial.target(period, 0);
        }
        trial.target(decision(), trial.answer());
        if (isContext()) {
            showModalities(trial);
            trial.addNoise(random, STIMULUS, 1, 2 * ringSize, sigmaPerStep());
        } else {
            double first = trial.factor(COHERENCE) * trial.drawn(PROPORTION);
            showModality(trial, 1, trial.answer(), first);
            showModality(trial, 2, trial.answer(), trial.factor(COHERENCE) - first);
            trial.addNoise(random, STIMULUS, 0, trial.channels(), sigmaPerStep());
        }
    }

    private void showModalities(Trial trial) {
        int modality = (int) trial.factor(CONTEXT_FACTOR);
        showModality(trial, modality, trial.answer(), trial.factor(COHERENCE));
        showModality(trial, 3 - modality, (int) trial.drawn(OTHER_DIRECTION), trial.factor(OTHER_COHERENCE));
        if (relevant == Relevant.EXPLICIT) {
            trial.paintSteps(0, trial.steps(), cue() + modality - 1, 1);
        }
    }

    private void showModality(Trial trial, int modality, int direction, double coherencePercent) {
        double angle = Ring.angle(direction - 1, ringSize);
        int firstChannel = 1 + (modality - 1) * ringSize;
        trial.paint(STIMULUS, firstChannel, Ring.cosine(ringSize, angle, 0.5, coherencePercent / 200));
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new LargestOutput(ringSize, 1.0 / ringSize, rule, decision());
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new TwoModalitiesObserver(this));
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.of(new Psychometry("coherence", "stimulus", 2));
    }

    @Override
    public List<String> notes() {
        boolean isOpen = isContext()
                && fixation == FixationMode.FIXATION_ONLY
                && timing.steps(timing.duration(2).minMillis())
                        < timing.steps(timing.duration(2).maxMillis());
        return isOpen
                ? List.of(
                        "the network cannot know when to answer: with task.fixation = fixation-only nothing marks the end of a"
                                + " delay whose length varies; until-decision has a go cue")
                : List.of();
    }

    /** Standard deviation of the stimulus noise at one step. */
    double sigmaPerStep() {
        return sigma / Math.sqrt(timing.dtMillis());
    }
}
