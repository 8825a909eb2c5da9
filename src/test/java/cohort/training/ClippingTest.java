package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.training.Clipping.Mode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClippingTest {
    @Test
    void noneLeavesTheGradientAlone() {
        float[] gradient = {3, -400, 0};

        new Clipping(Mode.NONE, 0).apply(gradient);

        assertThat(gradient).containsExactly(3, -400, 0);
    }

    @Test
    void entriesAreLimitedOneByOne() {
        float[] gradient = {3, -400, 0.25f, 1, -1, Float.POSITIVE_INFINITY};

        new Clipping(Mode.ENTRY, 1).apply(gradient);

        assertThat(gradient).containsExactly(1, -1, 0.25f, 1, -1, 1);
    }

    @Test
    void normIsLimitedAndTheDirectionKept() {
        float[] gradient = {3, 0, -4};

        new Clipping(Mode.NORM, 2.5).apply(gradient);

        assertThat(gradient).containsExactly(new float[] {1.5f, 0, -2}, within(1e-6f));
    }

    @Test
    void smallerNormIsLeftAlone() {
        float[] gradient = {3, 0, -4};

        new Clipping(Mode.NORM, 5).apply(gradient);

        assertThat(gradient).containsExactly(3, 0, -4);
    }

    @ParameterizedTest
    @EnumSource
    void normBeforeClippingIsReturned(Mode mode) {
        assertThat(new Clipping(mode, 1).apply(new float[] {2, -3, 6})).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 207})
    void normCountsEveryEntryOnce(int size) {
        float[] gradient = new float[size];
        Arrays.fill(gradient, 3f);

        assertThat(new Clipping(Mode.NONE, 0).apply(gradient)).isCloseTo(3 * Math.sqrt(size), within(1e-12));
    }

    @Test
    void normOfHugeEntriesDoesNotOverflow() {
        assertThat(new Clipping(Mode.NONE, 0).apply(new float[] {3e38f, 0, 0, 0, 0}))
                .isCloseTo(3e38, within(1e32));
    }

    @ParameterizedTest
    @EnumSource
    void notANumberIsNotClippedAway(Mode mode) {
        float[] gradient = {1, Float.NaN, 2};

        assertThat(new Clipping(mode, 1).apply(gradient)).isNaN();
        assertThat(gradient[1]).isNaN();
    }

    @Test
    void limitMustBePositive() {
        assertThatThrownBy(() -> new Clipping(Mode.ENTRY, 0)).hasMessageContaining("clip limit");
        assertThatThrownBy(() -> new Clipping(Mode.NORM, Double.NaN)).hasMessageContaining("NaN");
    }
}
