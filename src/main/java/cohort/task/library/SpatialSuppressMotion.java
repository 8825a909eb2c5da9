package cohort.task.library;

import cohort.config.Settings;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.Recipe;
import cohort.task.parts.TaskForm;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Spatial suppression: how likely people see each of four directions of motion, frame by frame, is to be reproduced. Small and of low
 * contrast, motion is seen well; large and of high contrast, its opposite is seen at first. Probabilities are those of neurogym's {@code
 * SpatialSuppressMotion}, after Tadin et al. (2003, <a href="https://doi.org/10.1038/nature01800">doi</a>).
 *
 * <p>Inputs are 8 channels, of growing size, for each of the directions left, right, up and down; without noise. The first channel, or all
 * 8, of direction j show (1 + cos(theta_j - theta)) contrast / 2, with theta the direction of the motion. Outputs are the four
 * probabilities, a value each. The answer is right if its root mean square error, over the trial and the outputs, is at most the tolerance.
 *
 * <p>In the original a step is a frame of 8.3 ms however long it is, and the probability of the directions aside of the motion falls below
 * 0 at the end; here time passes in milliseconds, and probabilities are at least 0 and add up to 1.
 *
 * @param form whether probabilities are some
 * @param timing duration of the stimulus
 * @param tolerance the largest root mean square error of a right answer
 */
public record SpatialSuppressMotion(TaskForm form, Timing timing, double tolerance) implements Task {
    /** The name in configurations and tables. */
    public static final String NAME = "spatial-suppress-motion";

    private static final int STIMULUS = 0;
    private static final int DIRECTIONS = 4;
    private static final int SIZES = 8;

    /** Places of the factors. */
    private static final int CONTRAST = 0;

    private static final int DIRECTION = 1;

    private static final double FRAME_MILLIS = 8.3;

    /** Angles of left, right, up and down in quarters of a circle. */
    private static final int[] QUARTERS = {3, 1, 0, 2};

    /** Frames between which probabilities are interpolated. */
    private static final double[] FRAMES = {0, 6, 7, 8, 9, 12, 14, 17, 20, 27, 35, 36, 37};

    /** One of the two stimuli: its contrast, how many sizes see it, and the probabilities at those frames. */
    private static final class Stimulus {
        static final Stimulus SMALL = new Stimulus(
                0.05,
                1,
                new double[] {0.249, 0.249, 0.25, 0.26, 0.2583, 0.325, 0.45, 0.575, 0.875, 0.933, 0.99, 0.99, 0.99},
                new double[] {0.249, 0.249, 0.25, 0.26, 0.2583, 0.267, 0.1417, 0.1167, 0.058, 0.016, 0.003, 0.003, 0.003
                });
        static final Stimulus LARGE = new Stimulus(
                0.99,
                SIZES,
                new double[] {0.249, 0.249, 0.249, 0.249, 0.249, 0.27, 0.32, 0.4583, 0.65, 0.85, 0.99, 0.99, 0.99},
                new double[] {0.249, 0.249, 0.249, 0.29, 0.31, 0.4, 0.475, 0.4167, 0.3083, 0.075, 0.04, 0.04, 0.03});

        private final double contrast;
        private final int sizes;
        private final double[] same;
        private final double[] opposite;

        private Stimulus(double contrast, int sizes, double[] same, double[] opposite) {
            this.contrast = contrast;
            this.sizes = sizes;
            this.same = same;
            this.opposite = opposite;
        }

        static Stimulus of(Trial trial) {
            return trial.factor(CONTRAST) == SMALL.contrast ? SMALL : LARGE;
        }
    }

    public SpatialSuppressMotion {
        timing.requireStep(STIMULUS);
        if (!(tolerance > 0 && tolerance <= 1)) {
            throw new IllegalArgumentException("tolerance is not above 0 and at most 1: " + tolerance);
        }
    }

    @Override
    public Signature signature() {
        return new Signature(
                NAME,
                timing.dtMillis(),
                List.of(
                        new Group("left", 0, SIZES),
                        new Group("right", SIZES, SIZES),
                        new Group("up", 2 * SIZES, SIZES),
                        new Group("down", 3 * SIZES, SIZES)),
                List.of(new Group("probability", 0, DIRECTIONS)),
                timing.periods(),
                List.of(
                        new Factor("contrast", "", "0.05 of a small stimulus, 0.99 of a large one"),
                        new Factor("direction", "", "1 left, 2 right, 3 up, 4 down")));
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        int direction = 1 + random.nextInt(DIRECTIONS);
        into.setFactor(CONTRAST, (random.nextInt(2) == 0 ? Stimulus.SMALL : Stimulus.LARGE).contrast);
        into.setFactor(DIRECTION, direction);
        into.setAnswer(direction);
        timing.draw(random, into);
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        Stimulus stimulus = Stimulus.of(trial);
        int shown = trial.answer() - 1;
        int which = shown + (stimulus == Stimulus.SMALL ? 0 : DIRECTIONS);
        trial.paint(STIMULUS, 0, trial.kept(this, which, () -> contrasts(stimulus, shown)));
        float[] asked = trial.kept(this, which + 2 * DIRECTIONS, () -> probabilities(stimulus, shown));
        System.arraycopy(asked, 0, trial.targets(), 0, trial.steps() * DIRECTIONS);
    }

