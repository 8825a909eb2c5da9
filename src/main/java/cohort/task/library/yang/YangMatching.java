package cohort.task.library.yang;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.PeriodSpec;
import cohort.task.Response;
import cohort.task.TaskFactory;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Yang et al.'s matching to sample: after a first stimulus and a delay a second one comes on; if it matches, or if it does not, the network
 * points to it at once, and keeps fixating otherwise: DMS, DNMS, DMC and DNMC.
 *
 * @param frame what all tasks have in common
 * @param timing the periods
 * @param isByCategory whether stimuli match that are on the same side, angles below pi or not, rather than at the same place
 * @param isNonMatch whether the response is to stimuli that do not match
 * @param fixation when the fixation input goes off
 */
record YangMatching(
        YangFrame frame, Timing timing, boolean isByCategory, boolean isNonMatch, YangSchedule.Fixation fixation)
        implements YangTask {
    private static final List<String> PERIODS = List.of("fixation", "stimulus", "delay", "response");
    private static final double[] TEST_MILLIS = {500, 500, 1200, 500};

    /** Places of the periods. */
    private static final int STIMULUS = 1;

    private static final int DELAY = 2;
    private static final int RESPONSE = 3;

    /** Places of the factors. */
    private static final int MATCH = 0;

    private static final int MODALITY = 1;
    private static final int MODALITY_2 = 2;
    private static final int DELAY_FACTOR = 3;

    /** Places that are nearer to each other than this are the same. */
    private static final double SAME = Math.PI / 36;

    /** Places that do not match are at least this far from each other. */
    private static final double DIFFERENT = Math.PI / 9;

    /** Directions of which stimuli of a category are drawn: 0.1 pi, 0.3 pi, ..., 1.9 pi. */
    private static final int DIRECTIONS = 10;

    private static final int LOCATIONS = 20;
    private static final int MODALITIES = 2;

    YangMatching {
        timing.requireStep(STIMULUS, RESPONSE);
    }

    /** The task that keys describe. */
    static YangMatching of(Settings settings, YangFrame frame, boolean isByCategory, boolean isNonMatch) {
        Timing timing = frame.isTest() ? test(settings) : Timing.of(settings, PERIODS.toArray(String[]::new));
        YangSchedule.Fixation fixation = settings.choice("task.fixation", YangSchedule.Fixation.class);
        return new YangMatching(frame, timing, isByCategory, isNonMatch, fixation);
    }

    private static Timing test(Settings settings) {
        PeriodSpec[] periods = new PeriodSpec[TEST_MILLIS.length];
        for (int period = 0; period < periods.length; period++) {
            periods[period] = new PeriodSpec(PERIODS.get(period), new Duration.Constant(TEST_MILLIS[period]));
        }
        return new Timing(TaskFactory.dtMillis(settings), List.of(periods));
    }

    @Override
    public YangSchedule schedule() {
        return new YangSchedule(PERIODS.size(), STIMULUS, DELAY, RESPONSE, PERIODS.size(), fixation);
    }

    @Override
    public List<Factor> factors() {
        return List.of(
                new Factor("match", "", "1: the second stimulus matches the first; 0: it does not"),
                new Factor("modality", "", "in which of two rings the first stimulus is seen"),
                new Factor("modality2", "", "in which of them the second one is seen"),
                new Factor("delay", "ms", "time between the stimuli"));
    }

    @Override
    public int gridTrials() {
        return LOCATIONS * MODALITIES * MODALITIES;
    }

    @Override
    public void drawBlock(UniformRandomProvider random, Trial into) {
        into.setFactor(MODALITY, 1 + random.nextInt(MODALITIES));
        into.setFactor(MODALITY_2, 1 + random.nextInt(MODALITIES));
    }

    @Override
    public void drawTrial(UniformRandomProvider random, Trial into) {
        double angle1 = isByCategory ? drawDirection(random) : 2 * Math.PI * random.nextDouble();
        double angle2 = isByCategory ? drawDirection(random) : random.nextBoolean() ? angle1 : other(random, angle1);
        set(
                into,
                YangStimulus.in((int) into.factor(MODALITY), angle1, 1),
                YangStimulus.in((int) into.factor(MODALITY_2), angle2, 1));
    }

    private static double drawDirection(UniformRandomProvider random) {
        return (0.1 + 0.2 * random.nextInt(DIRECTIONS)) * Math.PI;
    }

    /** A place that does not match. */
    private static double other(UniformRandomProvider random, double angle) {
        double distance = DIFFERENT + 2 * (Math.PI - DIFFERENT) * random.nextDouble();
        return (angle + distance) % (2 * Math.PI);
    }

    /** All trials of the grid ask for a response. */
    @Override
    public void setFromGrid(int place, Trial into) {
        int location = place / (MODALITIES * MODALITIES);
        double angle1 = isByCategory ? gridDirection(location) : 2 * Math.PI * location / LOCATIONS;
        double angle2 = isNonMatch ? (angle1 + Math.PI) % (2 * Math.PI) : angle1;
        set(
                into,
                YangStimulus.in(1 + place / MODALITIES % MODALITIES, angle1, 1),
                YangStimulus.in(1 + place % MODALITIES, angle2, 1));
    }

    /** One of ten directions on either side. */
    private static double gridDirection(int location) {
        int half = LOCATIONS / 2;
        return ((location < half ? 0.1 : 1.1) + 0.8 * (location % half) / half) * Math.PI;
    }

    @Override
    public void set(Trial into, YangStimulus first, YangStimulus second) {
        first.store(into, 1);
        second.store(into, 2);
        boolean isMatch = isByCategory
                ? (first.angle() < Math.PI) == (second.angle() < Math.PI)
                : Ring.distance(first.angle(), second.angle()) < SAME;
        into.setFactor(MATCH, isMatch ? 1 : 0);
        into.setFactor(MODALITY, first.modality());
        into.setFactor(MODALITY_2, second.modality());
        into.setFactor(
                DELAY_FACTOR,
                timing.duration(DELAY).isContinuous() ? Double.NaN : into.steps(DELAY) * timing.dtMillis());
        boolean isAsked = isMatch != isNonMatch;
        YangStimulus.ask(into, isAsked ? second.angle() : Double.NaN);
        into.setAnswer(isAsked ? YangReach.Reach.choice(Math.toDegrees(second.angle())) : 0);
    }

    /** Who guesses keeps fixating, or points to the second stimulus, which needs no memory. */
    @Override
    public Response response(ChoiceRule rule) {
        return new YangReach.Reach(frame.pointing(rule, RESPONSE), 0.5);
    }
}
