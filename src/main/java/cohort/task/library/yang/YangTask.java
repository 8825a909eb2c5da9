package cohort.task.library.yang;

import cohort.task.Duration;
import cohort.task.Factor;
import cohort.task.PeriodSpec;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timing;
import cohort.task.Trial;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A task of Yang et al. (2019, <a href="https://doi.org/10.1038/s41593-018-0310-2">doi</a>). A trial is its times and one or two stimuli:
 * what the answer and the conditions are follows from them, whether they are drawn, those of the test grid, or given.
 */
interface YangTask extends Task {
    /** What it has in common with the others. */
    YangFrame frame();

    /** Its periods. */
    Timing timing();

    /** What is shown in which period. */
    YangSchedule schedule();

    /** What its conditions are made of. */
    List<Factor> factors();

    /** Number of conditions of the test grid. */
    int gridTrials();

    /** Draws what trials of a block share beside their times, as factors. */
    void drawBlock(UniformRandomProvider random, Trial into);

    /** Draws a trial's stimuli, and sets them. */
    void drawTrial(UniformRandomProvider random, Trial into);

    /** Sets the stimuli of a place in the test grid, from 0 on. */
    void setFromGrid(int place, Trial into);

    /** Sets the stimuli of a trial whose periods are known, with the answer and the factors that follow from them. */
    void set(Trial into, YangStimulus first, YangStimulus second);

    /**
     * Plans a trial of given times and stimuli, a psychometric experiment's for instance.
     *
     * @param steps length of each period
     * @param second NONE in tasks that have one stimulus
     */
    default void plan(Trial into, int[] steps, YangStimulus first, YangStimulus second) {
        for (int period = 0; period < steps.length; period++) {
            into.setSteps(period, steps[period]);
        }
        set(into, first, second);
    }

    @Override
    default Signature signature() {
        return new Signature(
                frame().rule().kind(),
                timing().dtMillis(),
                frame().inputs(),
                frame().outputs(),
                timing().periods(),
                factors());
    }

    @Override
    default int blockSize() {
        return frame().isTest() ? 1 : frame().blockSize();
    }

    @Override
    default int gridSize() {
        return frame().isTest() ? gridTrials() : 0;
    }

    @Override
    default void planBlock(UniformRandomProvider random, Trial into) {
        timing().draw(random, into);
        drawBlock(random, into);
    }

    @Override
    default void plan(UniformRandomProvider random, Trial into) {
        if (frame().isTest()) {
            timing().draw(random, into);
            setFromGrid((int) (into.index() % gridTrials()), into);
            return;
        }
        if (blockSize() == 1) {
            planBlock(random, into);
        }
        drawTrial(random, into);
    }

    @Override
    default void show(UniformRandomProvider random, Trial trial) {
        frame().show(random, trial, schedule());
    }

    @Override
    default List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (frame().targets() == YangFrame.Targets.CLASSES && frame().mask() == YangMask.SQUARED) {
            notes.add("task.mask = squared is the original's for task.targets = values; for classes it has normalised");
        }
        double shortest = timing().duration(schedule().response()).minMillis();
        if (shortest <= YangMask.GRACE_MILLIS) {
            notes.add("task.timing.response may be " + shortest
                    + " ms, of which nothing counts: task.mask leaves out its first " + YangMask.GRACE_MILLIS + " ms");
        }
        return notes;
    }

    /** Fixed periods that end at given times from the beginning of the trial, each of them cut to whole steps. */
    static Timing ending(double dtMillis, List<String> periods, double... endsMillis) {
        List<PeriodSpec> specs = new ArrayList<>();
        int start = 0;
        for (int period = 0; period < endsMillis.length; period++) {
            int end = Duration.steps(endsMillis[period], dtMillis);
            specs.add(new PeriodSpec(periods.get(period), new Duration.Constant((end - start) * dtMillis)));
            start = end;
        }
        return new Timing(dtMillis, specs);
    }
}
