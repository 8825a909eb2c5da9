package cohort.network;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.linalg.AlignedArrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VectorsTest {
    private static final int START = AlignedArrays.START;
    private static final float[] EDGES = {
        0,
        -0f,
        1e-30f,
        -1e-30f,
        Float.MIN_VALUE,
        7.9f,
        -7.9f,
        Math.nextUp(7.9f),
        15.8f,
        1e30f,
        -1e30f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    /** At lengths and places of steps, so that the last vector is looked at too. */
    @Test
    void sameBitsAsThePlainFunctionsWhereverTheResultGoes() {
        for (int size : new int[] {1, 13, 16, 207, 2048}) {
            int count = AlignedArrays.padded(size);
            for (int at : new int[] {START, START + 3 * count}) {
                assertSameBits(
                        Activation.SIGMOID, (a, into, to, n) -> Vectors.sigmoid(a, START, into, to, n), count, at);
                assertSameBits(Activation.TANH, (a, into, to, n) -> Vectors.tanh(a, START, into, to, n), count, at);
            }
        }
    }

    private interface Loop {
        void apply(float[] a, float[] into, int at, int count);
    }

    private static void assertSameBits(Activation plain, Loop vectors, int count, int at) {
        float[] a = new float[START + count];
        SplittableRandom random = new SplittableRandom(count);
        for (int k = 0; k < count; k++) {
            a[START + k] = k < EDGES.length ? EDGES[k] : (float) random.nextDouble(-20, 20);
        }
        float[] result = new float[at + count + 1];
        vectors.apply(a, result, at, count);
        plain.apply(a, START, count);
        for (int k = 0; k < count; k++) {
            assertThat(Float.floatToIntBits(result[at + k])).isEqualTo(Float.floatToIntBits(a[START + k]));
        }
        assertThat(result[at - 1]).isZero();
        assertThat(result[at + count]).isZero();
    }
}
