package cohort.network;

import cohort.linalg.AlignedArrays;
import cohort.linalg.Blas;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A network at work, over a whole sequence: recurrent layers on top of each other, h[-1] = 0, and the read-out of the last one,
 * o[t] = Wy h[t] + by. Forward, and backward from the gradient of the outputs to the exact gradient of all parameters
 * (backpropagation through time).
 *
 * <p>Arrays are flat. Owns its workspace: one thread at a time; see {@link Layer} for what it allocates.
 */
public final class RecurrentNetwork {
    /** Entries of the result up to which OpenBLAS takes a transposed matrix as it lies, on processors with AVX-512. */
    private static final int READOUT_ENTRIES = 1200;

    /** With more, pieces would be so few rows that calls cost more than they save. */
    private static final int MOST_OUTPUTS_IN_PIECES = 100;

    private final NetworkSpec spec;
    private final int maxSteps;
    private final int lanes;
    private final Blas blas = Blas.instance();
    private final Layer[] layers;

    /** Inputs, and units where nobody asks for another order, in their own order. */
    private final int[] inputsInOrder;

    private final int[][] unitsInOrder;

    /** (by, Wy), [output, 1 + place]. */
    private final float[] readoutWeights;
    /** o, [step, lane, output]. */
    private final float[] outputs;

    /** The gradient of (by, Wy), and that of each layer's inputs but the first's; once there is a backward pass. */
    private float[] readoutGradient;

    private float[][] inputGradients;

    /**
     * Allocates the workspace.
     *
     * @param maxSteps longest sequence
     * @param lanes sequences that run side by side (the batch size)
     */
    public RecurrentNetwork(NetworkSpec spec, int maxSteps, int lanes) {
        this.spec = spec;
        this.maxSteps = maxSteps;
        this.lanes = lanes;
        Parameters layout = new Parameters(spec);
        this.layers = new Layer[spec.layers()];
        this.unitsInOrder = new int[spec.layers()][];
        for (int l = 0; l < layers.length; l++) {
            int outputs = l == layers.length - 1 ? spec.outputs() : 0;
            Layer.Shape shape = new Layer.Shape(spec.layerInputs(l), spec.hidden(), outputs, maxSteps, lanes);
            layers[l] = spec.cell().newLayer(shape, layout.layer(l));
            unitsInOrder[l] = IntStream.range(0, spec.hidden()).toArray();
        }
        this.inputsInOrder = IntStream.range(0, spec.inputs()).toArray();
        this.readoutWeights = new float[(1 + spec.hidden()) * spec.outputs()];
        this.outputs = new float[Math.multiplyExact(Math.multiplyExact(maxSteps, lanes), spec.outputs())];
    }

    /** Length of the largest array of a workspace, or a little more: beyond what an array can hold there is none. */
    public static double largestArray(NetworkSpec spec, long maxSteps, int lanes) {
        int inputs = Math.max(spec.inputs(), spec.layerInputs(spec.layers() - 1));
        double places = AlignedArrays.padded(spec.hidden());
        double afferents = AlignedArrays.padded(inputs + 1) + places;
        double gates = (spec.cell().gates().size() + 1) * places; // a gate may have its inputs and states apart
        double gradients = AlignedArrays.padded(spec.outputs()) + gates;
        return (maxSteps + 2.0) * lanes * (Math.max(afferents, gradients) + AlignedArrays.LINE);
    }

    /** Takes over parameters, which are copied; units lie in the workspace in their own order. */
    public void load(Parameters parameters) {
        load(parameters, unitsInOrder);
    }

    /**
     * Takes over parameters, which are copied.
     *
     * @param unitOrders the unit at each place of the workspace, [layer][place]; those likely to be silent should come last
     */
    public void load(Parameters parameters, int[][] unitOrders) {
        int[] below = inputsInOrder;
        for (int l = 0; l < layers.length; l++) {
            layers[l].load(parameters, unitOrders[l], below);
            below = unitOrders[l];
        }
        int columns = 1 + spec.hidden();
        float[] values = parameters.values();
        for (int o = 0; o < spec.outputs(); o++) {
            readoutWeights[o * columns] = values[parameters.readoutBias().offset() + o];
            int from = parameters.readoutWeights().offset() + o * spec.hidden();
            for (int place = 0; place < spec.hidden(); place++) {
                readoutWeights[o * columns + 1 + place] = values[from + below[place]];
            }
        }
    }

    /**
     * Runs the network from a state of zero.
     *
     * @param inputs x, [step, lane, input]
     * @param steps length of the sequence, at most {@code maxSteps}
     */
    public void forward(float[] inputs, int steps) {
        if (steps < 1 || steps > maxSteps) {
            throw new IllegalArgumentException("steps is not between 1 and " + maxSteps + ": " + steps);
        }
        boolean mayBeSilent = spec.cell().canBeSilent();
        layers[0].forward(inputs, 0, spec.inputs(), steps, mayBeSilent);
        for (int l = 1; l < layers.length; l++) {
            Layer below = layers[l - 1];
            layers[l].forward(below.afferents(), below.stateAt(0), below.stateStride(), steps, mayBeSilent);
        }
        readOut(steps);
    }

