package cohort.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlasTest {
    private static final int OFFSET_A = 3;
    private static final int OFFSET_B = 17;
    private static final int OFFSET_C = 5;
    private static final float UNTOUCHED = 99;

    private final Blas blas = Blas.instance();

    @Test
    void openBlasThatMavenBringsIsInUseUnlessBlisIsFaster() throws Exception {
        BlasInfo info = infoOfAnotherJvm(Map.of());

        assertThat(info.isNative()).isTrue();
        assertThat(info.implementation()).matches("(OpenBLAS|BLIS) [\\d.]+");
        assertThat(info.kernel()).isNotBlank();
        assertThat(info.rearrangesSmallMatrices() && Blis.find().isPresent()).isFalse();
    }

    @Test
    void aKernelOfOpenBlasCanBeAskedFor() throws Exception {
        BlasInfo info = infoOfAnotherJvm(Map.of("OPENBLAS_CORETYPE", "Haswell"));

        assertThat(info.toString()).matches("OpenBLAS [\\d.]+ \\(Haswell\\)");
        assertThat(info.rearrangesSmallMatrices()).isTrue();
    }

    /** What a fresh JVM says whose environment has no wishes of OpenBLAS but these. */
    private static BlasInfo infoOfAnotherJvm(Map<String, String> environment) throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintedInfo.class.getName());
        java.environment().remove("OPENBLAS_CORETYPE");
        java.environment().putAll(environment);
        Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (ObjectInputStream in = new ObjectInputStream(process.getInputStream())) {
            return (BlasInfo) in.readObject();
        }
    }

    static final class PrintedInfo {
        private PrintedInfo() {}

        public static void main(String[] arguments) throws IOException {
            new ObjectOutputStream(System.out).writeObject(Blas.instance().info());
        }
    }

    @Test
    void onlyOpenBlasForProcessorsWithoutAvx512RearrangesSmallMatrices() {
        assertThat(Stream.of("Haswell", "Zen", "SkylakeX", "Cooperlake", "SapphireRapids")
                        .filter(kernel -> new BlasInfo("OpenBLAS 0.3.31", kernel, "").rearrangesSmallMatrices()))
                .containsExactly("Haswell", "Zen");
        assertThat(new BlasInfo("BLIS 0.9.0", "haswell", "").rearrangesSmallMatrices())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // m, n, k
        "1, 1, 1",
        "1, 13, 207",
        "13, 1, 1",
        "13, 207, 13",
        "207, 13, 1",
        "207, 1, 207",
        "207, 207, 207",
        "128, 16, 128"
    })
    void productMatchesAPlainLoop(int m, int n, int k) {
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                for (float beta : new float[] {0, 1}) {
                    requireMatch(transposeA, transposeB, m, n, k, beta);
                }
            }
        }
    }

    private void requireMatch(boolean transposeA, boolean transposeB, int m, int n, int k, float beta) {
        float[] a = random(OFFSET_A + m * k, 1);
        float[] b = random(OFFSET_B + k * n, 2);
        float[] before = random(OFFSET_C + m * n + 2, 3);
        float[] c = before.clone();
        Arrays.fill(c, 0, OFFSET_C, UNTOUCHED);
        Arrays.fill(c, OFFSET_C + m * n, c.length, UNTOUCHED);

        blas.gemm(transposeA, transposeB, m, n, k, a, OFFSET_A, b, OFFSET_B, beta, c, OFFSET_C);

        for (int column = 0; column < n; column++) {
            for (int row = 0; row < m; row++) {
                double sum = beta * before[OFFSET_C + column * m + row];
                double size = Math.abs(sum);
                for (int i = 0; i < k; i++) {
                    double left = a[OFFSET_A + (transposeA ? row * k + i : i * m + row)];
                    double right = b[OFFSET_B + (transposeB ? i * n + column : column * k + i)];
                    sum += left * right;
                    size += Math.abs(left * right);
                }
                assertThat((double) c[OFFSET_C + column * m + row])
                        .as("[%d, %d], transposed %s %s, beta %s", row, column, transposeA, transposeB, beta)
                        .isCloseTo(sum, within(2e-7 * Math.sqrt(k) * size));
            }
        }
        assertThat(Arrays.copyOf(c, OFFSET_C)).containsOnly(UNTOUCHED);
        assertThat(Arrays.copyOfRange(c, OFFSET_C + m * n, c.length)).containsOnly(UNTOUCHED);
    }

    @Test
    void stridesPickPartsOfLargerMatrices() {
        float[] a = {1, 2, 9, 3, 4, 9}; // (1 3; 2 4)
        float[] b = {9, 5, 6, 9, 9, 7, 8, 9}; // (5 7; 6 8)
        float[] c = {9, 9, 9, 9, 9};

        blas.gemm(false, false, 2, 2, 2, a, 0, 3, b, 1, 4, 0f, c, 0, 3);

        assertThat(c).containsExactly(1 * 5 + 3 * 6, 2 * 5 + 4 * 6, 9, 1 * 7 + 3 * 8, 2 * 7 + 4 * 8);
    }

    @Test
    void betaZeroOverwritesWhateverWasThere() {
        float[] c = {Float.NaN, Float.POSITIVE_INFINITY};

        blas.gemm(false, false, 2, 1, 1, new float[] {2, 3}, 0, new float[] {5}, 0, 0f, c, 0);

        assertThat(c).containsExactly(10, 15);
    }

    @Test
    void sameProductGivesTheSameBits() {
        float[] a = random(128 * 128, 1);
        float[] b = random(128 * 16, 2);
        float[] once = new float[128 * 16];
        float[] again = new float[128 * 16];

        blas.gemm(false, false, 128, 16, 128, a, 0, b, 0, 0f, once, 0);
        blas.gemm(false, false, 128, 16, 128, a.clone(), 0, b.clone(), 0, 0f, again, 0);

        assertThat(again).containsExactly(once);
    }

    @Test
    void alignedArraysHaveRoomAfterTheirStart() {
        for (int size : new int[] {1, 13, 207, 1 << 20}) {
            float[] array = AlignedArrays.allocate(size);
            assertThat(array.length).isGreaterThanOrEqualTo(AlignedArrays.START + size);
        }
    }

    @Test
    void columnsAreAnOddNumberOfCacheLinesApart() {
        assertThat(IntStream.of(1, 16, 17, 100, 128, 512).map(AlignedArrays::stride))
                .containsExactly(16, 16, 48, 112, 144, 528);
        assertThat(IntStream.of(1, 16, 17, 128).map(AlignedArrays::padded)).containsExactly(16, 16, 32, 128);
    }

    private static float[] random(int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
