package cohort.linalg;

import breeze.linalg.DenseMatrix;
import breeze.linalg.DenseMatrix$mcD$sp;
import breeze.linalg.DenseVector;
import breeze.linalg.qr;
import breeze.linalg.qr$reduced$impl_reduced_DM_Double$;
import breeze.linalg.qr$reduced$justR$impl_reduced_DM_Double$;
import breeze.linalg.svd;
import breeze.linalg.svd$reduced$reduced_Svd_DM_Impl$;

/**
 * The one door to Breeze, Scala's linear algebra. Arrays go in and come out; its implicits are passed by hand here and nowhere
 * else.
 */
public final class Breeze {
    private Breeze() {}

    /**
     * The orthogonal factor Q of a square matrix, with the signs that make R's diagonal positive: of a matrix of
     * independent normal numbers it is uniform over all orthogonal matrices (Mezzadri 2007,
     * <a href="https://arxiv.org/abs/math-ph/0609050">arXiv</a>).
     *
     * @param matrix [n, n], column-major, not changed
     * @param n rows and columns
     * @return Q, [n, n], column-major
     */
    public static double[] orthogonalFactor(double[] matrix, int n) {
        Blas.instance(); // loads OpenBLAS, whose LAPACK Breeze then calls through netlib
        DenseMatrix<Object> input = new DenseMatrix$mcD$sp(n, n, matrix.clone());
        qr.QR<DenseMatrix<Object>> factors = qr$reduced$impl_reduced_DM_Double$.MODULE$.apply(input);
        double[] q = new double[n * n];
        for (int column = 0; column < n; column++) {
            double sign = Math.signum((Double) factors.r().apply(column, column));
            for (int row = 0; row < n; row++) {
                q[column * n + row] = sign * (Double) factors.q().apply(row, column);
            }
        }
        return q;
    }

    /**
     * The singular values of a matrix A = U S V' and its right singular vectors V, of any sign.
     *
     * <p>A = QR comes first: R has the same values and right vectors, and 60,000 rows of 128 columns take a third of a second.
     * It also has to: netlib 3.1 checks the room for U as if it were square, and turns Breeze's reduced decomposition of
     * a matrix with more rows than columns away.
     *
     * @param matrix A, [rows, columns], column-major, finite, not changed
     */
    public static SingularVectors singularVectors(double[] matrix, int rows, int columns) {
        Blas.instance(); // loads OpenBLAS, whose LAPACK Breeze then calls through netlib
        DenseMatrix<Object> input = new DenseMatrix$mcD$sp(rows, columns, matrix);
        DenseMatrix<Object> r = qr$reduced$justR$impl_reduced_DM_Double$.MODULE$.apply(input);
        svd.SVD<DenseMatrix<Object>, DenseVector<Object>> factors = svd$reduced$reduced_Svd_DM_Impl$.MODULE$.apply(r);
        int count = Math.min(rows, columns);
        double[] values = new double[count];
        double[] vectors = new double[count * columns];
        for (int k = 0; k < count; k++) {
            values[k] = (Double) factors.singularValues().apply(k);
            for (int column = 0; column < columns; column++) {
                vectors[k * columns + column] = (Double) factors.rightVectors().apply(k, column);
            }
        }
        return new SingularVectors(values, vectors);
    }
}
