package cohort.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The learned numbers of a network as one flat array with named views, each in PyTorch's name and row-major layout [out, in].
 * Gradients and optimizer moments have the same form.
 */
public final class Parameters {
    /**
     * A named part of the flat array.
     *
     * @param name PyTorch's name in the tutorial's classes
     * @param alias the other name the tensor is known by when a file is read
     * @param rows first dimension (length of a vector)
     * @param columns second dimension, or 0 for a vector
     * @param offset index of its first value
     */
    public record View(String name, String alias, int rows, int columns, int offset) {
        public int size() {
            return columns == 0 ? rows : rows * columns;
        }

        public int[] shape() {
            return columns == 0 ? new int[] {rows} : new int[] {rows, columns};
        }
    }

    private final NetworkSpec spec;
    private final float[] values;
    private final List<View> views = new ArrayList<>();
    private final View inputWeights;
    private final View inputBias;
    private final View recurrentWeights;
    private final View recurrentBias;
    private final View readoutWeights;
    private final View readoutBias;

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
        int in = spec.inputs();
        int hidden = spec.hidden();
        boolean two = spec.bias() == RecurrentBias.TWO;
        inputWeights = two
                ? view("rnn.input2h.weight", "rnn.Wxh", hidden, in)
                : view("rnn.Wxh", "rnn.input2h.weight", hidden, in);
        inputBias = two ? view("rnn.input2h.bias", "rnn.bh", hidden, 0) : view("rnn.bh", "rnn.input2h.bias", hidden, 0);
        recurrentWeights = two
                ? view("rnn.h2h.weight", "rnn.Whh", hidden, hidden)
                : view("rnn.Whh", "rnn.h2h.weight", hidden, hidden);
        recurrentBias = two ? view("rnn.h2h.bias", "rnn.h2h.bias", hidden, 0) : null;
        readoutWeights = view("fc.weight", "fc.weight", spec.outputs(), hidden);
        readoutBias = view("fc.bias", "fc.bias", spec.outputs(), 0);
        if (values.length != size(spec)) {
            throw new IllegalArgumentException(
                    "array has " + values.length + " values; " + spec + " needs " + size(spec));
        }
    }

    private View view(String name, String alias, int rows, int columns) {
        int offset = views.isEmpty()
                ? 0
                : views.get(views.size() - 1).offset()
                        + views.get(views.size() - 1).size();
        View view = new View(name, alias, rows, columns, offset);
        views.add(view);
        return view;
    }

    /** Number of learned values of a network. */
    public static int size(NetworkSpec spec) {
        int biases = spec.bias() == RecurrentBias.TWO ? 2 : 1;
        long size = (long) spec.hidden() * (spec.inputs() + spec.hidden() + biases + spec.outputs()) + spec.outputs();
        return Math.toIntExact(size);
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
        return List.copyOf(views);
    }

    /** Wx, [hidden, input]. */
    public View inputWeights() {
        return inputWeights;
    }

    /** bx, [hidden]; the only recurrent bias of a network that has one. */
    public View inputBias() {
        return inputBias;
    }

    /** Wh, [hidden, hidden]. */
    public View recurrentWeights() {
        return recurrentWeights;
    }

    /** Whether there is a second recurrent bias. */
    public boolean hasRecurrentBias() {
        return recurrentBias != null;
    }

    /** bh, [hidden], of a network with two recurrent biases. */
    public View recurrentBias() {
        return recurrentBias;
    }

    /** Wy, [output, hidden]. */
    public View readoutWeights() {
        return readoutWeights;
    }

    /** by, [output]. */
    public View readoutBias() {
        return readoutBias;
    }
}