    /** How many quarters of a circle a direction is from the one shown: 2 is the opposite. */
    private static int apart(int direction, int shown) {
        return (QUARTERS[direction] - QUARTERS[shown] + 4) % 4;
    }

    /** What is shown, [direction, size]. */
    private static float[] contrasts(Stimulus stimulus, int shown) {
        float[] contrasts = new float[DIRECTIONS * SIZES];
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            int apart = apart(direction, shown);
            double value = stimulus.contrast * (apart == 0 ? 1 : apart == 2 ? 0 : 0.5);
            Arrays.fill(contrasts, direction * SIZES, direction * SIZES + stimulus.sizes, (float) value);
        }
        return contrasts;
    }

    /** Probability that each direction is seen, [step, direction], in as many steps as a trial can have. */
    private float[] probabilities(Stimulus stimulus, int shown) {
        int steps = timing.steps(timing.duration(STIMULUS).maxMillis());
        float[] probabilities = new float[steps * DIRECTIONS];
        for (int at = 0; at < probabilities.length; at++) {
            int apart = apart(at % DIRECTIONS, shown);
            probabilities[at] = (float) probability(stimulus, apart, at / DIRECTIONS);
        }
        return probabilities;
    }

    /** Probability that the direction so many quarters of a circle from the motion's is seen. */
    private double probability(Stimulus stimulus, int apart, int step) {
        double frame = form == TaskForm.ORIGINAL ? step : step * timing.dtMillis() / FRAME_MILLIS;
        double same = interpolated(stimulus.same, frame);
        double opposite = interpolated(stimulus.opposite, frame);
        double both = form == TaskForm.ORIGINAL ? same + opposite : Math.min(1, same + opposite);
        double scale = both / (same + opposite);
        return switch (apart) {
            case 0 -> scale * same;
            case 2 -> scale * opposite;
            default -> (1 - both) / 2;
        };
    }

    /** What the last frames say goes on after them. */
    private static double interpolated(double[] values, double frame) {
        int right = 1;
        while (right < FRAMES.length && frame > FRAMES[right]) {
            right++;
        }
        if (right == FRAMES.length) {
            return values[right - 1];
        }
        double part = (frame - FRAMES[right - 1]) / (FRAMES[right] - FRAMES[right - 1]);
        return values[right - 1] + part * (values[right] - values[right - 1]);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new Curves(tolerance);
    }

    /** The choice is the likeliest direction at the last step, the value the root mean square error. */
    private record Curves(double tolerance) implements Response {
        @Override
        public int choices() {
            return DIRECTIONS;
        }

        /** Who says one of the two stimuli in one of the four directions. */
        @Override
        public double chance() {
            return 1.0 / (2 * DIRECTIONS);
        }

        @Override
        public Answer read(Trial trial, Outputs outputs) {
            double squares = 0;
            int best = 0;
            int last = trial.steps() - 1;
            for (int output = 0; output < DIRECTIONS; output++) {
                for (int step = 0; step <= last; step++) {
                    double error = outputs.at(step, output) - trial.targets()[step * DIRECTIONS + output];
                    squares += error * error;
                }
                best = outputs.at(last, output) > outputs.at(last, best) ? output : best;
            }
            double error = Math.sqrt(squares / (DIRECTIONS * trial.steps()));
            return new Answer(1 + best, error, Double.NaN, error <= tolerance);
        }
    }

    /** Makes the task from a configuration. */
    public static final class Factory implements TaskFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String about() {
            return "How likely is each of four directions of motion seen, from frame to frame?";
        }

        @Override
        public String source() {
            return "neurogym's SpatialSuppressMotion; Tadin et al. 2003, https://doi.org/10.1038/nature01800";
        }

        @Override
        public String defaults() {
            return """
                    # A frame.
                    task.dt = 8.3
                    # repaired: probabilities change with time, and are none below 0. original: with steps, and some are.
                    task.form = repaired
                    # The largest root mean square error of a right answer.
                    task.tolerance = 0.05
                    # Duration of the one period: 36 frames.
                    task.timing.stimulus = 298.8
                    training.period-weights.stimulus = 1
                    training.loss = mean-squared-error
                    """ + Recipe.leaky(64, 16, 1000, 0.003).defaults();
        }

        @Override
        public Task of(Settings settings) {
            Timing timing = Timing.of(settings, "stimulus");
            TaskForm form = settings.choice("task.form", TaskForm.class);
            double tolerance = settings.number("task.tolerance", "above 0 and at most 1", v -> v > 0 && v <= 1);
            return settings.within("task.timing", () -> new SpatialSuppressMotion(form, timing, tolerance));
        }
    }
}
