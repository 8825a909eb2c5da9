package cohort.task;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.L128X128Mix;
import org.apache.commons.rng.core.source64.Philox4x64;

/**
 * Random numbers as a pure function of (experiment seed, purpose, index).
 *
 * <p>The generator is L128X128Mix (Steele and Vigna 2021, <a href="https://doi.org/10.1145/3485525">doi</a>). Half of its state is
 * a linear congruential generator that adds a parameter of its own at every step; generators with different parameters
 * never share a state. The parameter is made of seed, purpose and index, so that no two streams ever overlap, whatever
 * their length: disjoint by construction, not by chance. Where each stream starts is one block of Philox 4x64 (Salmon et
 * al. 2011, <a href="https://doi.org/10.1145/2063384.2063405">doi</a>), a bijection of (index, purpose) under the seed as key,
 * so that neighbouring streams do not start alike. Philox alone would do, but takes twice as long for each number.
 */
public final class RandomStreams {
    /** Trials that a split can have: the index shares 64 bits with the purpose's code and a bit that is always set. */
    public static final long MAX_INDEX = (1L << 60) - 1;

    private RandomStreams() {}

    /**
     * Opens the stream of what the trials of a block have in common.
     *
     * @param block number of the block within the split, from 0 on
     */
    static UniformRandomProvider ofBlock(long seed, Split split, long block) {
        return of(seed, Purpose.BLOCKS, block << 2 | split.purpose().code());
    }

    /**
     * Opens the stream of one trial at its beginning.
     *
     * @param seed the experiment seed, any value
     * @param index the trial index within the split, 0 to {@link #MAX_INDEX}
     */
    public static UniformRandomProvider of(long seed, Split split, long index) {
        return of(seed, split.purpose(), index);
    }

    /**
     * Opens a stream at its beginning.
     *
     * @param seed the experiment seed, any value
     * @param purpose what the numbers are for
     * @param index of the trial, the network or the sample they are for, 0 to {@link #MAX_INDEX}
     */
    public static UniformRandomProvider of(long seed, Purpose purpose, long index) {
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("trial index is not between 0 and " + MAX_INDEX + ": " + index);
        }
        Philox4x64 start = new Philox4x64(new long[] {seed, 0, 0, 0, index, purpose.code()});
        return new L128X128Mix(
                seed,
                index << 4 | purpose.code() << 1 | 1,
                start.nextLong(),
                start.nextLong(),
                start.nextLong(),
                start.nextLong());
    }
}
