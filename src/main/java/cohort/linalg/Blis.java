package cohort.linalg;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Optional;

/**
 * BLIS, where it is installed (Debian's libblis4-serial). It multiplies small matrices as they lie, on every processor with AVX2;
 * OpenBLAS can do so only with AVX-512, and elsewhere takes twice as long for a recurrent step.
 */
final class Blis {
    private static final String FILE = "libblis.so.4";

    /** Bits of the integers that netlib passes. */
    private static final int INTEGER = 32;

    private final NativeLibrary library;
    private final Function setThreads;
    private final BlasInfo info;

    /** @throws UnsatisfiedLinkError if it lacks a function */
    private Blis(NativeLibrary library) {
        this.library = library;
        this.setThreads = library.getFunction("bli_thread_set_num_threads");
        String version = library.getFunction("bli_info_get_version_str").invokeString(new Object[0], false);
        int family = library.getFunction("bli_arch_query_id").invokeInt(new Object[0]);
        String kernel = library.getFunction("bli_arch_string").invokeString(new Object[] {family}, false);
        this.info = new BlasInfo("BLIS " + version, kernel, "");
    }

    /** Loads it into this process, unless there is none that netlib can call. */
    static Optional<Blis> find() {
        try {
            NativeLibrary library = NativeLibrary.getInstance(FILE);
            int integer = library.getFunction("bli_info_get_blas_int_type_size").invokeInt(new Object[0]);
            return integer == INTEGER ? Optional.of(new Blis(library)) : Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    /** Tells netlib to call it, on one thread. */
    void use() {
        setThreads.invokeVoid(new Object[] {1L});
        System.setProperty(OpenBlas.NETLIB_BLAS, library.getFile().getPath());
    }

    BlasInfo info() {
        return info;
    }
}
