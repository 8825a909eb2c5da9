package cohort.task.library.degeneracy;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Group;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import cohort.task.parts.ErrorBelow;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Path integration: where has a walk led that is shown by its velocity? One of the four tasks of Huang et al. (2025, <a
 * href="https://arxiv.org/abs/2410.03972">arXiv</a>). There is no one standard, so that conventions have names. In all of them the position
 * of a step has its velocity in it.
 *
 * @param timing its one period, of at least one step
 * @param convention what is shown and asked for
 * @param speed the largest way of a step, in radians or the unit of the plane; on the ring that of an input of 1
 * @param holdSteps steps for which a velocity stays the same
 * @param turn standard deviation of what the heading changes by, in radians, when the velocity does
 * @param ringSize outputs of the angle on a ring
 * @param tolerance a trial with a smaller root mean squared error is right
 */
record PathIntegration(
        Timing timing, Convention convention, double speed, int holdSteps, double turn, int ringSize, double tolerance)
        implements Task {
    static final String NAME = "path-integration";

    /** What is shown and asked for. */
    enum Convention {
        /**
         * An angle: shown are its velocity, and at the first step the cosine and sine of the angle before it; asked for are cosine and sine
         * of the angle.
         */
        ANGLE,
        /** In a plane: shown are speed, and cosine and sine of the heading; asked for is the position, at first 0. */
        PLANE_SPEED_AND_HEADING,
        /** In a plane: shown are the components of the velocity; asked for is the position, at first 0. */
        PLANE_VELOCITY,
        /** The same in three dimensions. */
        SPACE_VELOCITY,
        /**
         * An angle, at first 0: shown are its velocity to the left on one channel, that to the right on another, and 1 on a third; asked for
         * are outputs on a ring, of which the two next to the angle share 1 by how near they are, as trainRNNbrain has it.
         */
        ANGLE_ON_A_RING_OF_OUTPUTS
    }

    private static final int MOST_OUTPUTS = 4096;
    private static final int LONGEST_HOLD = 1_000_000;

    /** Places of what is drawn besides: the angle at first, and three values of each velocity, of which some are shown. */
    static final int START = 0;

    private static final int VELOCITIES = 1;
    private static final int VALUES = 3;

    PathIntegration {
        timing.requireStep(0);
    }

    static Task of(Settings settings) {
        Timing timing = Timing.of(settings, "walk");
        return settings.within(
                "task.timing",
                () -> new PathIntegration(
                        timing,
                        settings.choice("task.convention", Convention.class),
                        settings.number("task.speed", "above 0 and at most 1000", v -> v > 0 && v <= 1000),
                        (int) settings.integer("task.hold-steps", 1, LONGEST_HOLD),
                        settings.number("task.turn", "radians from 0 to 1000", v -> v >= 0 && v <= 1000),
                        (int) settings.integer("task.ring-size", 2, MOST_OUTPUTS),
                        ErrorBelow.tolerance(settings)));
    }

    @Override
    public Signature signature() {
        List<Group> inputs = switch (convention) {
            case ANGLE -> List.of(new Group("velocity", 0, 1), new Group("start", 1, 2));
            case PLANE_SPEED_AND_HEADING -> List.of(new Group("speed", 0, 1), new Group("heading", 1, 2));
            case PLANE_VELOCITY -> List.of(new Group("velocity", 0, 2));
            case SPACE_VELOCITY -> List.of(new Group("velocity", 0, 3));
            case ANGLE_ON_A_RING_OF_OUTPUTS ->
                List.of(new Group("left", 0, 1), new Group("right", 1, 1), new Group("constant", 2, 1));
        };
        List<Group> outputs = switch (convention) {
            case ANGLE -> List.of(new Group("direction", 0, 2));
            case PLANE_SPEED_AND_HEADING, PLANE_VELOCITY -> List.of(new Group("position", 0, 2));
            case SPACE_VELOCITY -> List.of(new Group("position", 0, 3));
            case ANGLE_ON_A_RING_OF_OUTPUTS -> List.of(new Group("ring", 0, ringSize));
        };
        return new Signature(NAME, timing.dtMillis(), inputs, outputs, timing.periods(), List.of());
    }

    @Override
    public void plan(UniformRandomProvider random, Trial into) {
        into.setAnswer(1);
        timing.draw(random, into);
        int velocities = (into.steps() + holdSteps - 1) / holdSteps;
        into.setDrawn(VELOCITIES + VALUES * velocities, 0); // makes room for all of them
        into.setDrawn(START, convention == Convention.ANGLE ? 2 * Math.PI * random.nextDouble() : 0);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double heading = 2 * Math.PI * random.nextDouble();
        for (int place = VELOCITIES; place < VELOCITIES + VALUES * velocities; place += VALUES) {
            switch (convention) {
                case ANGLE, PLANE_VELOCITY, SPACE_VELOCITY -> {
                    for (int value = 0; value < VALUES; value++) {
                        into.setDrawn(place + value, speed * (2 * random.nextDouble() - 1));
                    }
                }
                case PLANE_SPEED_AND_HEADING -> {
                    into.setDrawn(place, speed * random.nextDouble());
                    into.setDrawn(place + 1, Math.cos(heading));
                    into.setDrawn(place + 2, Math.sin(heading));
                    heading += turn * gaussian.sample();
                }
                case ANGLE_ON_A_RING_OF_OUTPUTS -> {
                    double amplitude = 2 * random.nextDouble() - 1;
                    into.setDrawn(place, Math.max(0, amplitude));
                    into.setDrawn(place + 1, Math.max(0, -amplitude));
                    into.setDrawn(place + 2, 1);
                }
            }
        }
    }

    @Override
    public void show(UniformRandomProvider random, Trial trial) {
        int shown = convention == Convention.ANGLE ? 1 : trial.channels();
        int place = VELOCITIES;
        for (int first = 0; first < trial.steps(); first += holdSteps) {
            for (int channel = 0; channel < shown; channel++) {
                trial.paintSteps(
                        first, Math.min(first + holdSteps, trial.steps()), channel, trial.drawn(place + channel));
            }
            place += VALUES;
        }
        if (convention == Convention.ANGLE) {
            trial.paintSteps(0, 1, 1, Math.cos(trial.drawn(START)));
            trial.paintSteps(0, 1, 2, Math.sin(trial.drawn(START)));
        }
        ask(trial);
    }

    /** Asks for what follows from what is shown, and from the angle at first. */
    void ask(Trial trial) {
        double[] position = new double[3];
        position[0] = trial.drawn(START);
        float[] inputs = trial.inputs();
        for (int step = 0; step < trial.steps(); step++) {
            int at = step * trial.channels();
            switch (convention) {
                case ANGLE -> {
                    position[0] += inputs[at];
                    ask(trial, step, Math.cos(position[0]), Math.sin(position[0]));
                }
                case PLANE_SPEED_AND_HEADING -> {
                    position[0] += (double) inputs[at] * inputs[at + 1];
                    position[1] += (double) inputs[at] * inputs[at + 2];
                    ask(trial, step, position[0], position[1]);
                }
                case PLANE_VELOCITY, SPACE_VELOCITY -> {
                    for (int component = 0; component < trial.channels(); component++) {
                        position[component] += inputs[at + component];
                        trial.targetStep(step, component, position[component]);
                    }
                }
                case ANGLE_ON_A_RING_OF_OUTPUTS -> {
                    position[0] += speed * ((double) inputs[at] - inputs[at + 1]);
                    double arcs = position[0] / (2 * Math.PI / ringSize);
                    double fraction = arcs - Math.floor(arcs);
                    int unit = Math.floorMod((long) Math.floor(arcs), ringSize);
                    trial.targetStep(step, unit, 1 - fraction);
                    trial.targetStep(step, (unit + 1) % ringSize, fraction);
                }
            }
        }
    }

    private static void ask(Trial trial, int step, double first, double second) {
        trial.targetStep(step, 0, first);
        trial.targetStep(step, 1, second);
    }

    @Override
    public Response response(ChoiceRule rule) {
        return new ErrorBelow(this, tolerance);
    }
}
