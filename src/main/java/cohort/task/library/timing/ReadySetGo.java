package cohort.task.library.timing;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.DurationSetting;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.PeriodSpec;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.parts.TimedGo;
import cohort.task.parts.Tolerance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Ready, set, go: an interval is shown, and must be produced. A flash, ready, begins it and another, set, ends it; the go must follow
 * set's onset by the interval times a gain. The task of Remington et al. (2018, <a
 * href="https://doi.org/10.1016/j.neuron.2018.05.020">doi</a>) in the form of neurogym's {@code ReadySetGo}.
 *
 * <p>Input channels are fixation, ready and set, without noise; fixation ends with set. Outputs are fixation and go. The interval is
 * the time from ready's onset to set's onset, so that period measure is what ready leaves of it. Period production is twice as long as
 * the interval that is to be produced, and one of its steps asks for the go.
 *
 * @param dtMillis length of a step in milliseconds; every duration is floored to a multiple of it, also the one to be produced
 * @param gain the interval to be produced as a multiple of the one shown, above 0
 * @param margin how far off a right answer may be, as a fraction of the interval to be produced, from 0 to 1
 * @param leewayMillis how far off it may be in addition, in milliseconds
 * @param asked the edge of set from which the interval of the go that is asked for counts
 * @param fixation duration of the fixation period
 * @param ready duration of ready, at least one step
 * @param interval the interval shown, at least as long as ready
 * @param set duration of set, at least one step
 */
