package cohort.task.library.yang;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Group;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.parts.Pointing;
import cohort.task.parts.Ring;
import java.io.Serializable;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What all tasks of Yang et al. (2019) have in common: fixation, two rings and the rules are shown, fixation and a ring are asked for.
 *
 * @param rule which task it is
 * @param rules which rule inputs are on
 * @param ringSize units of a ring
 * @param sigma noise of all inputs; its standard deviation at one step is sigma / sqrt(dt)
 * @param targets what outputs should be
 * @param mask how much steps count in the loss
 * @param toleranceDegrees a response that is less than this off is right
 * @param blockSize number of successive trials that share their timing and modalities
 * @param mode where a trial's conditions come from
 */
record YangFrame(
        YangRule rule,
        YangRules rules,
        int ringSize,
        double sigma,
        Targets targets,
        YangMask mask,
        double toleranceDegrees,
        int blockSize,
        Mode mode)
        implements Serializable {
    /** What outputs should be. */
    enum Targets {
        /** The fixation output 0.8 or 0.05, the ring 0.05 and a bump on it. */
        VALUES,
        /** One of fixation and the units of the ring, the one nearest to the angle. */
        CLASSES
    }

    /** Where a trial's conditions come from. */
    enum Mode {
        /** They are drawn. */
        RANDOM,
        /** They are those of a fixed grid, one after the other; timing is fixed, and there is no noise. */
        TEST
    }

    private static final float REST = 0.05f;
    private static final float FIXATE = 0.8f;

    /** First channel of the first ring, and first output of the ring. */
    private static final int FIRST = 1;

    private static final int MODALITIES = 2;

    /** Units of a ring: fewer know no direction. */
    private static final int FEWEST_UNITS = 3;

    private static final int MOST_UNITS = 4096;

    /** Noise of a step above this: squares of what it leads to are infinite in single precision. */
    private static final double MOST_NOISE = 1e15;

    /** That of a task, as its keys say. */
    static YangFrame of(Settings settings, YangRule rule) {
        double dt = TaskFactory.dtMillis(settings);
        return new YangFrame(
                rule,
                YangRules.of(settings, rule),
                (int) settings.integer("task.ring-size", FEWEST_UNITS, MOST_UNITS),
                settings.single(
                        "task.sigma",
                        "at least 0, and at most " + MOST_NOISE + " x sqrt(task.dt)",
                        v -> v >= 0 && v / Math.sqrt(dt) <= MOST_NOISE),
                settings.choice("task.targets", Targets.class),
                settings.choice("task.mask", YangMask.class),
                settings.number("task.tolerance", "above 0 and at most 180 degrees", v -> v > 0 && v <= 180),
                (int) settings.integer("task.block-size", 1, Integer.MAX_VALUE),
                settings.choice("task.mode", Mode.class));
    }

    boolean isTest() {
        return mode == Mode.TEST;
    }

    /** The groups of input channels. */
    List<Group> inputs() {
        return List.of(
                new Group("fixation", 0, 1),
                new Group("modality1", FIRST, ringSize),
                new Group("modality2", FIRST + ringSize, ringSize),
                new Group("rule", ruleChannel(), YangRule.values().length));
    }

    private int ruleChannel() {
        return FIRST + MODALITIES * ringSize;
    }

    /** The groups of outputs. */
    List<Group> outputs() {
        return switch (targets) {
            case VALUES -> List.of(new Group("fixation", 0, 1, mask.fixation()), new Group("ring", FIRST, ringSize));
            case CLASSES -> List.of(new Group("choice", 0, FIRST + ringSize));
        };
    }

    /** How outputs are read. */
    Pointing pointing(ChoiceRule rule, int responsePeriod) {
        return new Pointing(rule, ringSize, responsePeriod, toleranceDegrees, targets == Targets.CLASSES);
    }

    /** Standard deviation of the noise at one step. */
    double sigmaPerStep(double dtMillis) {
        return isTest() ? 0 : sigma / Math.sqrt(dtMillis);
    }

    /** Shows what a planned trial shows, and asks for what it asks for. */
    void show(UniformRandomProvider random, Trial trial, YangSchedule schedule) {
        for (int period = 0; period < schedule.fixationPeriods(); period++) {
            trial.paint(period, 0, 1);
        }
        for (int number = 1; number <= 2; number++) {
            YangStimulus stimulus = YangStimulus.of(trial, number);
            for (int modality = 1; modality <= MODALITIES; modality++) {
                show(trial, stimulus, modality, schedule.on(number), schedule.off(number));
            }
        }
        rules.paint(trial, ruleChannel());
        switch (targets) {
            case VALUES -> askForValues(trial, schedule.response());
            case CLASSES -> askForClasses(trial, schedule.response());
        }
        mask.weigh(trial, schedule.response());
        double sd = sigmaPerStep(trial.signature().dtMillis());
        if (sd > 0) {
            trial.addNoise(random, sd);
        }
    }

    private void show(Trial trial, YangStimulus stimulus, int modality, int on, int off) {
        double strength = stimulus.strength(modality);
        if (strength != 0) {
            float[] bump = Ring.bump(ringSize, stimulus.angle(), strength);
            for (int period = on; period < off; period++) {
                trial.add(period, FIRST + (modality - 1) * ringSize, bump);
            }
        }
    }

    private void askForValues(Trial trial, int response) {
        double asked = YangStimulus.asked(trial);
        boolean isResponse = !Double.isNaN(asked);
        trial.targetSteps(0, trial.start(response), 0, FIXATE);
        trial.target(response, 0, isResponse ? REST : FIXATE);
        for (int unit = 0; unit < ringSize; unit++) {
            trial.targetSteps(0, trial.steps(), FIRST + unit, REST);
        }
        if (isResponse) {
            float[] bump = Ring.bump(ringSize, asked, 1);
            for (int unit = 0; unit < ringSize; unit++) {
                trial.target(response, FIRST + unit, REST + bump[unit]);
            }
        }
    }

    private void askForClasses(Trial trial, int response) {
        double asked = YangStimulus.asked(trial);
        trial.targetSteps(0, trial.start(response), 0, 1);
        trial.target(response, Double.isNaN(asked) ? 0 : FIRST + Ring.nearest(asked, ringSize));
    }
}
