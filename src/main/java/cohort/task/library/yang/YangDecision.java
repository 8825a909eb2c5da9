package cohort.task.library.yang;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.IdealObserver;
import cohort.task.Psychometry;
import cohort.task.Response;
import cohort.task.TaskFactory;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Yang et al.'s decisions: two stimuli are shown, together or one after the other, and the network points to the stronger one: DM 1 and 2,
 * whose stimuli are seen in one modality; Ctx DM 1 and 2, in both, one of which counts; MultSen DM, in both, which are added up; and
 * the same with a delay. A tie, of which the test grid has some, is for stimulus 2.
 *
 * @param frame what all tasks have in common
 * @param timing the periods
 * @param evidence where the stimuli are seen, and what counts
 * @param isDelayed whether they are shown one after the other
 * @param coherences by how much a stimulus is stronger or weaker than the mean of both, above 0, drawn with equal probability
 */
record YangDecision(YangFrame frame, Timing timing, Evidence evidence, boolean isDelayed, List<Double> coherences)
        implements YangTask {
    /** Where stimuli are seen, and what counts. */
    enum Evidence {
        MODALITY_1(1, 0),
        MODALITY_2(0, 1),
        ATTENDED_1(1, 0),
        ATTENDED_2(0, 1),
        SUM(1, 1);

        private final double weight1;
        private final double weight2;

        Evidence(double weight1, double weight2) {
            this.weight1 = weight1;
            this.weight2 = weight2;
        }

        boolean isContext() {
            return this == ATTENDED_1 || this == ATTENDED_2;
        }

        boolean isOneModality() {
            return this == MODALITY_1 || this == MODALITY_2;
        }

        /** How many modalities count. */
        double modalities() {
            return weight1 + weight2;
        }

        /** What counts of a stimulus. */
        double of(YangStimulus stimulus) {
            return weight1 * stimulus.strength1() + weight2 * stimulus.strength2();
        }

        /** The rest of it. */
        double ignored(YangStimulus stimulus) {
            return stimulus.strength1() + stimulus.strength2() - of(stimulus);
        }
    }

    private static final List<String> TOGETHER = List.of("fixation", "stimulus", "response");
    private static final List<String> DELAYED =
            List.of("fixation", "stimulus", "delay", "stimulus2", "wait", "response");

    /** Places of the periods. */
    private static final int STIMULUS = 1;

    private static final int DELAY = 2;
    private static final int STIMULUS_2 = 3;
    private static final int WAIT = 4;

    /** Places of the factors. */
    static final int COHERENCE = 0;

    private static final int SECOND_FACTOR = 1;

    /** Both strengths lie around a mean between these. */
    private static final double WEAKEST_MEAN = 0.8;

    private static final double STRONGEST_MEAN = 1.2;

    /** By how much the modalities of a stimulus differ in the task that adds them up, beside their mean. */
    private static final double LEAST_SPLIT = 0.2;

    private static final double LARGEST_SPLIT = 0.8;

    private static final int LOCATIONS = 20;
    private static final int STRENGTHS = 5;

    YangDecision {
        coherences = List.copyOf(coherences);
        timing.requireStep(STIMULUS, timing.periods().size() - 1);
        if (isDelayed) {
            timing.requireStep(STIMULUS_2);
        }
    }

    /** How much easier the easy version is. */
    private enum Difficulty {
        STANDARD,
        EASY
    }

    /** The task that keys describe. */
    static YangDecision of(Settings settings, YangFrame frame, Evidence evidence, boolean isDelayed) {
        Timing timing = frame.isTest()
                ? test(settings, evidence, isDelayed)
                : Timing.of(settings, (isDelayed ? DELAYED : TOGETHER).toArray(String[]::new));
        return new YangDecision(frame, timing, evidence, isDelayed, coherences(settings, isDelayed));
    }

    private static List<Double> coherences(Settings settings, boolean isDelayed) {
        double factor =
                settings.choice("task.difficulty", Difficulty.class) == Difficulty.STANDARD ? 1 : isDelayed ? 2 : 10;
        List<Double> coherences = settings.numbers("task.coherences");
        boolean isAllowed = !coherences.isEmpty()
                && coherences.stream().allMatch(c -> c > 0 && c * factor <= WEAKEST_MEAN)
                && coherences.stream().distinct().count() == coherences.size();
        if (!isAllowed) {
            throw settings.error(
                    "task.coherences",
                    "must be different numbers above 0 and at most " + WEAKEST_MEAN / factor
                            + ": with more a stimulus would have a strength below 0");
        }
        return coherences.stream().map(c -> rounded(c * factor)).toList();
    }

    private static Timing test(Settings settings, Evidence evidence, boolean isDelayed) {
        double dt = TaskFactory.dtMillis(settings);
        boolean isOne = evidence.isOneModality();
        if (isDelayed) {
            return YangTask.ending(dt, DELAYED, 500, 1000, 2000, 2500, isOne ? 2700 : 3000, isOne ? 3000 : 3500);
        }
        return YangTask.ending(dt, TOGETHER, 500, isOne ? 2000 : 1500, isOne ? 2500 : 2000);
    }

    @Override
    public YangSchedule schedule() {
        return isDelayed
                ? new YangSchedule(
                        DELAYED.size(), STIMULUS, DELAY, STIMULUS_2, WAIT, YangSchedule.Fixation.UNTIL_RESPONSE)
                : new YangSchedule(
                        TOGETHER.size(),
                        STIMULUS,
                        STIMULUS + 1,
                        STIMULUS,
                        STIMULUS + 1,
                        YangSchedule.Fixation.UNTIL_RESPONSE);
    }

    @Override
    public List<Factor> factors() {
        List<Factor> factors = new ArrayList<>();
        factors.add(new Factor("coherence", "", "half the difference of both strengths, in what counts"));
        if (evidence.isContext()) {
            factors.add(new Factor(
                    "distractor", "", "the same in the other modality; negative where it is for the wrong stimulus"));
        } else if (isDelayed) {
            factors.add(new Factor("delay", "ms", "time between the stimuli"));
        } else {
            factors.add(new Factor("duration", "ms", "how long the stimuli are shown"));
        }
        return factors;
    }

    @Override
    public int gridTrials() {
        return LOCATIONS * STRENGTHS * (evidence.isOneModality() ? 1 : STRENGTHS);
    }

    @Override
    public void drawBlock(UniformRandomProvider random, Trial into) {}

    @Override
    public void drawTrial(UniformRandomProvider random, Trial into) {
        double angle1 = 2 * Math.PI * random.nextDouble();
        double angle2 = (angle1 + Math.PI * (0.5 + random.nextDouble())) % (2 * Math.PI);
        double[] strengths = drawStrengths(random);
        switch (evidence) {
            case MODALITY_1, MODALITY_2 -> {
                int modality = evidence == Evidence.MODALITY_1 ? 1 : 2;
                set(
                        into,
                        YangStimulus.in(modality, angle1, strengths[0]),
                        YangStimulus.in(modality, angle2, strengths[1]));
            }
            case ATTENDED_1, ATTENDED_2 -> {
                double[] others = drawStrengths(random);
                set(
                        into,
                        new YangStimulus(angle1, strengths[0], others[0]),
                        new YangStimulus(angle2, strengths[1], others[1]));
            }
            case SUM -> set(into, split(random, angle1, strengths[0]), split(random, angle2, strengths[1]));
        }
    }

    /** Strengths of both stimuli in one modality, or on average over both. */
    private double[] drawStrengths(UniformRandomProvider random) {
        double mean = WEAKEST_MEAN + (STRONGEST_MEAN - WEAKEST_MEAN) * random.nextDouble();
        double coherence = coherences.get(random.nextInt(coherences.size()));
        return random.nextBoolean()
                ? new double[] {mean + coherence, mean - coherence}
                : new double[] {mean - coherence, mean + coherence};
    }

    /** A stimulus of a mean strength that is stronger in one modality than in the other. */
    private static YangStimulus split(UniformRandomProvider random, double angle, double strength) {
        double half = strength * (LEAST_SPLIT + (LARGEST_SPLIT - LEAST_SPLIT) * random.nextDouble()) / 2;
        double signed = random.nextBoolean() ? half : -half;
        return new YangStimulus(angle, strength + signed, strength - signed);
    }

    @Override
    public void setFromGrid(int place, Trial into) {
        boolean isOne = evidence.isOneModality();
        int location = place / (isOne ? STRENGTHS : STRENGTHS * STRENGTHS);
        double angle1 = 2 * Math.PI * location / LOCATIONS;
        double angle2 = (angle1 + Math.PI) % (2 * Math.PI);
        double inner = gridStrength(place % STRENGTHS);
        if (isOne) {
            int modality = evidence == Evidence.MODALITY_1 ? 1 : 2;
            set(into, YangStimulus.in(modality, angle1, inner), YangStimulus.in(modality, angle2, 2 - inner));
        } else {
            double outer = gridStrength(place / STRENGTHS % STRENGTHS);
            set(into, new YangStimulus(angle1, outer, inner), new YangStimulus(angle2, 2 - outer, 2 - inner));
        }
    }

    /** A strength of stimulus 1 in the test grid: those of the delayed tasks with one modality differ more. */
    private double gridStrength(int place) {
        return isDelayed && evidence.isOneModality() ? 1.0 * place / STRENGTHS + 0.5 : 0.4 * place / STRENGTHS + 0.8;
    }

    @Override
    public void set(Trial into, YangStimulus first, YangStimulus second) {
        first.store(into, 1);
        second.store(into, 2);
        double difference = evidence.of(first) - evidence.of(second);
        boolean isFirst = evidence.of(first) > evidence.of(second);
        into.setAnswer(isFirst ? 1 : 2);
        YangStimulus.ask(into, (isFirst ? first : second).angle());
        into.setFactor(COHERENCE, rounded(Math.abs(difference) / 2 / evidence.modalities()));
        into.setFactor(SECOND_FACTOR, secondFactor(into, first, second, isFirst));
    }

    private double secondFactor(Trial trial, YangStimulus first, YangStimulus second, boolean isFirst) {
        if (evidence.isContext()) {
            double ignored = (evidence.ignored(first) - evidence.ignored(second)) / 2;
            return rounded(isFirst ? ignored : -ignored);
        }
        int period = isDelayed ? DELAY : STIMULUS;
        return timing.duration(period).isContinuous() ? Double.NaN : trial.steps(period) * timing.dtMillis();
    }

    /** Differences of what was added are not exactly what was added. */
    private static double rounded(double strength) {
        return Math.rint(strength * 1e9) / 1e9;
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new YangChoice(frame.pointing(rule, timing.periods().size() - 1));
    }

    @Override
    public Optional<Psychometry> psychometry() {
        return Optional.of(new Psychometry(factors().get(COHERENCE).name(), TOGETHER.get(STIMULUS), 1));
    }

    @Override
    public Optional<IdealObserver> ideal() {
        double sd = frame.sigmaPerStep(timing.dtMillis());
        return sd == 0
                ? Optional.empty()
                : Optional.of(new YangObserver(this, sd / norm(Ring.bump(frame.ringSize(), 0, 1))));
    }

    private static double norm(float[] pattern) {
        double squares = 0;
        for (float value : pattern) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /** How many steps a trial shows a stimulus, 1 or 2. */
    int steps(Trial trial, int number) {
        return trial.steps(isDelayed && number == 2 ? STIMULUS_2 : STIMULUS);
    }
}
