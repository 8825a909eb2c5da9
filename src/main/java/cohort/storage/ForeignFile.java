package cohort.storage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Files that people have networks in besides safetensors, told by how they begin; and what to do with them. */
enum ForeignFile {
    EMPTY("empty: it was never written, or not to its end"),
    NUMPY("NumPy's, not safetensors: safetensors.numpy.save_file(dict(numpy.load(FILE)), \"model.safetensors\")"
            + " makes one"),
    PYTORCH("PyTorch's pickle, not safetensors, and a pickle can run programs: "
            + "safetensors.torch.save_file(net.state_dict(), \"model.safetensors\") makes one"),
    ZIP("a zip archive, not safetensors"),
    HDF5("HDF5, as Keras writes it, not safetensors: safetensors.numpy.save_file makes one of a dict of arrays"),
    GZIP("compressed with gzip: gunzip it first"),
    GIT_LFS("a pointer of Git LFS, not the file itself: git lfs pull fetches it"),
    WEB_PAGE("a web page, not safetensors: the address of the download was another one");

    /** Bytes that are looked at. */
    private static final int BEGINNING = 512;

    private final String description;

    ForeignFile(String description) {
        this.description = description;
    }

    /** What such a file is, after "it is". */
    String description() {
        return description;
    }

    /** What a file is that is not safetensors. */
    static Optional<ForeignFile> of(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, BEGINNING), StandardCharsets.ISO_8859_1);
        if (start.isEmpty()) {
            return Optional.of(EMPTY);
        }
        if (start.startsWith("PK\3\4")) {
            return Optional.of(start.contains(".npy") ? NUMPY : start.contains("data.pkl") ? PYTORCH : ZIP);
        }
        if (start.startsWith("\u0093NUMPY")) {
            return Optional.of(NUMPY);
        }
        if (start.startsWith("\u0089HDF\r\n")) {
            return Optional.of(HDF5);
        }
        if (start.length() > 1 && start.charAt(0) == 0x80 && start.charAt(1) >= 2 && start.charAt(1) <= 5) {
            return Optional.of(PYTORCH); // how a pickle of that protocol begins
        }
        if (start.startsWith("\u001f\u008b")) {
            return Optional.of(GZIP);
        }
        if (start.startsWith("version https://git-lfs")) {
            return Optional.of(GIT_LFS);
        }
        return start.stripLeading().startsWith("<") ? Optional.of(WEB_PAGE) : Optional.empty();
    }
}
