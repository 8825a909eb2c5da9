package cohort.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreezeTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 64})
    void theOrthogonalFactorIsOrthogonalAndSpansTheColumns(int n) {
        Random random = new Random(n);
        double[] matrix = random.doubles((long) n * n, -1, 1).toArray();
        double[] copy = matrix.clone();

        double[] q = Breeze.orthogonalFactor(matrix, n);

        assertThat(matrix).isEqualTo(copy);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(dot(q, i, q, j, n)).isEqualTo(i == j ? 1 : 0, within(1e-12));
                if (i > j) { // R = Q'A is upper triangular ...
                    assertThat(dot(q, i, matrix, j, n)).isEqualTo(0, within(1e-12));
                }
            }
            assertThat(dot(q, i, matrix, i, n)).isPositive(); // ... with a positive diagonal
        }
    }

    private static double dot(double[] a, int columnA, double[] b, int columnB, int n) {
        double sum = 0;
        for (int row = 0; row < n; row++) {
            sum += a[columnA * n + row] * b[columnB * n + row];
        }
        return sum;
    }
}
