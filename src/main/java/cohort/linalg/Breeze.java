package cohort.linalg;

import breeze.linalg.DenseMatrix;
import breeze.linalg.DenseMatrix$mcD$sp;
import breeze.linalg.qr;
import breeze.linalg.qr$reduced$impl_reduced_DM_Double$;

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
}
