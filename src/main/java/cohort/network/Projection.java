package cohort.network;

import cohort.linalg.AlignedArrays;
import cohort.linalg.Blas;
import java.util.List;

/**
 * Linear maps of what the units of a layer receive, their <em>afferents</em> (x[t], 1, h[t-1]), to the inputs of gates:
 * a[t] = Wx x[t] + b + Wh h[t-1], of each gate its own, or the part of it that comes from the inputs alone, or from the states
 * alone. Holds a of a step, and in a backward pass da of some steps.
 *
 * <p>Forward, gates come one after the other, so that loops over one are simple. On the way back their da lie side by side, so that
 * what they give to the states they came from is one matrix product.
 */
final class Projection {
    private static final int START = AlignedArrays.START;

    /** Inputs up to which a product of their own for the whole sequence costs more than it saves. */
    private static final int FEW_INPUTS = 16;

    /** Multiplications of a matrix product up to which OpenBLAS (since 0.3.16, on x86-64) uses its kernels for small ones. */
    private static final int SMALL_PRODUCT = 1_000_000;

    /** Rows of a product that these kernels keep in registers, four vectors of 16. */
    private static final int TILE = 64;

    /**
     * The input of a gate.
     *
     * @param block which block of rows of the layer's tensors it has
     * @param takesInputs whether its inputs and the bias that belongs to them take part
     * @param takesStates whether the states and the bias that belongs to them take part
     */
    record Gate(int block, boolean takesInputs, boolean takesStates) {
        /** A gate that receives all there is. */
        static Gate of(int block) {
            return new Gate(block, true, true);
        }

        /** Its share of the biases: the first belongs to the inputs. */
        List<Parameters.View> biases(Parameters.LayerViews views) {
            List<Parameters.View> all = views.biases();
            return all.subList(takesInputs ? 0 : 1, takesStates ? all.size() : 1);
        }
    }

    private final Layer.Shape shape;
    private final List<Gate> gates;
    /** Gates that take states; they come first. */
    private final int recurrentGates;

    private final Blas blas = Blas.instance();
    private final GateWeights weights;
    /** The first afferent that takes part in the product of a step; those before it are done for the whole sequence at once. */
    private final int firstInStep;
    /** Distance between lanes of da. */
    private final int laneStride;
    /** a of the step being worked on, [gate, lane, place]. */
    private final float[] now;
    /** The inputs' part of a, if there are many; in a backward pass da of the last {@link #part} steps. [step, lane, gate, place] */
    private float[] steps = new float[0];
    /** Steps of a backward pass whose weight gradient is one product. */
    private int part;

