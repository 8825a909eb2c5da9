package cohort.network;

import cohort.linalg.AlignedArrays;
import cohort.linalg.Blas;
import java.util.Arrays;
import java.util.List;

/**
 * Linear maps of what the units of a layer receive, their <em>afferents</em> (x[t], 1, h[t-1]), to the inputs of gates:
 * a[t] = Wx x[t] + b + Wh h[t-1], of each gate its own, or the part of it that comes from the inputs alone, or from the states
 * alone. Holds a of a step, and in a backward pass da of some steps, of all gates side by side: so a step is one matrix product
 * each way, unless the BLAS is faster with pieces of it. What the read-out gives to the states, Wy' do, is part of that product.
 */
final class Projection {
    private static final int START = AlignedArrays.START;

    /** Inputs up to which a product of their own costs more than it saves. */
    private static final int FEW_INPUTS = 16;

    /** Steps whose inputs are projected at once, so that the result is still in a cache when its step comes. */
    private static final int STEPS_AHEAD = 8;

    /** Multiplications of a tile's weight gradient, over steps whose da and afferents are still in a cache. */
    private static final int PART = 1_500_000;

    /** Rows of a product that OpenBLAS keeps in registers, four vectors of 16. */
    private static final int TILE = 64;

    private final Layer.Shape shape;
    private final List<Gate> gates;
    /** Gates that take states; they come first. */
    private final int recurrentGates;

    private final Blas blas = Blas.instance();
    private final int smallProduct = blas.info().smallProduct();
    private final GateWeights weights;
    /** The first afferent that takes part in the product of a step; those before it are done ahead. */
    private final int firstInStep;
    /** Distance between lanes of a; with one gate there is no gap between them, which cells with one gate count on. */
    private final int laneStride;
    /** Distance between lanes of da. */
    private final int gradientStride;
    /** a of the step being worked on, [lane, gate, place]. */
    private final float[] now;
    /** Steps that are done ahead. */
    private final int stepsAhead;
    /** What of a is done ahead, [step, lane, gate, place]. */
    private final float[] ahead;
    /** (do[t-1], da[t]) of the last {@link #part} steps, [step, lane, ...]. */
    private float[] gradients = new float[0];
    /** Steps of a backward pass whose weight gradient is one product. */
    private int part;

    /** Rows of such a product, at least. */
    private int tile;

    /** @param gates those that take states first */
    Projection(Layer.Shape shape, Parameters.LayerViews views, List<Gate> gates) {
        this.shape = shape;
        this.gates = gates;
        this.recurrentGates = (int) gates.stream().filter(Gate::takesStates).count();
        this.weights = new GateWeights(shape, views, gates);
        this.firstInStep = shape.inputs() <= FEW_INPUTS ? 0 : shape.inputs();
        int rows = Math.multiplyExact(gates.size(), shape.places());
        this.laneStride = gates.size() == 1 ? rows : AlignedArrays.stride(rows);
        this.gradientStride = AlignedArrays.stride(AlignedArrays.padded(shape.outputs()) + rows);
        this.now = AlignedArrays.allocate(Math.multiplyExact(shape.lanes(), laneStride));
        this.stepsAhead = stepsAhead();
        int size = Math.multiplyExact(Math.multiplyExact(stepsAhead, shape.lanes()), laneStride);
        this.ahead = size == 0 ? new float[0] : AlignedArrays.allocate(size);
    }

    /** So many that their products are small ones, if a step's is. */
    private int stepsAhead() {
        if (firstInStep == 0 && recurrentGates == gates.size()) {
            return 0;
        }
        long multiplications = (long) shape.hidden() * shape.lanes() * (shape.inputs() + 1);
        int small = (int) (smallProduct / multiplications);
        return Math.min(small == 0 ? STEPS_AHEAD : Math.min(small, STEPS_AHEAD), shape.maxSteps());
    }

    /** a of gates that take states, of the step being worked on, [lane, gate, place]; a gate has {@link Layer.Shape#places} floats. */
    float[] now() {
        return now;
    }

    /** Where a of a lane begins. */
    int nowAt(int lane) {
        return START + lane * laneStride;
    }

    /** a of gates that take no states, laid out as a of a step is, from {@link #aheadAt} on. */
    float[] ahead() {
        return ahead;
    }

    /** Where a of a lane of a step begins among those done ahead. */
    int aheadAt(int step, int lane) {
        return START + (step % stepsAhead * shape.lanes() + lane) * laneStride;
    }

