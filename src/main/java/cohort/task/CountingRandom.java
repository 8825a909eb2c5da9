package cohort.task;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * A stream that counts what is drawn from it, normal numbers and uniform ones apart. Only a normal number takes a whole long, and
 * the ziggurat sampler takes one for each as long as its lowest eight bits choose a box that lies below the curve: here they always
 * do, so that the count is exact.
 */
final class CountingRandom implements UniformRandomProvider {
    /** Numbers of boxes below 128 remain, of which the first 253 lie below the curve. */
    private static final long BELOW_THE_CURVE = ~0x80L;

    private final UniformRandomProvider source;
    private int gaussians;
    private int uniforms;

    private CountingRandom(UniformRandomProvider source) {
        this.source = source;
    }

    /** Generates a training trial, and returns what it took. */
    static CountingRandom ofTrial(Task task, long seed, long index, Trial into) {
        CountingRandom random = new CountingRandom(RandomStreams.of(seed, Split.TRAIN, index));
        into.begin(index);
        if (task.blockSize() > 1) {
            task.planBlock(random, into);
        }
        task.plan(random, into);
        into.clear();
        task.show(random, into);
        return random;
    }

    int gaussians() {
        return gaussians;
    }

    int uniforms() {
        return uniforms;
    }

    @Override
    public long nextLong() {
        gaussians++;
        return source.nextLong() & BELOW_THE_CURVE;
    }

    @Override
    public long nextLong(long n) {
        uniforms++;
        return source.nextLong(n);
    }

    @Override
    public int nextInt() {
        uniforms++;
        return source.nextInt();
    }

    @Override
    public int nextInt(int n) {
        uniforms++;
        return source.nextInt(n);
    }

    @Override
    public boolean nextBoolean() {
        uniforms++;
        return source.nextBoolean();
    }

    @Override
    public float nextFloat() {
        uniforms++;
        return source.nextFloat();
    }

    @Override
    public double nextDouble() {
        uniforms++;
        return source.nextDouble();
    }
}
