package cohort.task.library.timing;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.PeriodSpec;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.TimedGo;
import cohort.task.parts.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Interval production: a go is due when an interval has passed, which one of several cues stands for or two flashes have shown; without
 * noise. Outputs are fixate and go. The first go is the answer, which is right if it is off by no more than margin x interval + leeway.
 *
 * <ul>
 *   <li>{@link Layout#MOTOR_TIMING}: Wang et al. (2018, <a href="https://doi.org/10.1038/s41593-017-0028-6">doi</a>) in the form of
 *       neurogym's {@code MotorTiming}. Inputs are fixation, 1 until production; one cue for each interval, on in the periods cue and set;
 *       and set. The interval begins with the end of set. Production is twice as long.
 *   <li>{@link Layout#ONE_TWO_THREE_GO}: Egger et al. (2019, <a href="https://doi.org/10.1038/s41593-019-0500-6">doi</a>) in the form
 *       of neurogym's {@code OneTwoThreeGo}. Inputs are fixation, always 1; the flashes s1, s2 and s3; and a target, on from the
 *       second period on. The interval between a flash's end and the next one's beginning must be continued after s3.
 * </ul>
 *
 * @param layout which of the two
 * @param timing the periods that the interval does not determine, in their order
 * @param interval the interval to be produced; one of a list where cues stand for it
 * @param asked for how long a go is asked for
 * @param margin how far off a right answer may be, as a fraction of the interval, from 0 to 1
 * @param leewayMillis how far off it may be in addition, in milliseconds
 */
public record IntervalProduction(
        Layout layout, Timing timing, Duration interval, Asked asked, double margin, double leewayMillis)
        implements Task {
    /** What a trial is made of. */
    public enum Layout {
        /** A cue says which interval, set says when it begins. */
        MOTOR_TIMING("motor-timing", 3),
        /** Three flashes with the interval between them, and then once more. */
        ONE_TWO_THREE_GO("one-two-three-go", 7);

        private final String taskName;
        /** Place of the period with whose beginning the interval to be produced begins. */
        private final int from;

        Layout(String taskName, int from) {
            this.taskName = taskName;
            this.from = from;
        }

        /** The name in configurations and tables. */
        String taskName() {
            return taskName;
        }

        /** Names of the periods. */
        private List<String> periods() {
            return switch (this) {
                case MOTOR_TIMING -> List.of("fixation", "cue", "set", "production");
                case ONE_TWO_THREE_GO ->
                    List.of("fixation", "target", "s1", "interval1", "s2", "interval2", "s3", "interval3", "response");
            };
        }

        private int last() {
            return this == MOTOR_TIMING ? 3 : 8;
        }

        /** How many times the interval a period lasts; 0: it has a duration of its own. */
        private int multiple(int place) {
            return switch (this) {
                case MOTOR_TIMING -> place == 3 ? 2 : 0;
                case ONE_TWO_THREE_GO -> place == 3 || place == 5 || place == 7 ? 1 : 0;
            };
        }

        /** Names of the periods that have durations of their own. */
        private String[] ownPeriods() {
            List<String> own = new ArrayList<>();
            for (int place = 0; place <= last(); place++) {
                if (multiple(place) == 0) {
                    own.add(periods().get(place));
                }
            }
            return own.toArray(String[]::new);
        }
    }

    /** Which steps ask for a go. */
    public enum Asked {
        /** The one step at which it is due. */
        ONE_STEP,
        /** That and all that follow. */
        FROM_THEN_ON
    }

    /** Place of the factor. */
    private static final int INTERVAL = 0;

    /** Where a trial has the number of its cue, from 0 on. */
    private static final int CUE_DRAWN = 1;

    private static final int FIXATION = 0;
    private static final int CUE = 1;
    private static final int SET = 2;
    private static final List<Integer> FLASHES = List.of(2, 4, 6);

    /** Channels of one-two-three-go, beside fixation; cues of motor timing begin with the same one. */
    private static final int STIMULUS = 1;

    private static final int TARGET = 2;

    public IntervalProduction {
        Tolerance.require(margin, leewayMillis);
        interval.requireStep("interval", timing.dtMillis());
        if (layout == Layout.MOTOR_TIMING) {
            if (!(interval instanceof Duration.Choice list)
                    || list.millis().stream().distinct().count() < list.millis().size()) {
                throw new IllegalArgumentException("intervals are no list of different ones, each of which has a cue");
            }
            timing.requireStep(CUE);
        } else {
            timing.requireStep(2, 3, 4, 5); // the flashes, and the response
        }
        if (2 * interval.maxMillis() > Duration.MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "twice the interval is longer than " + (long) Duration.MAX_MILLIS + " ms: " + interval.maxMillis());
        }
    }

    /** The number of cues. */
    private Optional<Duration.Choice> cues() {
        return layout == Layout.MOTOR_TIMING ? Optional.of((Duration.Choice) interval) : Optional.empty();
    }

    @Override
    public Signature signature() {
        List<PeriodSpec> periods = new ArrayList<>();
        int own = 0;
        for (int place = 0; place <= layout.last(); place++) {
            int multiple = layout.multiple(place);
            periods.add(
                    multiple == 0
                            ? timing.periods().get(own++)
                            : new PeriodSpec(layout.periods().get(place), times(multiple)));
        }
        return new Signature(
                layout.taskName,
                timing.dtMillis(),
                inputs(),
                List.of(new Group("action", 0, 2)),
                periods,
                List.of(new Factor("interval", "ms", "interval to be produced, where it is one of a list")));
    }

    private List<Group> inputs() {
        Group fixation = new Group("fixation", 0, 1);
        return cues().map(cues -> cues.millis().size())
                .map(count ->
                        List.of(fixation, new Group("cue", STIMULUS, count), new Group("set", STIMULUS + count, 1)))
                .orElse(List.of(fixation, new Group("stimulus", STIMULUS, 1), new Group("target", TARGET, 1)));
    }

    private Duration times(int multiple) {
        if (multiple == 1) {
            return interval;
        }
        return interval instanceof Duration.Choice list
                ? new Duration.Choice(
                        list.millis().stream().map(millis -> multiple * millis).toList())
                : new Duration.Uniform(multiple * interval.minMillis(), multiple * interval.maxMillis());
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        double millis = interval.sampleMillis(random);
        double shown = timing.steps(millis) * timing.dtMillis();
        cues().ifPresent(cues -> into.setDrawn(CUE_DRAWN, cues.millis().indexOf(millis)));
        // A cue stands for an interval of any length, flashes show one of whole steps.
        double due = layout == Layout.MOTOR_TIMING ? millis : shown;
        into.setDrawn(TimedGo.DUE_MILLIS, due);
        into.setFactor(INTERVAL, interval.isContinuous() ? Double.NaN : due);
        into.setAnswer(TimedGo.GO);
        int own = 0;
        for (int place = 0; place <= layout.last(); place++) {
            int multiple = layout.multiple(place);
            into.setSteps(place, multiple == 0 ? timing.drawSteps(random, own++) : timing.steps(multiple * millis));
        }
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        switch (layout) {
            case MOTOR_TIMING -> {
                int cue = STIMULUS + (int) trial.drawn(CUE_DRAWN);
                trial.paintSteps(0, trial.end(SET), 0, 1);
                trial.paintSteps(trial.start(CUE), trial.end(SET), cue, 1);
                trial.paint(SET, trial.channels() - 1, 1);
            }
            case ONE_TWO_THREE_GO -> {
                trial.paintSteps(0, trial.steps(), 0, 1);
                for (int flash : FLASHES) {
                    trial.paint(flash, STIMULUS, 1);
                }
                trial.paintSteps(trial.end(FIXATION), trial.steps(), TARGET, 1);
            }
        }
        int go = trial.start(layout.from) + timing.steps(trial.drawn(TimedGo.DUE_MILLIS));
        int end = asked == Asked.ONE_STEP ? go + 1 : trial.steps();
        trial.targetSteps(0, go, TimedGo.FIXATE, 1);
        trial.targetSteps(go, end, TimedGo.GO, 1);
        trial.targetSteps(end, trial.steps(), TimedGo.FIXATE, 1);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new TimedGo(this, new Tolerance(margin, leewayMillis), layout.from, layout.from);
    }

    @Override
    public List<String> notes() {
        return layout == Layout.MOTOR_TIMING
                        && timing.steps(timing.duration(SET).minMillis()) == 0
                ? List.of("period set can have no step of task.dt = " + timing.dtMillis()
                        + " ms: its input is then never on, and the end of the cue alone says when the interval begins")
                : List.of();
    }

    /** The task of a configuration that has these keys. */
    static IntervalProduction of(Settings settings, Layout layout, Duration interval) {
        Timing timing = Timing.of(settings, layout.ownPeriods());
        Tolerance tolerance = Tolerance.of(settings);
        Asked asked = settings.choice("task.asked", Asked.class);
        return settings.within(
                "task.timing",
                () -> new IntervalProduction(
                        layout, timing, interval, asked, tolerance.margin(), tolerance.leewayMillis()));
    }
}
