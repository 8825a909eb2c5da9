package cohort.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * The matrix product that everything here is made of, on flat float arrays.
 *
 * <p>netlib (the library under Breeze and Spark MLlib) calls the OpenBLAS that Maven brings, so that nobody installs a BLAS by
 * hand, or {@link Blis} where that is installed and faster. Where OpenBLAS cannot be loaded, netlib's Java implementation runs
 * instead and one warning says why.
 */
public final class Blas {
    /** Held here so that the level set on it is not lost to garbage collection. */
    private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib");

    private static final Blas INSTANCE = load();

    private final BLAS delegate;
    private final BlasInfo info;

    private Blas(BLAS delegate, BlasInfo info) {
        this.delegate = delegate;
        this.info = info;
    }

    /** The BLAS of this JVM; the first call loads it. */
    public static Blas instance() {
        return INSTANCE;
    }

    private static Blas load() {
        NETLIB.setLevel(Level.WARNING);
        String reason;
        try {
            OpenBlas openBlas = OpenBlas.load();
            openBlas.useOneThread();
            BlasInfo info = openBlas.info();
            // Who asks for a kernel of OpenBLAS by name has a reason, such as a cluster with different processors.
            if (info.rearrangesSmallMatrices() && System.getenv("OPENBLAS_CORETYPE") == null) {
                Optional<Blis> blis = Blis.find();
                blis.ifPresent(Blis::use);
                info = blis.map(Blis::info).orElse(info);
            }
            return new Blas(NativeBLAS.getInstance(), info);
        } catch (LinkageError | IOException | RuntimeException e) {
            reason = String.valueOf(e.getMessage());
        }
        LoggerFactory.getLogger(Blas.class)
                .warn(
                        "OpenBLAS could not be loaded, so matrix products run in Java, 5 to 15 times slower. Reason: {}",
                        reason);
        BLAS java = JavaBLAS.getInstance();
        return new Blas(java, new BlasInfo("netlib " + java.getClass().getSimpleName(), "Java", reason));
    }

    public BlasInfo info() {
        return info;
    }

    /**
     * C = op(A) op(B) + beta C, all column-major and without gaps, starting at an offset of a flat array; op(M) is M or its
     * transpose. Allocates nothing. C must not overlap A or B.
     *
     * @param transposeA whether A is stored as [k, m] and used as its transpose
     * @param transposeB whether B is stored as [n, k] and used as its transpose
     * @param m rows of C
     * @param n columns of C
     * @param k columns of op(A) and rows of op(B)
     * @param beta 0 to overwrite C, 1 to add to it
     */
    public void gemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            int offsetA,
            float[] b,
            int offsetB,
            float beta,
            float[] c,
            int offsetC) {
        int strideA = transposeA ? k : m;
        int strideB = transposeB ? n : k;
        gemm(transposeA, transposeB, m, n, k, a, offsetA, strideA, b, offsetB, strideB, beta, c, offsetC, m);
    }

    /** The same for parts of larger matrices: a stride is the distance between two columns as they are stored. */
    public void gemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            int offsetA,
            int strideA,
            float[] b,
            int offsetB,
            int strideB,
            float beta,
            float[] c,
            int offsetC,
            int strideC) {
        delegate.sgemm(
                transposeA ? "T" : "N",
                transposeB ? "T" : "N",
                m,
                n,
                k,
                1f,
                a,
                offsetA,
                strideA,
                b,
                offsetB,
                strideB,
                beta,
                c,
                offsetC,
                strideC);
    }
}