public record ReadySetGo(
        double dtMillis,
        double gain,
        double margin,
        double leewayMillis,
        Edge asked,
        Duration fixation,
        Duration ready,
        Duration interval,
        Duration set)
        implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "ready-set-go";

    /** Edges of set. */
    public enum Edge {
        /** Its beginning, from which answers count: the go that is asked for is exactly right. */
        SET_ONSET,
        /** Its end, as neurogym has it: the go that is asked for is late by the duration of set. */
        SET_OFFSET
    }

    /** Places of the periods, of the factor and of the outputs in the signature. */
    static final int FIXATION = 0;

    static final int READY = 1;
    static final int MEASURE = 2;
    static final int SET = 3;
    static final int PRODUCTION = 4;
    static final int INTERVAL = 0;

    public ReadySetGo {
        if (!(dtMillis > 0) || dtMillis > Duration.MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "dt is not above 0 and at most " + (long) Duration.MAX_MILLIS + " ms: " + dtMillis);
        }
        if (!(gain > 0) || gain == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("gain is not a number above 0: " + gain);
        }
        Tolerance.require(margin, leewayMillis);
        requireOneStep("ready", ready, dtMillis);
        requireOneStep("set", set, dtMillis);
        if (Duration.steps(interval.minMillis(), dtMillis) < Duration.steps(ready.maxMillis(), dtMillis)) {
            throw new IllegalArgumentException(
                    "the interval that is measured begins with ready and can be shorter than it: "
                            + interval.minMillis() + " ms, and " + ready.maxMillis() + " ms");
        }
        double shortest = gain * Duration.steps(interval.minMillis(), dtMillis) * dtMillis;
        if (Duration.steps(shortest, dtMillis) < Duration.steps(set.maxMillis(), dtMillis)) {
            throw new IllegalArgumentException("the go can be due before set is over: the interval times the gain is "
                    + shortest + " ms, and set " + set.maxMillis() + " ms");
        }
        if (2 * gain * interval.maxMillis() > Duration.MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "the production period, twice the interval times the gain, can be longer than "
                            + (long) Duration.MAX_MILLIS + " ms: " + 2 * gain * interval.maxMillis());
        }
    }

    private static void requireOneStep(String period, Duration duration, double dtMillis) {
        if (duration.minMillis() < dtMillis) {
            throw new IllegalArgumentException(
                    period + " can be shorter than one step of " + dtMillis + " ms: " + duration.minMillis() + " ms");
        }
    }

    @Override
    public Signature signature() {
        int shortest = steps(interval.minMillis());
        int longest = steps(interval.maxMillis());
        return new Signature(
                NAME,
                dtMillis,
                List.of(new Group("fixation", 0, 1), new Group("ready", 1, 1), new Group("set", 2, 1)),
                List.of(new Group("action", 0, 2)),
                List.of(
                        new PeriodSpec("fixation", fixation),
                        new PeriodSpec("ready", ready),
                        new PeriodSpec(
                                "measure",
                                between(shortest - steps(ready.maxMillis()), longest - steps(ready.minMillis()))),
                        new PeriodSpec("set", set),
                        new PeriodSpec("production", between(2.0 * produced(shortest), 2.0 * produced(longest)))),
                List.of(new Factor("interval", "ms", "time from ready to set, where it is one of a list")));
    }

    /** Durations between two numbers of steps; which of them come up follows from the interval. */
    private Duration between(double minSteps, double maxSteps) {
        return new Duration.Uniform(minSteps * dtMillis, maxSteps * dtMillis);
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(TimedGo.GO);
        into.setSteps(FIXATION, steps(fixation.sampleMillis(random)));
        int readySteps = steps(ready.sampleMillis(random));
        int intervalSteps = steps(interval.sampleMillis(random));
        into.setSteps(READY, readySteps);
        into.setSteps(MEASURE, intervalSteps - readySteps);
        into.setSteps(SET, steps(set.sampleMillis(random)));
        into.setSteps(PRODUCTION, 2 * produced(intervalSteps));
        into.setDrawn(TimedGo.DUE_MILLIS, produced(intervalSteps) * dtMillis);
        into.setFactor(INTERVAL, interval.isContinuous() ? Double.NaN : intervalSteps * dtMillis);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        for (int period = FIXATION; period < PRODUCTION; period++) {
            trial.paint(period, 0, 1);
        }
        trial.paint(READY, 1, 1);
        trial.paint(SET, 2, 1);
        for (int period = FIXATION; period <= PRODUCTION; period++) {
            trial.target(period, TimedGo.FIXATE);
        }
        int from = asked == Edge.SET_ONSET ? trial.start(SET) : trial.end(SET);
        int go = (from + due(trial)) * trial.outputs();
        trial.targets()[go + TimedGo.FIXATE] = 0;
        trial.targets()[go + TimedGo.GO] = 1;
    }

    /** Steps to be produced after an interval of so many steps. */
    private int produced(int intervalSteps) {
        return steps(gain * (intervalSteps * dtMillis));
    }

    /** Steps from set's onset to the right moment for the go. */
    private static int due(Trial trial) {
        return trial.steps(PRODUCTION) / 2;
    }

    /** Whole steps in a duration. */
    private int steps(double millis) {
        return Duration.steps(millis, dtMillis);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new TimedGo(this, tolerance(), SET, PRODUCTION);
    }

    private Tolerance tolerance() {
        return new Tolerance(margin, leewayMillis);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        Set<String> floored = new LinkedHashSet<>();
        List<Double> named = interval instanceof Duration.Choice list
                ? list.millis()
                : List.of(interval.minMillis(), interval.maxMillis());
        for (double millis : named) {
            if (Math.abs(steps(millis) * dtMillis - millis) > 1e-6 * dtMillis) {
                floored.add(millis + " ms becomes " + steps(millis) * dtMillis);
            }
        }
        if (!floored.isEmpty()) {
            notes.add("intervals are whole steps of task.dt = " + dtMillis + " ms: " + String.join(", ", floored));
        }
        int due = produced(steps(interval.minMillis()));
        if (asked == Edge.SET_OFFSET && !tolerance().allows(due + steps(set.maxMillis()), due * dtMillis, dtMillis)) {
            notes.add(
                    "the go that is asked for can be wrong: with task.asked = set-offset it is late by the duration of set,"
                            + " which is more than task.margin and task.leeway allow");
        }
        return notes;
    }

    /** Makes the task from a configuration. */
    public static final class Factory implements TaskFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String about() {
            return "An interval is shown between two flashes, and produced after the second.";
        }

        @Override
        public String source() {
            return "Remington et al. 2018; neurogym ReadySetGo";
        }

        @Override
        public String defaults() {
            return """
                    task {
                      # One step alone asks for the go, so that a shorter step is a harder task.
                      dt = 80
                      # The interval to be produced as a multiple of the one that is shown.
                      gain = 1
                      # How far off a right answer may be, as a fraction of the interval to be produced ...
                      margin = 0.2
                      # ... and in addition, ms.
                      leeway = 25
                      # From where the interval of the go that is asked for counts: set-onset (from where answers count, too) or set-offset
                      # (as in neurogym: it asks for a go that is late by the duration of set).
                      asked = set-onset
                      # Durations of the periods.
                      timing {
                        fixation = 80
                        ready = 80
                        # The interval from the onset of ready to that of set, of which ready is a part. Of a list, the table of accuracies has a
                        # row for each value; { uniform = [800, 1500] } is neurogym's.
                        measure = [800, 880, 960, 1040, 1120, 1200, 1280, 1360, 1440]
                        set = 80
                      }
                    }
                    training.period-weights {
                      fixation = 1
                      ready = 1
                      measure = 1
                      set = 1
                      production = 1
                    }
                    """;
        }

        @Override
        public Task of(Settings settings) {
            double dt = TaskFactory.dtMillis(settings);
            double gain = settings.number("task.gain", "a number above 0", v -> v > 0);
            Tolerance tolerance = Tolerance.of(settings);
            Edge asked = settings.choice("task.asked", Edge.class);
            Duration fixation = DurationSetting.of(settings, "task.timing.fixation");
            Duration ready = DurationSetting.of(settings, "task.timing.ready");
            Duration measure = DurationSetting.of(settings, "task.timing.measure");
            Duration set = DurationSetting.of(settings, "task.timing.set");
            return settings.within(
                    "task.timing",
                    () -> new ReadySetGo(
                            dt,
                            gain,
                            tolerance.margin(),
                            tolerance.leewayMillis(),
                            asked,
                            fixation,
                            ready,
                            measure,
                            set));
        }
    }
}
