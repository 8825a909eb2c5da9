package cohort.task;

import org.apache.commons.rng.UniformRandomProvider;

/** The trials of a split, generated when they are asked for; owns scratch space, so one thread at a time. */
final class GeneratedTrials implements TrialSource {
    private final Task task;
    private final Signature signature;
    private final int blockSize;
    private final long seed;
    private final Split split;
    private final Trial planned;

    GeneratedTrials(Task task, long seed, Split split) {
        this.task = task;
        this.signature = task.signature();
        this.blockSize = task.blockSize();
        this.seed = seed;
        this.split = split;
        this.planned = new Trial(signature);
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public int steps(long index) {
        plan(index, planned);
        return planned.steps();
    }

    @Override
    public void read(long index, Trial into) {
        UniformRandomProvider random = plan(index, into);
        into.clear();
        task.show(random, into);
    }

    /** Plans a trial; returns the stream that its further draws come from. */
    private UniformRandomProvider plan(long index, Trial into) {
        into.begin(index);
        if (blockSize > 1) {
            task.planBlock(RandomStreams.ofBlock(seed, split, index / blockSize), into);
        }
        UniformRandomProvider random = RandomStreams.of(seed, split, index);
        task.plan(random, into);
        return random;
    }
}
