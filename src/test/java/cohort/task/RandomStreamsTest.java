package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamsTest {
    private static final int LENGTH = 1000;

    @ParameterizedTest
    @CsvSource({"0, TRAIN, 0", "-1, TEST, 17", "9223372036854775807, VALIDATION, 1152921504606846975"})
    void aStreamIsAFunctionOfSeedSplitAndIndex(long seed, Split split, long index) {
        long[] first = longs(RandomStreams.of(seed, split, index));
        RandomStreams.of(seed + 1, split, index).nextLong();
        assertThat(longs(RandomStreams.of(seed, split, index))).isEqualTo(first);
    }

    /**
     * Computed from the published definitions of Philox 4x64-10 and L128X128Mix, with another language's integers. Whoever
     * changes them changes every trial of every recorded seed.
     */
    @ParameterizedTest
    @CsvSource({
        "0, TRAIN, 0, -825647447104549399, 5050184893945037186, 278813953902071377",
        "1, TEST, 5, -162352543720490885, 1037030383945566137, 3045284674968817118",
        "-1, INITIALISATION, 1152921504606846975, 8400097059143951954, 6341162122461432987, 2067036732949427418"
    })
    void theNumbersAreThoseOfTheDefinition(
            long seed, Purpose purpose, long index, long first, long second, long third) {
        UniformRandomProvider random = RandomStreams.of(seed, purpose, index);
        assertThat(new long[] {random.nextLong(), random.nextLong(), random.nextLong()})
                .containsExactly(first, second, third);
    }

    @Test
    void noTwoStreamsShareANumber() {
        long[] seeds = {0, 1, 2, 41, 42, 43, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32};
        long[] indices = {0, 1, 2, 15, 16, 1L << 28, (1L << 32) - 1, 1L << 32, RandomStreams.MAX_INDEX};
        Set<Long> seen = new HashSet<>();
        int drawn = 0;
        for (long seed : seeds) {
            for (Purpose purpose : Purpose.values()) {
                for (long index : indices) {
                    for (long value : longs(RandomStreams.of(seed, purpose, index))) {
                        seen.add(value);
                        drawn++;
                    }
                }
            }
        }
        assertThat(drawn).isEqualTo(10 * Purpose.values().length * 9 * LENGTH);
        assertThat(seen).hasSize(drawn);
    }

    @Test
    void firstNumbersOfNeighbouringStreamsAreIndependent() {
        int trials = 100_000;
        double sum = 0;
        double sumOfProducts = 0;
        double sumOfSeedProducts = 0;
        double previous = 0;
        for (int index = 0; index < trials; index++) {
            double value = RandomStreams.of(3, Split.TRAIN, index).nextDouble() - 0.5;
            sum += value;
            sumOfProducts += value * previous;
            sumOfSeedProducts +=
                    value * (RandomStreams.of(4, Split.TRAIN, index).nextDouble() - 0.5);
            previous = value;
        }
        double fiveErrorsOfMean = 5 * Math.sqrt(1.0 / 12 / trials);
        double fiveErrorsOfProduct = 5.0 / 12 / Math.sqrt(trials);
        assertThat(sum / trials).isCloseTo(0, within(fiveErrorsOfMean));
        assertThat(sumOfProducts / trials).isCloseTo(0, within(fiveErrorsOfProduct));
        assertThat(sumOfSeedProducts / trials).isCloseTo(0, within(fiveErrorsOfProduct));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, RandomStreams.MAX_INDEX + 1, Long.MAX_VALUE})
    void anIndexOutOfRangeIsRefused(long index) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomStreams.of(0, Split.TRAIN, index))
                .withMessage("trial index is not between 0 and 1152921504606846975: " + index);
    }

    /** The index is shifted by four bits to make room for the code of the purpose. */
    @Test
    void everyPurposeHasACodeOfItsOwnOfThreeBits() {
        assertThat(Purpose.values())
                .extracting(Purpose::code)
                .doesNotHaveDuplicates()
                .allMatch(code -> code >>> 3 == 0);
    }

    private static long[] longs(UniformRandomProvider random) {
        return random.longs(LENGTH).toArray();
    }
}
