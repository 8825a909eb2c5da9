package cohort.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** A'A v = s^2 v, and the squares of all s are the sum of squares of A: there are no other vectors. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 13", "13, 1", "13, 13", "14, 13", "13, 207", "207, 13", "70000, 2"})
    void singularVectorsAreThoseOfTheMatrix(int rows, int columns) {
        Random random = new Random(rows);
        double[] matrix = random.doubles((long) rows * columns, -1, 1).toArray();
        double[] copy = matrix.clone();

        SingularVectors singular = Breeze.singularVectors(matrix, rows, columns);

        assertThat(matrix).isEqualTo(copy);
        int count = Math.min(rows, columns);
        assertThat(singular.values()).hasSize(count).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(singular.vectors()).hasSize(count * columns);
        double sumOfSquares = dot(matrix, 0, matrix, 0, matrix.length);
        assertThat(dot(singular.values(), 0, singular.values(), 0, count))
                .isCloseTo(sumOfSquares, withinPercentage(1e-9));
        for (int k = 0; k < count; k++) {
            double[] image = new double[rows]; // A v
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    image[row] += matrix[column * rows + row] * singular.vectors()[k * columns + column];
                }
            }
            for (int column = 0; column < columns; column++) {
                double expected =
                        singular.values()[k] * singular.values()[k] * singular.vectors()[k * columns + column];
                assertThat(dot(matrix, column, image, 0, rows)).isCloseTo(expected, within(1e-12 * sumOfSquares));
            }
            assertThat(dot(singular.vectors(), k, singular.vectors(), k, columns))
                    .isCloseTo(1, within(1e-12));
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
