package cohort.task.library.yang;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.TaskFactory;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Pointing;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Yang et al.'s reaches: a stimulus is shown anywhere on the circle, in one of two modalities, and the network points there, or to the
 * opposite side: Go, RT Go, Dly Go, Anti, RT Anti, Dly Anti.
 *
 * @param frame what all tasks have in common
 * @param timing the periods
 * @param cue what begins the response
 * @param isAnti whether the opposite side is asked for
 * @param fixation when the fixation input goes off
 */
record YangReach(YangFrame frame, Timing timing, Cue cue, boolean isAnti, YangSchedule.Fixation fixation)
        implements YangTask {
    /** What begins the response, and which periods there are before it. */
    enum Cue {
        /** The fixation input goes off while the stimulus stays. */
        GO,
        /** The stimulus comes on. */
        STIMULUS,
        /** The fixation input goes off some time after the stimulus. */
        GO_AFTER_DELAY;

        /** The periods of a trial. */
        List<String> periods() {
            return switch (this) {
                case GO -> List.of("fixation", "stimulus", "response");
                case STIMULUS -> List.of("fixation", "response");
                case GO_AFTER_DELAY -> List.of("fixation", "stimulus", "delay", "response");
            };
        }
    }

    /** Place of the period in which the stimulus comes on, and of the delay. */
    private static final int STIMULUS = 1;

    private static final int DELAY = 2;

    /** Places of the factors. */
    private static final int MODALITY = 0;

    private static final int DELAY_FACTOR = 1;

    private static final int LOCATIONS = 20;
    private static final int MODALITIES = 2;

    YangReach {
        timing.requireStep(STIMULUS, timing.periods().size() - 1);
    }

    /** The task that keys describe. */
    static YangReach of(Settings settings, YangFrame frame, Cue cue, boolean isAnti) {
        Timing timing = frame.isTest()
                ? test(settings, cue)
                : Timing.of(settings, cue.periods().toArray(String[]::new));
        YangSchedule.Fixation fixation = cue == Cue.STIMULUS
                ? settings.choice("task.fixation", YangSchedule.Fixation.class)
                : YangSchedule.Fixation.UNTIL_RESPONSE;
        return new YangReach(frame, timing, cue, isAnti, fixation);
    }

    private static Timing test(Settings settings, Cue cue) {
        double dt = TaskFactory.dtMillis(settings);
        return switch (cue) {
            case GO -> YangTask.ending(dt, cue.periods(), 500, 1500, 2000);
            case STIMULUS -> YangTask.ending(dt, cue.periods(), 2000, 2500);
            case GO_AFTER_DELAY -> YangTask.ending(dt, cue.periods(), 500, 1000, 2000, 2500);
        };
    }

    @Override
    public YangSchedule schedule() {
        int periods = timing.periods().size();
        int off = cue == Cue.GO_AFTER_DELAY ? DELAY : periods;
        return new YangSchedule(periods, STIMULUS, off, periods, periods, fixation);
    }

    @Override
    public List<Factor> factors() {
        List<Factor> factors = new ArrayList<>();
        factors.add(new Factor("modality", "", "in which of two rings the stimulus is seen"));
        if (cue == Cue.GO_AFTER_DELAY) {
            factors.add(new Factor("delay", "ms", "how long to remember it"));
        }
        return factors;
    }

    @Override
    public int gridTrials() {
        return LOCATIONS * MODALITIES;
    }

    @Override
    public void drawBlock(UniformRandomProvider random, Trial into) {
        into.setFactor(MODALITY, 1 + random.nextInt(MODALITIES));
    }

    @Override
    public void drawTrial(UniformRandomProvider random, Trial into) {
        double angle = 2 * Math.PI * random.nextDouble();
        set(into, YangStimulus.in((int) into.factor(MODALITY), angle, 1), YangStimulus.NONE);
    }

    @Override
    public void setFromGrid(int place, Trial into) {
        int location = place / MODALITIES;
        double angle = 2 * Math.PI * location / LOCATIONS;
        set(into, YangStimulus.in(1 + place % MODALITIES, angle, 1), YangStimulus.NONE);
    }

    @Override
    public void set(Trial into, YangStimulus first, YangStimulus second) {
        first.store(into, 1);
        second.store(into, 2);
        into.setFactor(MODALITY, first.modality());
        if (cue == Cue.GO_AFTER_DELAY) {
            Duration delay = timing.duration(DELAY);
            into.setFactor(DELAY_FACTOR, delay.isContinuous() ? Double.NaN : into.steps(DELAY) * timing.dtMillis());
        }
        double asked = isAnti ? (first.angle() + Math.PI) % (2 * Math.PI) : first.angle();
        YangStimulus.ask(into, asked);
        into.setAnswer(Reach.choice(Math.toDegrees(asked)));
    }

    @Override
    public Response response(ChoiceRule rule) {
        Pointing pointing = frame.pointing(rule, timing.periods().size() - 1);
        return new Reach(pointing, pointing.chance());
    }

    /**
     * A direction, or fixation where that is asked for. The choice is the nearest of {@value #DIRECTIONS} directions, whether or not it is
     * near enough to be right.
     *
     * @param pointing where the network points
     * @param chance fraction of right answers of who guesses
     */
    record Reach(Pointing pointing, double chance) implements Response {
        private static final int DIRECTIONS = 8;

        /** The choice that a direction in degrees is. */
        static int choice(double direction) {
            return 1 + Pointing.nearest(direction, DIRECTIONS);
        }

        @Override
        public int choices() {
            return DIRECTIONS;
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            Pointing.Seen seen = pointing.read(trial, outputs);
            double asked = YangStimulus.asked(trial);
            if (!seen.isResponse()) {
                return Answer.choice(0, seen.isFixating() && Double.isNaN(asked));
            }
            boolean isRight = pointing.isRight(seen.direction(), Math.toDegrees(asked));
            return new Answer(choice(seen.direction()), seen.direction(), Double.NaN, isRight);
        }
    }
}
