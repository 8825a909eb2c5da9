package cohort.linalg;

import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import org.bytedeco.javacpp.Loader;

/** Unpacks the OpenBLAS that Maven brings, and calls the few of its functions that netlib has no door to. */
final class OpenBlas {
    /** The property in which netlib looks for the library to call. */
    static final String NETLIB_BLAS = "dev.ludovic.netlib.blas.nativeLibPath";

    /** The library last, after those it needs: Linux and macOS each have some of these files. */
    private static final String[] FILES = {
        "libquadmath.so.0",
        "libgcc_s.so.1",
        "libgfortran.so.5",
        "libopenblas.so.0",
        "libgcc_s.1.1.dylib",
        "libquadmath.0.dylib",
        "libgfortran.5.dylib",
        "libopenblas.0.dylib"
    };

    private final NativeLibrary library;

    private OpenBlas(NativeLibrary library) {
        this.library = library;
    }

    /**
     * Unpacks OpenBLAS into JavaCPP's cache folder, loads it into this process and tells netlib where it is.
     *
     * @throws UnsatisfiedLinkError if there is no build for this machine or it cannot be loaded; the message says why
     * @throws IOException if it cannot be unpacked
     */
    static OpenBlas load() throws IOException {
        String folder = "/org/bytedeco/openblas/" + Loader.getPlatform() + "/";
        NativeLibrary last = null;
        for (String name : FILES) {
            URL resource = OpenBlas.class.getResource(folder + name);
            if (resource != null) {
                last = NativeLibrary.getInstance(unpack(resource).getPath());
            }
        }
        if (last == null) {
            throw new UnsatisfiedLinkError("Cohort brings no OpenBLAS for " + Loader.getPlatform());
        }
        String path = last.getFile().getPath();
        System.setProperty(NETLIB_BLAS, path);
        System.setProperty("dev.ludovic.netlib.lapack.nativeLibPath", path);
        return new OpenBlas(last);
    }

    private static File unpack(URL resource) throws IOException {
        File file = Loader.cacheResource(resource);
        if (file == null) {
            throw new IOException("cannot unpack " + resource + " into " + Loader.getCacheDir());
        }
        return file;
    }

    /** Makes every call run on the calling thread alone: a Spark slot is one core. */
    void useOneThread() {
        library.getFunction("openblas_set_num_threads").invokeVoid(new Object[] {1});
    }

    BlasInfo info() {
        String config = string("openblas_get_config"); // for instance "OpenBLAS 0.3.31 NO_AFFINITY DYNAMIC_ARCH ..."
        String[] words = config.split(" ", 3);
        return new BlasInfo(words[0] + " " + words[1], string("openblas_get_corename"), "");
    }

    private String string(String name) {
        return library.getFunction(name).invokeString(new Object[0], false);
    }
}
