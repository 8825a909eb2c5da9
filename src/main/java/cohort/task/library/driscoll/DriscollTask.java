package cohort.task.library.driscoll;

import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.IdealObserver;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A task of Driscoll et al. (2024, <a href="https://doi.org/10.1038/s41593-024-01668-6">doi</a>), who took them from Yang et al. (2019) and
 * wrote directions as sine and cosine.
 *
 * <p>The 20 inputs are fixation, (sin, cos) of the stimuli in two modalities, each times its strength, and one for each task, 1 throughout the
 * trials of its own. All are noisy at all steps. The three outputs are fixation, 0.8 until the response, and (sin, cos) of where to point
 * in it; all else that is asked for is 0.
 *
 * @param rule which of the tasks
 * @param timing its periods
 * @param sigma noise of the inputs; its standard deviation at one step is sigma / sqrt(dt)
 * @param toleranceDegrees a response that is less than this off is right
 * @param blockSize number of successive trials that share modalities and lengths of periods
 * @param mask how much steps and outputs count in the loss
 * @param coherences coherences in percent, drawn with equal probability; if there are none, any between the next two
 * @param lowest smallest coherence, percent
 * @param highest largest coherence, percent
 */
record DriscollTask(
        DriscollRule rule,
        Timing timing,
        double sigma,
        double toleranceDegrees,
        int blockSize,
        Mask mask,
        List<Double> coherences,
        double lowest,
        double highest)
        implements Task {
    /** Weights of the loss. */
    enum Mask {
        /** 1 before the response and 5 in it; the fixation output twice. */
        PLAIN(5, 2),
        /** The squares of these, as the original's code has it, which multiplies errors before it squares them. */
        SQUARED(25, 4);

        private final float response;
        private final float fixation;

        Mask(float response, float fixation) {
            this.response = response;
            this.fixation = fixation;
        }
    }

    /** Place of the first stimulus; of REACT tasks, that is the response. */
    static final int STIMULUS = 1;

    /** Place of the second of two stimuli; of match tasks, that is the response. */
    static final int SECOND_STIMULUS = 3;

    /** What has been drawn: where to point, radians. */
    static final int TARGET = 0;

    /** What has been drawn: where stimuli 1 and 2 are, radians. */
    static final int LOCATION_1 = 1;

    static final int LOCATION_2 = 2;

    /** What has been drawn: the modalities of stimuli 1 and 2, of reach and match tasks. */
    private static final int MODALITY_1 = 3;

    private static final int MODALITY_2 = 4;

    /** What has been drawn: strengths of the stimuli in modality 1, then in modality 2. */
    private static final int STRENGTHS = 5;

    /** What has been drawn: half the difference between the strengths that are compared. */
    static final int COHERENCE = 9;

    private static final int RULES = 5;
    private static final double FIXATE = 0.8;

    /** What a trial begins with, and what follows the go cue, counts for nothing in the loss. */
    private static final double GRACE_MILLIS = 100;

    DriscollTask {
        for (int place = 1; place < timing.periods().size(); place++) {
            if (timing.periods().get(place).name().startsWith("stim")) {
                timing.requireStep(place);
            }
        }
        int last = timing.periods().size() - 1;
        if (timing.duration(last).minMillis() < GRACE_MILLIS + timing.dtMillis()) {
            throw new IllegalArgumentException("the response period can be shorter than one step of "
                    + timing.dtMillis() + " ms after the first " + GRACE_MILLIS + " ms, which count for nothing: "
                    + timing.duration(last).minMillis() + " ms");
        }
        coherences = List.copyOf(coherences);
    }

    private int response() {
        return timing.periods().size() - 1;
    }

    @Override
    public Signature signature() {
        return new Signature(
                DriscollTasks.PREFIX + rule.label(),
                timing.dtMillis(),
                List.of(
                        new Group("fixation", 0, 1),
                        new Group("modality-1", 1, 2),
                        new Group("modality-2", 3, 2),
                        new Group("rule", RULES, DriscollRule.values().length)),
                List.of(new Group("fixation", 0, 1, mask.fixation), new Group("direction", 1, 2)),
                timing.periods(),
                factors());
    }

    private List<Factor> factors() {
        List<Factor> factors = new ArrayList<>();
        switch (rule.family()) {
            case REACH -> factors.add(new Factor("modality", "", "which inputs show the stimulus"));
            case DECISION -> {
                factors.add(new Factor("coherence", "%", "half the difference between the strengths of the stimuli"));
                if (rule.isContext()) {
                    factors.add(new Factor("congruent", "", "1: both modalities say the same; 0: they do not"));
                }
            }
            case MATCH -> {
                factors.add(new Factor("match", "", "1: both stimuli match; 0: they do not"));
                factors.add(new Factor("modality_1", "", "which inputs show the first stimulus"));
                factors.add(new Factor("modality_2", "", "which inputs show the second stimulus"));
            }
        }
        return factors;
    }

    @Override
    public void planBlock(UniformRandomProvider random, Trial into) {
        into.setDrawn(MODALITY_1, 1 + random.nextInt(2));
        into.setDrawn(MODALITY_2, 1 + random.nextInt(2));
        timing.draw(random, into);
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        if (blockSize == 1) {
            planBlock(random, into);
        }
        into.setDrawn(LOCATION_1, 2 * Math.PI * random.nextDouble());
        switch (rule.family()) {
            case REACH -> planReach(into);
            case DECISION -> planDecision(random, into);
            case MATCH -> planMatch(random, into);
        }
    }

    private void planReach(Trial into) {
        into.setFactor(0, into.drawn(MODALITY_1));
        into.setDrawn(TARGET, into.drawn(LOCATION_1) + (rule.isAnti() ? Math.PI : 0));
        into.setAnswer(1);
    }

    private void planDecision(UniformRandomProvider random, Trial into) {
        into.setDrawn(LOCATION_2, into.drawn(LOCATION_1) + Math.PI * (0.5 + random.nextDouble()));
        double[] signed = new double[3];
        if (rule == DriscollRule.MULTIDELAYDM) {
            drawBoth(random, into, signed);
        } else {
            for (int modality = 1; modality <= 2; modality++) {
                double mean = 0.8 + 0.4 * random.nextDouble();
                signed[modality] = drawCoherence(random) * (2 * random.nextInt(2) - 1);
                boolean isShown = rule.shows(modality);
                into.setDrawn(strength(1, modality), isShown ? mean + signed[modality] : 0);
                into.setDrawn(strength(2, modality), isShown ? mean - signed[modality] : 0);
            }
        }
        double evidence = signed[rule.counts(1) ? 1 : 2];
        into.setDrawn(COHERENCE, Math.abs(evidence));
        into.setFactor(0, coherences.isEmpty() ? Double.NaN : Math.rint(Math.abs(evidence) * 1e11) / 1e9);
        if (rule.isContext()) {
            into.setFactor(1, signed[1] * signed[2] > 0 ? 1 : 0);
        }
        into.setAnswer(evidence > 0 ? 1 : 2);
        into.setDrawn(TARGET, into.drawn(evidence > 0 ? LOCATION_1 : LOCATION_2));
    }

    /** Each stimulus is stronger in one modality than in the other, by a fraction of its strength. */
    private void drawBoth(UniformRandomProvider random, Trial into, double[] signed) {
        double mean = 0.8 + 0.4 * random.nextDouble();
        signed[1] = drawCoherence(random) * (2 * random.nextInt(2) - 1);
        for (int stimulus = 1; stimulus <= 2; stimulus++) {
            double strength = stimulus == 1 ? mean + signed[1] : mean - signed[1];
            double fraction = (0.005 + 0.795 * random.nextDouble()) * (2 * random.nextInt(2) - 1);
            into.setDrawn(strength(stimulus, 1), strength * (1 + fraction / 2));
            into.setDrawn(strength(stimulus, 2), strength * (1 - fraction / 2));
        }
    }

    private double drawCoherence(UniformRandomProvider random) {
        double percent = coherences.isEmpty()
                ? lowest + (highest - lowest) * random.nextDouble()
                : coherences.get(random.nextInt(coherences.size()));
        return percent / 100;
    }

    /** Place of what has been drawn as the strength of stimulus 1 or 2 in modality 1 or 2. */
    private static int strength(int stimulus, int modality) {
        return STRENGTHS + 2 * (modality - 1) + stimulus - 1;
    }

    private void planMatch(UniformRandomProvider random, Trial into) {
        double first = into.drawn(LOCATION_1);
        boolean isMatch = random.nextInt(2) == 1;
        double second = first + (isMatch ? 0 : Math.PI * (1 + 16 * random.nextDouble()) / 9);
        if (rule.isCategory()) {
            second = 2 * Math.PI * random.nextDouble();
            isMatch = first < Math.PI == second < Math.PI;
        }
        into.setDrawn(LOCATION_2, second);
        into.setDrawn(TARGET, second);
        into.setFactor(0, isMatch ? 1 : 0);
        into.setFactor(1, into.drawn(MODALITY_1));
        into.setFactor(2, into.drawn(MODALITY_2));
        into.setAnswer(isMatch == rule.isGoMatch() ? 1 : 0);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int response = response();
        int end = trial.steps();
        trial.paintSteps(0, rule.isStimulusTheCue() ? end : trial.start(response), 0, 1);
        trial.paintSteps(0, end, RULES + rule.place(), 1);
        switch (rule.family()) {
            case REACH -> {
                show(trial, STIMULUS, LOCATION_1, (int) trial.drawn(MODALITY_1), 1);
                if (rule.isShownToTheEnd() && response != STIMULUS) {
                    show(trial, response, LOCATION_1, (int) trial.drawn(MODALITY_1), 1);
                }
            }
            case DECISION -> {
                for (int modality = 1; modality <= 2; modality++) {
                    show(trial, STIMULUS, LOCATION_1, modality, trial.drawn(strength(1, modality)));
                    show(trial, SECOND_STIMULUS, LOCATION_2, modality, trial.drawn(strength(2, modality)));
                }
            }
            case MATCH -> {
                show(trial, STIMULUS, LOCATION_1, (int) trial.drawn(MODALITY_1), 1);
                show(trial, response, LOCATION_2, (int) trial.drawn(MODALITY_2), 1);
            }
        }
        trial.targetSteps(0, trial.answer() == 0 ? end : trial.start(response), 0, FIXATE);
        if (trial.answer() != 0) {
            trial.target(response, 1, Math.sin(trial.drawn(TARGET)));
            trial.target(response, 2, Math.cos(trial.drawn(TARGET)));
        }
        int grace = timing.steps(GRACE_MILLIS);
        trial.weight(response, mask.response);
        trial.weightSteps(trial.start(response), trial.start(response) + grace, 0);
        trial.weightSteps(0, Math.min(grace, trial.start(response)), 0);
        trial.addNoise(random, noise());
    }

    private static void show(Trial trial, int period, int location, int modality, double strength) {
        int first = 1 + 2 * (modality - 1);
        trial.paint(period, first, strength * Math.sin(trial.drawn(location)));
        trial.paint(period, first + 1, strength * Math.cos(trial.drawn(location)));
    }

    @Override
    public Response response(ChoiceRule readBy) {
        return new DriscollPointing(rule, readBy, toleranceDegrees, response());
    }

    @Override
    public Optional<IdealObserver> ideal() {
        return Optional.of(new DriscollObserver(this));
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return rule.family() == DriscollRule.Family.DECISION && !coherences.isEmpty()
                ? Optional.of(new Psychometry("coherence", "stim2", 2))
                : Optional.empty();
    }

    /** Standard deviation of the noise at one step. */
    double noise() {
        return sigma / Math.sqrt(timing.dtMillis());
    }

    /** Whole steps of a period, and of the response if the same stimulus is still shown there. */
    int stepsOfStimulus(Trial trial, int period) {
        boolean goesOn = rule.family() == DriscollRule.Family.REACH && rule.isShownToTheEnd() && period != response();
        return trial.steps(period) + (goesOn ? trial.steps(response()) : 0);
    }

    /** Place of the period in which the second of two stimuli is shown. */
    int secondStimulus() {
        return rule.family() == DriscollRule.Family.MATCH ? response() : SECOND_STIMULUS;
    }
}