    /** da, to be left there by a backward step from {@link #gradientAt} on, laid out as a is. */
    float[] gradients() {
        return gradients;
    }

    /** Where da of a lane of a step begins. */
    int gradientAt(int step, int lane) {
        int row = step % part * shape.lanes() + lane;
        return START + row * gradientStride + AlignedArrays.padded(shape.outputs());
    }

    /** See {@link GateWeights#load}. */
    void load(Parameters parameters, int[] order, int[] orderBelow) {
        weights.load(parameters, order, orderBelow);
    }

    /**
     * a of a step.
     *
     * @param count steps of the sequence, which are projected in their order
     * @param activePlaces places from which on all states are 0
     */
    void project(float[] afferents, int step, int count, int activePlaces) {
        if (stepsAhead > 0 && step % stepsAhead == 0) {
            projectAhead(afferents, step, Math.min(stepsAhead, count - step));
        }
        boolean begun = firstInStep > 0;
        if (begun) {
            beginStep(step);
        }
        int columns = shape.inputs() + 1 + activePlaces - firstInStep;
        int rows = (recurrentGates - 1) * shape.places() + shape.hidden();
        int most = rowsAtOnce(columns);
        for (int row = 0; row < rows; row += most) {
            blas.gemm(
                    false,
                    false,
                    Math.min(most, rows - row),
                    shape.lanes(),
                    columns,
                    weights.forward(),
                    weights.at(firstInStep) + row,
                    weights.stride(),
                    afferents,
                    shape.afferentAt(step * shape.lanes(), firstInStep),
                    shape.afferentStride(),
                    begun ? 1f : 0f,
                    now,
                    START + row,
                    laneStride);
        }
    }

    private void projectAhead(float[] afferents, int step, int count) {
        for (int g = 0; g < gates.size(); g++) {
            int columns = gates.get(g).columnsAhead(shape, firstInStep);
            if (columns > 0) {
                blas.gemm(
                        false,
                        false,
                        shape.hidden(),
                        count * shape.lanes(),
                        columns,
                        weights.forward(),
                        weights.at(0) + g * shape.places(),
                        weights.stride(),
                        afferents,
                        shape.afferentAt(step * shape.lanes(), 0),
                        shape.afferentStride(),
                        0f,
                        ahead,
                        aheadAt(step, 0) + g * shape.places(),
                        laneStride);
            }
        }
    }

    /** Begins a of the step's product with what is done ahead of it, or 0. */
    private void beginStep(int step) {
        for (int lane = 0; lane < shape.lanes(); lane++) {
            for (int g = 0; g < recurrentGates; g++) {
                int to = nowAt(lane) + g * shape.places();
                if (gates.get(g).columnsAhead(shape, firstInStep) > 0) {
                    System.arraycopy(ahead, aheadAt(step, lane) + g * shape.places(), now, to, shape.places());
                } else {
                    Arrays.fill(now, to, to + shape.places(), 0f);
                }
            }
        }
    }

    /** Rows of a product of a step, of whole gates, up to which it is a small one. */
    private int rowsAtOnce(int columns) {
        int gatesAtOnce = smallProduct / columns / shape.lanes() / shape.places();
        return Math.max(1, Math.min(gatesAtOnce, gates.size())) * shape.places();
    }

    /**
     * The gradient of the states that a step leaves: Wy' do of the step, and Wh' da of the one after it.
     *
     * @param outputGradient do, [step, lane, output]; not looked at if there are no outputs
     * @param stateGradient receives it, [lane, place], at active places; without outputs it is added to what stands there
     * @param hasNext whether the sequence goes on after the step
     */
    void stateGradient(float[] outputGradient, float[] stateGradient, int step, boolean hasNext, int activePlaces) {
        int outputs = shape.outputs();
        int next = gradientAt(step + 1, 0);
        if (outputs > 0) {
            for (int lane = 0; lane < shape.lanes(); lane++) {
                int from = (step * shape.lanes() + lane) * outputs;
                System.arraycopy(outputGradient, from, gradients, next + lane * gradientStride - outputs, outputs);
            }
        }
        int end = hasNext ? (recurrentGates - 1) * shape.places() + activePlaces : 0;
        int most = rowsAtOnce(activePlaces);
        float beta = outputs > 0 ? 0f : 1f;
        for (int row = -outputs; row < end; row = Math.min(end, Math.max(row, 0) + most)) {
            int rows = Math.min(end, Math.max(row, 0) + most) - row;
            blas.gemm(
                    false,
                    false,
                    activePlaces,
                    shape.lanes(),
                    rows,
                    weights.back(),
                    weights.backAt(row),
                    weights.backStride(),
                    gradients,
                    next + row,
                    gradientStride,
                    beta,
                    stateGradient,
                    START,
                    shape.places());
            beta = 1f;
        }
    }

