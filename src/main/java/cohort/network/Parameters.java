package cohort.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The learned numbers of a network as one flat array with named views, each in PyTorch's name and row-major layout [out, in].
 * Gradients and optimizer moments have the same form.
 */
public final class Parameters {
    /**
     * A tensor in the flat array.
     *
     * @param offset index of its first value
     */
    public record View(Tensor tensor, int offset) {
        public String name() {
            return tensor.name();
        }

        public int size() {
            return tensor.size();
        }

        public int[] shape() {
            return tensor.shape();
        }
    }

    /**
     * The tensors of a recurrent layer.
     *
     * @param inputWeights Wx, [gate and unit, input]
     * @param recurrentWeights Wh, [gate and unit, unit]
     * @param biases one or two, [gate and unit] each; they are added, the first belongs to the inputs
     */
    public record LayerViews(View inputWeights, View recurrentWeights, List<View> biases) {}

    private final NetworkSpec spec;
    private final float[] values;
    private final List<View> views;
    private final List<LayerViews> layers;

    /** Parameters that are all zero. */
    public Parameters(NetworkSpec spec) {
        this(spec, new float[size(spec)]);
    }

    /**
     * Wraps a flat array without copying it.
     *
     * @throws IllegalArgumentException if its length is not {@link #size}
     */
    public Parameters(NetworkSpec spec, float[] values) {
        this.spec = spec;
        this.values = values;
        this.views = views(spec);
        this.layers = layers(spec, views);
        int size = readoutBias().offset() + readoutBias().size();
        if (values.length != size) {
            throw new IllegalArgumentException("array has " + values.length + " values; " + spec + " needs " + size);
        }
    }

    /** All tensors of a network, in their order. */
    public static List<Tensor> tensors(NetworkSpec spec) {
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < spec.layers(); layer++) {
            tensors.addAll(spec.cell().tensors(layer, spec.layerInputs(layer), spec.hidden()));
        }
        tensors.add(new Tensor("fc.weight", Tensor.Role.READOUT, spec.outputs(), spec.hidden(), spec.hidden()));
        tensors.add(new Tensor("fc.bias", Tensor.Role.READOUT, spec.outputs(), 0, spec.hidden()));
        return tensors;
    }

    private static List<View> views(NetworkSpec spec) {
        List<View> views = new ArrayList<>();
        int offset = 0;
        for (Tensor tensor : tensors(spec)) {
            views.add(new View(tensor, offset));
            offset = Math.addExact(offset, tensor.size());
        }
        return List.copyOf(views);
    }

    private static List<LayerViews> layers(NetworkSpec spec, List<View> views) {
        List<LayerViews> layers = new ArrayList<>();
        int ofLayer = (views.size() - 2) / spec.layers(); // two are the read-out's
        for (int layer = 0; layer < spec.layers(); layer++) {
            List<View> own = views.subList(layer * ofLayer, (layer + 1) * ofLayer);
            layers.add(new LayerViews(
                    inRole(own, Tensor.Role.INPUT_WEIGHTS).get(0),
                    inRole(own, Tensor.Role.RECURRENT_WEIGHTS).get(0),
                    inRole(own, Tensor.Role.BIAS)));
        }
        return List.copyOf(layers);
    }

    private static List<View> inRole(List<View> views, Tensor.Role role) {
        return views.stream().filter(view -> view.tensor().role() == role).toList();
    }

    /** Number of learned values of a network. */
    public static int size(NetworkSpec spec) {
        return Math.toIntExact(tensors(spec).stream().mapToLong(Tensor::size).sum());
    }

    /** Number of those that are weights, each of which costs a multiplication in a time step. */
    public static long weights(NetworkSpec spec) {
        return tensors(spec).stream()
                .filter(tensor -> tensor.columns() > 0)
                .mapToLong(Tensor::size)
                .sum();
    }

    public NetworkSpec spec() {
        return spec;
    }

    /** The flat array itself, not a copy. */
    public float[] values() {
        return values;
    }

    /** All tensors, in the order in which they lie in {@link #values}. */
    public List<View> views() {
        return views;
    }

    /** The tensors of a recurrent layer, from 0 on. */
    public LayerViews layer(int layer) {
        return layers.get(layer);
    }

    /** Wy, [output, hidden]. */
    public View readoutWeights() {
        return views.get(views.size() - 2);
    }

    /** by, [output]. */
    public View readoutBias() {
        return views.get(views.size() - 1);
    }
}
