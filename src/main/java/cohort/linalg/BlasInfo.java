package cohort.linalg;

import java.io.Serializable;

/**
 * Which BLAS a JVM calls.
 *
 * @param implementation the library and its version, for instance "OpenBLAS 0.3.31"
 * @param kernel the processor family its kernels are written for, for instance "SkylakeX"
 * @param fallbackReason why no native library is used, or empty if one is
 */
public record BlasInfo(String implementation, String kernel, String fallbackReason) implements Serializable {
    /** Whether the native library is in use. */
    public boolean isNative() {
        return fallbackReason.isEmpty();
    }

    @Override
    public String toString() {
        return implementation + " (" + kernel + ")";
    }
}