    /** o of all steps; in pieces where OpenBLAS has a kernel for them. */
    private void readOut(int steps) {
        Layer last = top();
        int size = spec.outputs();
        int rows = steps * lanes;
        boolean inPieces = blas.info().smallProduct() < Integer.MAX_VALUE && size <= MOST_OUTPUTS_IN_PIECES;
        int most = inPieces ? READOUT_ENTRIES / size : rows;
        for (int row = 0; row < rows; row += most) {
            blas.gemm(
                    true,
                    false,
                    size,
                    Math.min(most, rows - row),
                    1 + last.activePlaces(),
                    readoutWeights,
                    0,
                    1 + spec.hidden(),
                    last.afferents(),
                    last.stateAt(row) - 1,
                    last.stateStride(),
                    0f,
                    outputs,
                    row * size,
                    size);
        }
    }

    /**
     * Computes the gradient of the parameters for the last forward pass.
     *
     * @param outputGradient do, [step, lane, output]
     * @param steps length of that pass
     * @param gradient receives the gradient; overwritten
     */
    public void backward(float[] outputGradient, int steps, Parameters gradient) {
        allocateBackward();
        if (activeUnits() < layers.length * spec.hidden()) {
            Arrays.fill(gradient.values(), 0f); // that of silent units
        }
        gradientOfReadout(outputGradient, steps, gradient);
        float[] above = outputGradient;
        for (int l = layers.length - 1; l >= 0; l--) {
            layers[l].backward(above, steps, inputGradients[l], gradient);
            above = inputGradients[l];
        }
    }

    private void allocateBackward() {
        if (readoutGradient == null) {
            readoutGradient = new float[readoutWeights.length];
            inputGradients = new float[layers.length][];
            for (int l = 1; l < layers.length; l++) {
                inputGradients[l] = top().shape().allSteps();
            }
        }
    }

    /** (dby, dWy) = sum do[t] (1, h[t])'. */
    private void gradientOfReadout(float[] outputGradient, int steps, Parameters gradient) {
        Layer last = top();
        int size = spec.outputs();
        int columns = 1 + last.activePlaces();
        blas.gemm(
                false,
                true,
                columns,
                size,
                steps * lanes,
                last.afferents(),
                last.stateAt(0) - 1,
                last.stateStride(),
                outputGradient,
                0,
                size,
                0f,
                readoutGradient,
                0,
                columns);
        float[] values = gradient.values();
        for (int o = 0; o < size; o++) {
            int from = o * columns;
            values[gradient.readoutBias().offset() + o] = readoutGradient[from];
            int row = gradient.readoutWeights().offset() + o * spec.hidden();
            for (int place = 0; place < last.activePlaces(); place++) {
                values[row + last.order()[place]] = readoutGradient[from + 1 + place];
            }
        }
    }

    private Layer top() {
        return layers[layers.length - 1];
    }

    public NetworkSpec spec() {
        return spec;
    }

    public int lanes() {
        return lanes;
    }

    public int maxSteps() {
        return maxSteps;
    }

    /** o of the last forward pass, [step, lane, output]. */
    public float[] outputs() {
        return outputs;
    }

    /** Units of all layers that took part in the products of the last forward pass. */
    public int activeUnits() {
        int sum = 0;
        for (Layer layer : layers) {
            sum += layer.activePlaces();
        }
        return sum;
    }

    /** Multiplications and additions of a time step's matrix products, forward and backward; without those that silent units save. */
    public double flopsPerStep() {
        long multiplications = 3L * spec.outputs() * (1 + top().activePlaces());
        for (int l = 0; l < layers.length; l++) {
            multiplications += layers[l].multiplications(l > 0);
        }
        return 2.0 * lanes * multiplications;
    }

    /** A copy of h of the last layer in the last forward pass, [step, lane, unit]. */
    public float[] copyStates(int steps) {
        int rows = steps * lanes;
        float[] states = new float[rows * spec.hidden()];
        for (int row = 0; row < rows; row++) {
            copyState(row, states, row * spec.hidden());
        }
        return states;
    }

    /** A copy of h of the last layer in one lane of the last forward pass, [step, unit]. */
    public float[] copyStates(int steps, int lane) {
        float[] states = new float[steps * spec.hidden()];
        for (int step = 0; step < steps; step++) {
            copyState(step * lanes + lane, states, step * spec.hidden());
        }
        return states;
    }

    private void copyState(int row, float[] into, int at) {
        Layer last = top();
        int from = last.stateAt(row);
        for (int place = 0; place < spec.hidden(); place++) {
            into[at + last.order()[place]] = last.afferents()[from + place];
        }
    }
}
