package cohort.task;

import org.apache.commons.rng.UniformRandomProvider;

/** Plans trials as they are when they are read, without what they show: of a task with very short steps there is too much of it. */
public final class BlockPlans {
    private BlockPlans() {}

    /** Plans a trial of a task whose trials come in blocks. */
    public static Trial plan(Task task, long seed, Split split, long index) {
        Trial trial = new Trial(task.signature());
        trial.begin(index);
        task.planBlock(RandomStreams.ofBlock(seed, split, index / task.blockSize()), trial);
        UniformRandomProvider random = RandomStreams.of(seed, split, index);
        task.plan(random, trial);
        return trial;
    }
}