    /** Rows of such a product. */
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
        this.now = AlignedArrays.allocate(Math.multiplyExact(gates.size(), shape.stepSize()));
    }

    /** a of the step being worked on, [gate, lane, place] from {@link AlignedArrays#START} on. */
    float[] now() {
        return now;
    }

    /** Where a of a gate begins. */
    int nowAt(int gate) {
        return START + gate * shape.stepSize();
    }

    /** da, to be left there by a backward step from {@link #gradientAt} on, [lane, gate, place]. */
    float[] gradients() {
        return steps;
    }

    /** Where da of a lane of a step begins; a gate has {@link Layer.Shape#places} floats of it. */
    int gradientAt(int step, int lane) {
        return START + (step % part * shape.lanes() + lane) * laneStride;
    }

    /** See {@link GateWeights#load}. */
    void load(float[] values, int[] order, int[] orderBelow) {
        weights.load(values, order, orderBelow);
    }

    /** The part of the inputs over the whole sequence, unless it rides along in the steps. */
    void projectInputs(float[] afferents, int count) {
        if (firstInStep > 0) {
            makeRoom(count);
            for (int g = 0; g < gates.size(); g++) {
                if (gates.get(g).takesInputs()) {
                    int to = START + g * shape.places();
                    product(g, 0, firstInStep, afferents, 0, count * shape.lanes(), 0f, steps, to, laneStride);
                }
            }
        }
    }

    /**
     * a of a step.
     *
     * @param activePlaces places from which on all states are 0
     */
    void project(float[] afferents, int step, int activePlaces) {
        for (int g = 0; g < gates.size(); g++) {
            Gate gate = gates.get(g);
            boolean begun = firstInStep > 0 && gate.takesInputs();
            if (begun) {
                for (int lane = 0; lane < shape.lanes(); lane++) {
                    int from = START + (step * shape.lanes() + lane) * laneStride + g * shape.places();
                    System.arraycopy(steps, from, now, nowAt(g) + lane * shape.places(), shape.places());
                }
            }
            int first = gate.takesInputs() ? firstInStep : shape.inputs();
            int row = step * shape.lanes();
            int end = end(gate, activePlaces);
            product(g, first, end, afferents, row, shape.lanes(), begun ? 1f : 0f, now, nowAt(g), shape.places());
        }
    }

    /** A gate's weights of some afferents, times these afferents of some rows. */
    private void product(
            int gate,
            int first,
            int end,
            float[] afferents,
            int row,
            int rows,
            float beta,
            float[] into,
            int to,
            int distance) {
        blas.gemm(
                false,
                false,
                shape.hidden(),
                rows,
                end - first,
                weights.forward(),
                weights.at(first) + gate * shape.places(),
                weights.stride(),
                afferents,
                shape.afferentAt(row, first),
                shape.afferentStride(),
                beta,
                into,
                to,
                distance);
    }

    /** Adds Wh' da of a step to the gradient of the states it came from. */
    void addStateGradient(float[] stateGradient, int step, int activePlaces) {
        int rows = (recurrentGates - 1) * shape.places() + activePlaces;
        int gatesAtOnce = Math.max(1, SMALL_PRODUCT / activePlaces / shape.lanes() / shape.places());
        int most = gatesAtOnce * shape.places();
        for (int row = 0; row < rows; row += most) {
            blas.gemm(
                    false,
                    false,
                    activePlaces,
                    shape.lanes(),
                    Math.min(most, rows - row),
                    weights.back(),
                    START + row * weights.backStride(),
                    weights.backStride(),
                    steps,
                    gradientAt(step, 0) + row,
                    laneStride,
                    1f,
                    stateGradient,
                    START,
                    shape.places());
        }
    }

    /**
     * Before a backward pass: decides how many steps make a part. OpenBLAS has kernels that read small matrices as they lie; larger ones it
     * first rearranges, which for a product as flat as dW takes a third of the time. And a part is done as soon as its da are
     * there, while they are in a cache. Where a step has several gates, few rows and many steps are better than many rows and
     * few steps: the gradient is read and written once for each part.
     *
     * @param count steps of the sequence
     */
    void beginBackward(int count, int activePlaces) {
        tile = gates.size() == 1 ? activePlaces : Math.min(activePlaces, TILE);
        part = Math.min(count, SMALL_PRODUCT / tile / (shape.inputs() + 1 + activePlaces) / shape.lanes());
        if (part == 0) {
            part = count;
            tile = activePlaces;
        }
        makeRoom(part);
    }

    private void makeRoom(int count) {
        int size = Math.multiplyExact(Math.multiplyExact(count, shape.lanes()), laneStride);
        if (steps.length < START + size) {
            steps = AlignedArrays.allocate(size);
        }
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
        float sum = step + part >= count ? 0f : 1f;
        float sumOfInputs = 0f;
        for (int g = 0; g < gates.size(); g++) {
            Gate gate = gates.get(g);
            int first = gate.takesInputs() ? 0 : shape.inputs();
            for (int place = 0; place < activePlaces; place += tile) {
                int row = g * shape.places() + place;
                blas.gemm(
                        false,
                        true,
                        Math.min(tile, activePlaces - place),
                        end(gate, activePlaces) - first,
                        rows,
                        steps,
                        START + row,
                        laneStride,
                        afferents,
                        shape.afferentAt(step * shape.lanes(), first),
                        shape.afferentStride(),
                        sum,
                        weights.gradient(),
                        weights.at(first) + row,
                        weights.stride());
            }
            if (inputGradient != null && gate.takesInputs()) {
                addInputGradient(inputGradient, step, rows, g, activePlaces, sumOfInputs);
                sumOfInputs = 1f;
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
                steps,
                START + gate * shape.places(),
                laneStride,
                beta,
                inputGradient,
                START + step * shape.lanes() * stride,
                stride);
    }

    /** The afferent after the last that takes part. */
    private int end(Gate gate, int activePlaces) {
        return shape.inputs() + 1 + (gate.takesStates() ? activePlaces : 0);
    }

    /** See {@link GateWeights#writeGradient}. */
    void writeGradient(float[] values, int[] order, int[] orderBelow, int activePlaces) {
        weights.writeGradient(values, order, orderBelow, activePlaces);
    }

    /** Multiplications of the last step's products, forward, backward and for the weights' gradient, in one lane. */
    long multiplications(int activePlaces, boolean inputGradient) {
        long all = 0;
        for (Gate gate : gates) {
            long columns = end(gate, activePlaces) - (gate.takesInputs() ? 0L : shape.inputs());
            long back = gate.takesStates() ? activePlaces : 0;
            long below = inputGradient && gate.takesInputs() ? shape.inputs() : 0;
            all += columns * shape.hidden() + (back + below + columns) * activePlaces;
        }
        return all;
    }
}
