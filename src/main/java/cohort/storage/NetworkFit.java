package cohort.storage;

import cohort.network.Activation;
import cohort.network.Cell;
import cohort.network.CellKind;
import cohort.network.LeakyCell;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.network.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells which network a model file is of, by the names and shapes of its tensors. */
final class NetworkFit {
    private static final String READOUT = "fc.weight";
    /** Units of a layer for which no product of sizes overflows. */
    private static final int MOST_UNITS = 1 << 14;

    private NetworkFit() {}

    /** Name of a network's tensor in a file: its own, or the other one if that is there. */
    static String name(Tensor tensor, Map<String, Safetensors.Tensor> tensors, String prefix) {
        boolean other = !tensors.containsKey(prefix + tensor.name()) && tensors.containsKey(prefix + tensor.alias());
        return prefix + (other ? tensor.alias() : tensor.name());
    }

    static boolean hasShape(Safetensors.Tensor tensor, int[] shape) {
        return Arrays.equals(tensor.shape(), Arrays.stream(shape).asLongStream().toArray());
    }

    /** A sentence with the keys of the configuration that would make a file fit; nothing if there are none. */
    static Optional<String> of(NetworkSpec configured, Map<String, Safetensors.Tensor> tensors, String prefix) {
        for (CellKind kind : CellKind.values()) {
            for (RecurrentBias bias : RecurrentBias.values()) {
                Optional<NetworkSpec> fitting = candidate(kind.of(1, Activation.RELU, bias), tensors, prefix)
                        .filter(spec -> fits(spec, tensors, prefix));
                if (fitting.isPresent()) {
                    String keys = differences(configured, fitting.get());
                    return keys.isEmpty() ? Optional.empty() : Optional.of(". It fits " + keys);
                }
            }
        }
        return Optional.empty();
    }

    /** The network of this cell that could have some of these shapes and as many tensors. */
    private static Optional<NetworkSpec> candidate(Cell cell, Map<String, Safetensors.Tensor> tensors, String prefix) {
        List<Tensor> layer = cell.tensors(0, 1, 1);
        Tensor inputWeights = layer.stream()
                .filter(tensor -> tensor.role() == Tensor.Role.INPUT_WEIGHTS)
                .findFirst()
                .orElseThrow();
        Safetensors.Tensor input = tensors.get(name(inputWeights, tensors, prefix));
        Safetensors.Tensor readout = tensors.get(prefix + READOUT);
        int layers = (tensors.size() - 2) / layer.size();
        if (!isSmallMatrix(input) || !isSmallMatrix(readout) || layers < 1) {
            return Optional.empty();
        }
        int inputs = (int) input.shape()[1];
        int outputs = (int) readout.shape()[0];
        int hidden = (int) readout.shape()[1];
        return Optional.of(new NetworkSpec(inputs, hidden, layers, outputs, cell));
    }

    private static boolean isSmallMatrix(Safetensors.Tensor tensor) {
        return tensor != null
                && tensor.shape().length == 2
                && Arrays.stream(tensor.shape()).allMatch(n -> n > 0 && n <= MOST_UNITS);
    }

    private static boolean fits(NetworkSpec spec, Map<String, Safetensors.Tensor> tensors, String prefix) {
        List<Tensor> needed = Parameters.tensors(spec);
        return needed.size() == tensors.size()
                && needed.stream().allMatch(tensor -> {
                    Safetensors.Tensor found = tensors.get(name(tensor, tensors, prefix));
                    return found != null && hasShape(found, tensor.shape());
                });
    }

    private static String differences(NetworkSpec configured, NetworkSpec file) {
        List<String> keys = new ArrayList<>();
        if (configured.cell().kind() != file.cell().kind()) {
            keys.add("network.cell = " + file.cell().kind().label());
        }
        if (configured.layers() != file.layers()) {
            keys.add("network.layers = " + file.layers());
        }
        if (configured.hidden() != file.hidden()) {
            keys.add("network.hidden = " + file.hidden());
        }
        if (file.cell() instanceof LeakyCell leaky
                && !(configured.cell() instanceof LeakyCell other && other.bias() == leaky.bias())) {
            keys.add("network.bias = " + leaky.bias().name().toLowerCase(Locale.ROOT));
        }
        if (configured.inputs() != file.inputs() || configured.outputs() != file.outputs()) {
            keys.add("a task of " + file.inputs() + " inputs and " + file.outputs() + " outputs (task)");
        }
        return String.join(", ", keys);
    }
}
