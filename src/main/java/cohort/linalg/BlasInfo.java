package cohort.linalg;

import java.io.Serializable;
import java.util.Set;

/**
 * Which BLAS a JVM calls.
 *
 * @param implementation the library and its version, for instance "OpenBLAS 0.3.31" or "BLIS 0.9.0"
 * @param kernel the processor family its kernels are written for, for instance "SkylakeX" or "zen3"
 * @param fallbackReason why no native library is used, or empty if one is
 */
public record BlasInfo(String implementation, String kernel, String fallbackReason) implements Serializable {
    /** Processors with AVX2 for which OpenBLAS (0.3.31) has no kernels for small matrices. */
    private static final Set<String> WITHOUT_SMALL_KERNELS = Set.of("Haswell", "Zen");

    /** Whether the native library is in use. */
    public boolean isNative() {
        return fallbackReason.isEmpty();
    }

    /** Whether each product, however small, first copies its matrices into another order: two thirds of the time of a recurrent step. */
    public boolean rearrangesSmallMatrices() {
        return isOpenBlas() && WITHOUT_SMALL_KERNELS.contains(kernel);
    }

    /**
     * Multiplications up to which OpenBLAS, since 0.3.16, takes the matrices of a product as they lie, so that a larger one should
     * come in pieces. No limit where pieces gain nothing.
     */
    public int smallProduct() {
        return isOpenBlas() && !rearrangesSmallMatrices() ? 1_000_000 : Integer.MAX_VALUE;
    }

    private boolean isOpenBlas() {
        return implementation.startsWith("OpenBLAS");
    }

    @Override
    public String toString() {
        return implementation + " (" + kernel + ")";
    }
}
