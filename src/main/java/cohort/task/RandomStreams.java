package cohort.task;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.L128X128Mix;
import org.apache.commons.rng.core.source64.Philox4x64;

/**
 * Random numbers as a pure function of (experiment seed, split, index).
 *
 * <p>The generator is L128X128Mix (Steele and Vigna 2021, <a href="https://doi.org/10.1145/3485525">doi</a>). Half of its state is
 * a linear congruential generator that adds a parameter of its own at every step; generators with different parameters
 * never share a state. The parameter is made of seed, split and index, so that no two streams ever overlap, whatever
 * their length: disjoint by construction, not by chance. Where each stream starts is one block of Philox 4x64 (Salmon et
 * al. 2011, <a href="https://doi.org/10.1145/2063384.2063405">doi</a>), a bijection of (index, split) under the seed as key,
 * so that neighbouring streams do not start alike. Philox alone would do, but takes twice as long for each number.
 */
public final class RandomStreams {
    /** Trials that a split can have: the index shares 64 bits with the split's code and a bit that is always set. */
    public static final long MAX_INDEX = (1L << 60) - 1;

    private RandomStreams() {}

    /**
     * Opens the stream of what the trials of a block have in common.
     *
     * @param block number of the block within the split, from 0 on
     */
    static UniformRandomProvider ofBlock(long seed, Split split, long block) {
        return of(seed, Split.BLOCKS, block << 2 | split.code());
    }

    /**
     * Opens the stream of one trial (or of one network's initial weights) at its beginning.
     *
     * @param seed the experiment seed, any value
     * @param split what the numbers are for
     * @param index the trial index within the split, 0 to {@link #MAX_INDEX}
     */
    public static UniformRandomProvider of(long seed, Split split, long index) {
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("trial index is not between 0 and " + MAX_INDEX + ": " + index);
        }
        Philox4x64 start = new Philox4x64(new long[] {seed, 0, 0, 0, index, split.code()});
        return new L128X128Mix(
                seed,
                index << 4 | split.code() << 1 | 1,
                start.nextLong(),
                start.nextLong(),
                start.nextLong(),
                start.nextLong());
    }
}
