package cohort.task;

import org.apache.commons.rng.UniformRandomProvider;

/** The trials of a split, generated when they are asked for; owns scratch space, so one thread at a time. */
final class GeneratedTrials implements TrialSource {
    private final Task task;
    private final Signature signature;
    private final long seed;
    private final Split split;
    private final Trial planned;

    GeneratedTrials(Task task, long seed, Split split) {
        this.task = task;
        this.signature = task.signature();
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
        planned.begin(index);
        task.plan(RandomStreams.of(seed, split, index), planned);
        return planned.steps();
    }

    @Override
    public void read(long index, Trial into) {
        UniformRandomProvider random = RandomStreams.of(seed, split, index);
        into.begin(index);
        task.plan(random, into);
        into.clear();
        task.show(random, into);
    }
}
