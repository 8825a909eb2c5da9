package cohort.storage;

import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.training.LearnerState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Networks as safetensors files with PyTorch's names and layout.
 *
 * <p>A model holds the parameters alone, so that {@code net.load_state_dict(load_file("model.safetensors"))} works on the tutorial's
 * class. The optimizer's state is a second file beside it, whose tensors carry the same names behind {@code moment1.},
 * {@code moment2.} and {@value #OUTER}.
 */
public final class ModelFile {
    /** What the names of the outer step's momentum begin with. */
    public static final String OUTER = "outer.";

    /** Bytes that are handed to a digest at once. */
    private static final int DIGEST_BLOCK = 1 << 16;

    private ModelFile() {}

    /** What the names of a moment begin with; the first is number 0. */
    public static String moment(int number) {
        return "moment" + (number + 1) + ".";
    }

    /** Encodes parameters. */
    public static byte[] model(Parameters parameters, Map<String, String> metadata) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        addTensors(tensors, "", parameters.spec(), parameters.values());
        return new Safetensors(tensors, metadata).toBytes();
    }

    /**
     * Encodes what is needed besides the parameters to go on with a training.
     *
     * @param outerVelocity the outer step's momentum
     */
    public static byte[] optimizer(
            NetworkSpec spec, LearnerState state, float[] outerVelocity, Map<String, String> metadata) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (int m = 0; m < state.moments().length; m++) {
            addTensors(tensors, moment(m), spec, state.moments()[m]);
        }
        addTensors(tensors, OUTER, spec, outerVelocity);
        return new Safetensors(tensors, metadata).toBytes();
    }

    /**
     * SHA-256 of the parameters alone, in hexadecimal: equal for equal networks, whatever else their files say. It is taken over
     * each tensor by ascending name: a line such as {@code fc.weight [3, 64]}, ended by a line feed, in UTF-8, and the values as
     * little-endian float32. In Python, over {@code sorted(load_file(path).items())}: {@code f"{name} {list(t.shape)}\n".encode()}
     * and {@code t.numpy().tobytes()}.
     */
    public static String digest(Parameters parameters) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        ByteBuffer block = ByteBuffer.allocate(DIGEST_BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        List<Parameters.View> byName = new ArrayList<>(parameters.views());
        byName.sort(Comparator.comparing(Parameters.View::name));
        for (Parameters.View view : byName) {
            String line = view.name() + " " + Arrays.toString(view.shape()) + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            int end = view.offset() + view.size();
            for (int from = view.offset(); from < end; from += DIGEST_BLOCK / 4) {
                int count = Math.min(DIGEST_BLOCK / 4, end - from);
                block.clear().asFloatBuffer().put(parameters.values(), from, count);
                digest.update(block.limit(4 * count));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void addTensors(
            Map<String, Safetensors.Tensor> tensors, String prefix, NetworkSpec spec, float[] values) {
        for (Parameters.View view : new Parameters(spec, values).views()) {
            FloatBuffer part = FloatBuffer.wrap(values, view.offset(), view.size()); // no copy: there may be gigabytes
            tensors.put(prefix + view.name(), new Safetensors.Tensor(view.shape(), part));
        }
    }

    /**
     * Decodes parameters; names of either of the tutorial's classes are understood.
     *
     * @throws IOException if the bytes are no safetensors file, or a tensor is missing, of another shape or not known, or a weight
     *     is no finite float32
     */
    public static Parameters parse(NetworkSpec spec, byte[] file) throws IOException {
        return parse(spec, file, wrapper -> {});
    }

    private static Parameters parse(NetworkSpec spec, byte[] file, Consumer<String> wrapped) throws IOException {
        Safetensors tensors;
        try {
            tensors = Safetensors.parse(file);
        } catch (IOException e) {
            Optional<ForeignFile> foreign = ForeignFile.of(file);
            throw foreign.isPresent() ? new IOException("it is " + foreign.get().description(), e) : e;
        }
        String prefix = WrappedNames.prefix(tensors.tensors().keySet());
        if (!prefix.isEmpty()) {
            wrapped.accept(prefix);
        }
        return parameters(spec, tensors, prefix);
    }

    /**
     * Reads parameters from a file.
     *
     * @param told hears what was not taken as it stands there
     * @throws IOException as {@link #parse} does, or if there is no such file; the message names it
     */
    public static Parameters read(Files files, NetworkSpec spec, String path, Consumer<String> told)
            throws IOException {
        try {
            return parse(
                    spec,
                    files.read(path),
                    prefix -> told.accept("model " + path + ": names of tensors are read without \""
                            + ForeignText.of(prefix) + "\" in front" + WrappedNames.origin(prefix)));
        } catch (IOException e) {
            throw new IOException("model " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Decodes the parameters whose names begin with a prefix.
     *
     * @throws IOException if a tensor is missing, of another shape or type, or not known, or a value is no finite float32
     */
    public static Parameters parameters(NetworkSpec spec, Safetensors file, String prefix) throws IOException {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>(file.tensors());
        tensors.keySet().removeIf(name -> !name.startsWith(prefix));
        if (prefix.isEmpty() && WrappedNames.areOptimizers(tensors.keySet())) {
            throw new IOException("it holds the state of an optimizer, not a network: try model.safetensors beside it");
        }
        Parameters parameters = new Parameters(spec);
        Set<String> unknown = new LinkedHashSet<>(tensors.keySet());
        for (Parameters.View view : parameters.views()) {
            String name = NetworkFit.name(view.tensor(), tensors, prefix);
            Safetensors.Tensor tensor = tensors.get(name);
            if (tensor == null) {
                throw new IOException("it has no tensor " + ForeignText.of(name)
                        + NetworkFit.of(spec, tensors, prefix)
                                .orElseGet(() -> "; it has " + ForeignText.list(tensors.keySet())));
            }
            if (!NetworkFit.hasShape(tensor, view.shape())) {
                throw new IOException("tensor " + ForeignText.of(name) + " is " + tensor.description()
                        + "; the configured network needs " + Arrays.toString(view.shape())
                        + NetworkFit.of(spec, tensors, prefix).orElse(""));
            }
            copy(ForeignText.of(name), tensor, view, parameters.values());
            unknown.remove(name);
        }
        if (!unknown.isEmpty()) {
            throw new IOException("the configured network has no use for its " + ForeignText.list(unknown)
                    + NetworkFit.of(spec, tensors, prefix).orElse(""));
        }
        return parameters;
    }

    /** Rounds to float32 and copies; what is then no number, or without end, is no weight. */
    private static void copy(String name, Safetensors.Tensor tensor, Parameters.View view, float[] into)
            throws IOException {
        if (!tensor.type().isWeight()) {
            throw new IOException("tensor " + name + " is " + tensor.description()
                    + "; weights are F64, F32, F16 or BF16 (in PyTorch: net.float())");
        }
        int columns = view.shape()[view.shape().length - 1];
        for (int i = 0; i < view.size(); i++) {
            double value = tensor.value(i);
            if (!Float.isFinite((float) value)) {
                String place = view.shape().length == 1 ? "[" + i + "]" : "[" + i / columns + ", " + i % columns + "]";
                throw new IOException("tensor " + name + " has " + value + " at " + place
                        + ": weights must be finite numbers of float32");
            }
            into[view.offset() + i] = (float) value;
        }
    }
}