    /**
     * Before a backward pass: decides how many steps make a part. It is done as soon as its da are there, while they are in a cache. And
     * OpenBLAS has kernels that read small matrices as they lie; larger ones it first rearranges, which for a product as flat as dW
     * takes a third of the time. Where a step has several gates, few rows and many steps are better than many rows and few steps:
     * the gradient is read and written once for each part.
     *
     * @param count steps of the sequence
     */
    void beginBackward(int count, int activePlaces) {
        tile = gates.size() == 1 ? activePlaces : Math.min(activePlaces, TILE);
        part = Math.min(
                count, Math.min(PART, smallProduct) / tile / (shape.inputs() + 1 + activePlaces) / shape.lanes());
        if (part == 0) {
            part = count;
            tile = activePlaces;
        }
        part = ceilDiv(count, ceilDiv(count, part)); // all as long, or nearly
        gradients = withRoom(gradients, part, gradientStride);
    }

    private static int ceilDiv(int a, int b) {
        return (a + b - 1) / b; // Math has it from Java 18 on
    }

    private float[] withRoom(float[] array, int steps, int stride) {
        int size = Math.multiplyExact(Math.multiplyExact(steps, shape.lanes()), stride);
        return array.length < START + size ? AlignedArrays.allocate(size) : array;
    }

    /**
     * Once da of all steps of a part are there: adds (dWx, db, dWh) = sum da[t] (x[t], 1, h[t-1])' to the gradient of the weights, and
     * Wx' da to that of the inputs.
     *
     * @param step the step worked on last, on the way back through so many
     * @param inputGradient receives dL/dx, [step, lane, input], lanes padded as its places are; null if nobody needs it
     */
    void finishPart(float[] afferents, int step, int count, int activePlaces, float[] inputGradient) {
        if (step % part != 0) {
            return;
        }
        int rows = (Math.min(step + part, count) - step) * shape.lanes();
        float beta = step + part >= count ? 0f : 1f;
        float betaOfInputs = 0f;
        for (int g = 0; g < gates.size(); g++) {
            Gate gate = gates.get(g);
            int first = gate.takesInputs() ? 0 : shape.inputs();
            int columns = gate.end(shape, activePlaces) - first;
            int most = Math.max(tile, smallProduct / columns / rows / TILE * TILE);
            for (int place = 0; place < activePlaces; place += most) {
                int row = g * shape.places() + place;
                blas.gemm(
                        false,
                        true,
                        Math.min(most, activePlaces - place),
                        columns,
                        rows,
                        gradients,
                        gradientAt(step, 0) + row,
                        gradientStride,
                        afferents,
                        shape.afferentAt(step * shape.lanes(), first),
                        shape.afferentStride(),
                        beta,
                        weights.gradient(),
                        weights.at(first) + row,
                        weights.stride());
            }
            if (inputGradient != null && gate.takesInputs()) {
                addInputGradient(inputGradient, step, rows, g, activePlaces, betaOfInputs);
                betaOfInputs = 1f;
            }
        }
    }

    private void addInputGradient(float[] inputGradient, int step, int rows, int gate, int activePlaces, float beta) {
        int stride = AlignedArrays.padded(shape.inputs());
        blas.gemm(
                true,
                false,
                shape.inputs(),
                rows,
                activePlaces,
                weights.forward(),
                START + gate * shape.places(),
                weights.stride(),
                gradients,
                gradientAt(step, 0) + gate * shape.places(),
                gradientStride,
                beta,
                inputGradient,
                START + step * shape.lanes() * stride,
                stride);
    }

    /** See {@link GateWeights#writeGradient}. */
    void writeGradient(float[] values, int[] order, int[] orderBelow, int activePlaces) {
        weights.writeGradient(values, order, orderBelow, activePlaces);
    }

    /** Multiplications of the last step's products, zeros left out, forward, backward and for the weights' gradient, in one lane. */
    long multiplications(int activePlaces, boolean inputGradient) {
        return gates.stream()
                .mapToLong(gate -> gate.multiplications(shape, activePlaces, inputGradient))
                .sum();
    }
}
