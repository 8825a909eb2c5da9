package cohort.task.library.reaching;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Duration;
import cohort.task.DurationSetting;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.PeriodSpec;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.parts.Noise;
import cohort.task.parts.Pointing;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Memory-guided reach: a direction is shown, and after a delay the network must point there. The task of Funahashi et al. (1989,
 * <a href="https://doi.org/10.1152/jn.1989.61.2.331">doi</a>) in the form of Yang et al.'s "Dly Go" (2019,
 * <a href="https://doi.org/10.1038/s41593-018-0310-2">doi</a>).
 *
 * <p>Inputs and outputs are each one unit for fixation and a ring of {@value #RING}, unit i of which stands for 360 i / {@value #RING}
 * degrees. The fixation input is 1 until the response, so that its end is the cue; in the stimulus period the ring shows a bump, 0.8
 * exp(-(d / 22.5)^2 / 2) at a distance of d degrees from the direction. All inputs are noisy at all steps. Asked for are 0.8 of the
 * fixation output until the response, 0.05 in it; and 0.05 of the ring, with the same bump on top in the response.
 *
 * @param dtMillis length of a step in milliseconds; every duration is floored to a multiple of it
 * @param directions number D of directions, 360 k / D degrees, drawn with equal probability
 * @param noise standard deviation of the inputs at one step
 * @param toleranceDegrees a response that is less than this off is right
 * @param blockSize number of successive trials whose periods are equally long
 * @param fixation duration of the fixation period
 * @param stimulus duration of the stimulus period, at least one step
 * @param delay duration of the delay period
 * @param response duration of the response period, at least one step
 */
public record MemoryGuidedReach(
        double dtMillis,
        int directions,
        double noise,
        double toleranceDegrees,
        int blockSize,
        Duration fixation,
        Duration stimulus,
        Duration delay,
        Duration response)
        implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "memory-guided-reach";

    /** Units of a ring. */
    static final int RING = 32;

    private static final int FIXATION = 0;
    private static final int STIMULUS = 1;
    private static final int DELAY = 2;
    private static final int RESPONSE = 3;

    private static final int DIRECTION_FACTOR = 0;
    private static final int DELAY_FACTOR = 1;

    /** The ring's first channel, and first output. */
    private static final int FIRST = 1;

    private static final double PEAK = 0.8;
    private static final double WIDTH_DEGREES = 22.5;
    private static final float REST = 0.05f;
    private static final float FIXATE = 0.8f;

    /** Errors of the fixation output count as often as this, beside those of one unit of the ring. */
    private static final float FIXATION_LOSS = 2;

    public MemoryGuidedReach {
        Duration.requireDt(dtMillis);
        if (directions < 2) {
            throw new IllegalArgumentException("number of directions is not at least 2: " + directions);
        }
        if (!(noise >= 0) || noise == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("noise is not a number of at least 0: " + noise);
        }
        if (!(toleranceDegrees > 0 && toleranceDegrees <= 180)) {
            throw new IllegalArgumentException("tolerance is not above 0 and at most 180 degrees: " + toleranceDegrees);
        }
        if (blockSize < 1) {
            throw new IllegalArgumentException("block size is not at least 1: " + blockSize);
        }
        stimulus.requireStep("stimulus", dtMillis);
        response.requireStep("response", dtMillis);
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                dtMillis,
                List.of(new Group("fixation", 0, 1), new Group("ring", FIRST, RING)),
                List.of(new Group("fixation", 0, 1, FIXATION_LOSS), new Group("ring", FIRST, RING)),
                List.of(
                        new PeriodSpec("fixation", fixation),
                        new PeriodSpec("stimulus", stimulus),
                        new PeriodSpec("delay", delay),
                        new PeriodSpec("response", response)),
                List.of(
                        new Factor("direction", "°", "where to point"),
                        new Factor("delay", "ms", "how long to remember it")));
    }

    @Override
    public void planBlock(UniformRandomProvider random, Trial into) {
        into.setSteps(FIXATION, steps(fixation.sampleMillis(random)));
        into.setSteps(STIMULUS, steps(stimulus.sampleMillis(random)));
        double delayMillis = delay.sampleMillis(random);
        into.setSteps(DELAY, steps(delayMillis));
        into.setSteps(RESPONSE, steps(response.sampleMillis(random)));
        into.setFactor(DELAY_FACTOR, delay.isContinuous() ? Double.NaN : steps(delayMillis) * dtMillis);
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int direction = random.nextInt(directions);
        into.setFactor(DIRECTION_FACTOR, 360.0 * direction / directions);
        into.setAnswer(1 + direction);
        if (blockSize == 1) {
            planBlock(random, into);
        }
    }

    private int steps(double millis) {
        return Duration.steps(millis, dtMillis);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        float[] bump = bump(trial.factor(DIRECTION_FACTOR));
        for (int period = FIXATION; period < RESPONSE; period++) {
            trial.paint(period, 0, 1);
            trial.target(period, 0, FIXATE);
            for (int unit = 0; unit < RING; unit++) {
                trial.target(period, FIRST + unit, REST);
            }
        }
        trial.paint(STIMULUS, FIRST, bump);
        trial.target(RESPONSE, 0, REST);
        for (int unit = 0; unit < RING; unit++) {
            trial.target(RESPONSE, FIRST + unit, REST + bump[unit]);
        }
        trial.addNoise(random, noise);
    }

    /** The bump at a direction in degrees, by unit of the ring. */
    static float[] bump(double direction) {
        float[] bump = new float[RING];
        for (int unit = 0; unit < RING; unit++) {
            double distance = Pointing.distance(direction, 360.0 * unit / RING) / WIDTH_DEGREES;
            bump[unit] = (float) (PEAK * Math.exp(-distance * distance / 2));
        }
        return bump;
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new Reach(new Pointing(rule, RING, RESPONSE, toleranceDegrees, false), directions);
    }

    /**
     * The network points where its ring does, if its fixation output has fallen. A ring whose units are all alike points nowhere, which is
     * no answer either.
     *
     * @param choices number of directions; the choice is the nearest of them, whether or not it is near enough to be right
     */
    private record Reach(Pointing pointing, int choices) implements Response {
        @Override
        public double chance() {
            return pointing.chance();
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            Pointing.Seen seen = pointing.read(trial, outputs);
            if (!seen.isResponse()) {
                return Answer.choice(0, false);
            }
            boolean isRight = pointing.isRight(seen.direction(), trial.factor(DIRECTION_FACTOR));
            return new Answer(1 + Pointing.nearest(seen.direction(), choices), seen.direction(), Double.NaN, isRight);
        }
    }

    /** Makes the task from a configuration. */
    public static final class Factory implements TaskFactory {
        /** More directions than these are degrees. */
        private static final int MOST_DIRECTIONS = 360;

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String about() {
            return "A direction is shown, and after a delay the network points there.";
        }

        @Override
        public String source() {
            return "Funahashi et al. 1989; Yang et al. 2019 (Dly Go)";
        }

        @Override
        public String defaults() {
            return """
                    task {
                      # Number of directions, the same distance apart, the first at 0 degrees.
                      directions = 8
                      # Standard deviation of the noise of each input at each step. Yang et al.'s is 0.01 sqrt(2 tau / dt), with tau = 100 ms
                      # and dt = 20 ms.
                      noise = 0.0316
                      # A response that is less than this off is right, degrees.
                      tolerance = 36
                      # Number of successive trials whose periods are equally long. As many as a batch has lanes: then no whole trial is
                      # padded to the length of a longer one.
                      block-size = 1
                      # Durations of the periods.
                      timing {
                        fixation = [300, 500, 700]
                        stimulus = [200, 400, 600]
                        delay = [200, 400, 800, 1600]
                        response = 500
                      }
                    }
                    training {
                      loss = mean-squared-error
                      period-weights {
                        fixation = 1
                        stimulus = 1
                        delay = 1
                        response = 5
                      }
                    }
                    """;
        }

        @Override
        public Task of(Settings settings) {
            double dt = TaskFactory.dtMillis(settings);
            return settings.within(
                    "task.timing",
                    () -> new MemoryGuidedReach(
                            dt,
                            (int) settings.integer("task.directions", 2, MOST_DIRECTIONS),
                            Noise.perStep(settings),
                            settings.number(
                                    "task.tolerance", "above 0 and at most 180 degrees", v -> v > 0 && v <= 180),
                            (int) settings.integer("task.block-size", 1, Integer.MAX_VALUE),
                            DurationSetting.of(settings, "task.timing.fixation"),
                            DurationSetting.of(settings, "task.timing.stimulus"),
                            DurationSetting.of(settings, "task.timing.delay"),
                            DurationSetting.of(settings, "task.timing.response")));
        }
    }
}
