package cohort.network;

import cohort.linalg.AlignedArrays;
import cohort.linalg.Blas;
import java.util.List;

/**
 * A linear map of what the units of a layer receive, their <em>afferents</em> (x[t], 1, h[t-1]): a[t] = Wx x[t] + b + Wh h[t-1], for
 * instance the input of one gate; or the part of it that comes from the inputs alone, or from the states alone. Holds its
 * weights, a of every step, and in a backward pass da in its place and the gradient of the weights.
 *
 * <p>A few inputs ride along in the product of a step. If there are many, their part is one product for the whole sequence.
 */
final class Projection {
    private static final int START = AlignedArrays.START;

    /** Inputs up to which a product of their own costs more than it saves. */
    private static final int FEW_INPUTS = 16;

    /** Multiplications of a matrix product up to which OpenBLAS (since 0.3.16, on x86-64) uses its kernels for small ones. */
    private static final long SMALL_PRODUCT = 1_000_000;

    /** Which afferents take part. */
    enum Afferents {
        ALL,
        INPUTS,
        STATES
    }

    private final Layer.Shape shape;
    private final Parameters.LayerViews views;
    private final List<Parameters.View> biases;
    private final Afferents from;
    private final int firstRow;
    /** Distance between the weights of two afferents, or of two places. */
    private final int stride;

    private final Blas blas = Blas.instance();

    /** The first afferent, the first that takes part in the product of a step, and the one after the last. */
    private final int first;

    private final int firstInStep;
    private final int last;

    /** (Wx, b, Wh), [afferent - first, place]. */
    private final float[] weights;
    /** Wh, [place, place it comes from], for the way back. */
    private final float[] recurrentWeights;
    /** a of the step being worked on, [lane, place]. */
    private final float[] now;
    /** What the cell keeps of it, and then da, [step, lane, place]. */
    private final float[] steps;
    /** The gradient of the weights, laid out as they are; once there is a backward pass. */
    private float[] weightGradient;

    /**
     * @param block which block of rows of the layer's tensors it has
     */
    Projection(Layer.Shape shape, Parameters.LayerViews views, int block, Afferents from) {
        this.shape = shape;
        this.views = views;
        this.from = from;
        this.firstRow = block * shape.hidden();
        this.stride = AlignedArrays.stride(shape.hidden());
        this.now = AlignedArrays.allocate(shape.stepSize());
        this.steps = shape.allSteps();
        int constant = shape.inputs();
        int width = shape.afferents();
        switch (from) {
            case ALL -> {
                this.biases = views.biases();
                this.first = 0;
                this.last = width;
            }
            case INPUTS -> {
                this.biases = views.biases().subList(0, 1);
                this.first = 0;
                this.last = constant + 1;
            }
            default -> {
                this.biases = views.biases().subList(1, 2);
                this.first = constant;
                this.last = width;
            }
        }
        this.firstInStep = from == Afferents.STATES || shape.inputs() <= FEW_INPUTS ? first : constant + 1;
        this.weights = AlignedArrays.allocate(Math.multiplyExact(last - first, stride));
        this.recurrentWeights =
                isRecurrent() ? AlignedArrays.allocate(Math.multiplyExact(shape.hidden(), stride)) : null;
    }

    /** a of the step being worked on, [lane, place] from {@link AlignedArrays#START} on. */
    float[] now() {
        return now;
    }

    /** What a forward step keeps of a, of all steps, [step, lane, place]; a backward step leaves da in its place. */
    float[] steps() {
        return steps;
    }

    private boolean isRecurrent() {
        return from != Afferents.INPUTS;
    }

    boolean hasInputs() {
        return from != Afferents.STATES;
    }

    /**
     * Takes over weights, which are copied.
     *
     * @param order the unit at each place
     * @param orderBelow the input at each place of the inputs
     */
    void load(float[] values, int[] order, int[] orderBelow) {
        int hidden = shape.hidden();
        for (int place = 0; place < hidden; place++) {
            int row = firstRow + order[place];
            if (hasInputs()) {
                int at = views.inputWeights().offset() + row * shape.inputs();
                for (int c = 0; c < shape.inputs(); c++) {
                    weights[weight(c) + place] = values[at + orderBelow[c]];
                }
            }
            float bias = 0;
            for (Parameters.View view : biases) {
                bias += values[view.offset() + row];
            }
            weights[weight(shape.inputs()) + place] = bias;
        }
        if (isRecurrent()) {
            loadRecurrentWeights(values, order);
        }
    }

    /** Wh is stored [out, in], and used [in, out] on the way there; blocks stay in the first-level cache. */
    private void loadRecurrentWeights(float[] values, int[] order) {
        int hidden = shape.hidden();
        int offset = views.recurrentWeights().offset() + firstRow * hidden;
        for (int place = 0; place < hidden; place++) {
            int to = START + place * stride;
            int row = offset + order[place] * hidden;
            for (int j = 0; j < hidden; j++) {
                recurrentWeights[to + j] = values[row + order[j]];
            }
        }
        int start = weight(shape.inputs() + 1);
        for (int block = 0; block < hidden; block += AlignedArrays.LINE) {
            int end = Math.min(hidden, block + AlignedArrays.LINE);
            for (int j = 0; j < hidden; j++) {
                for (int place = block; place < end; place++) {
                    weights[start + j * stride + place] = recurrentWeights[START + place * stride + j];
                }
            }
        }
    }

    /** Where the weights of an afferent begin. */
    private int weight(int afferent) {
        return START + (afferent - first) * stride;
    }

    /** The part of the inputs over the whole sequence, unless it rides along in the steps. */
    void projectInputs(float[] afferents, int count) {
        if (firstInStep > first) {
            product(first, firstInStep, afferents, 0, count * shape.lanes(), 0f, steps, START);
        }
    }

    /**
     * a of a step.
     *
     * @param activePlaces places from which on all states are 0
     */
    void project(float[] afferents, int step, int activePlaces) {
        boolean begun = firstInStep > first;
        if (begun) {
            System.arraycopy(steps, shape.at(step), now, START, shape.stepSize());
        }
        int end = end(activePlaces);
        if (end > firstInStep) {
            product(firstInStep, end, afferents, step * shape.lanes(), shape.lanes(), begun ? 1f : 0f, now, START);
        }
    }

    private void product(int from, int to, float[] afferents, int row, int rows, float beta, float[] into, int at) {
        int hidden = shape.hidden();
        int width = shape.afferents();
        blas.gemm(
                false,
                false,
                hidden,
                rows,
                to - from,
                weights,
                weight(from),
                stride,
                afferents,
                row * width + from,
                width,
                beta,
                into,
                at,
                shape.places());
    }

    /** Adds Wh' da of a step to the gradient of the states it came from. */
    void addStateGradient(float[] stateGradient, int step, int activePlaces) {
        if (isRecurrent()) {
            blas.gemm(
                    false,
                    false,
                    activePlaces,
                    shape.lanes(),
                    activePlaces,
                    recurrentWeights,
                    START,
                    stride,
                    steps,
                    shape.at(step),
                    shape.places(),
                    1f,
                    stateGradient,
                    START,
                    shape.places());
        }
    }

    /**
     * Adds Wx' da of the whole sequence to the gradient of the inputs, [step, lane, input], lanes padded as places are.
     *
     * @param count steps of the sequence
     * @param overwrite whether what stands there is not to be added to
     */
    void addInputGradient(float[] inputGradient, int count, boolean overwrite, int activePlaces) {
        blas.gemm(
                true,
                false,
                shape.inputs(),
                count * shape.lanes(),
                activePlaces,
                weights,
                START,
                stride,
                steps,
                START,
                shape.places(),
                overwrite ? 0f : 1f,
                inputGradient,
                START,
                AlignedArrays.padded(shape.inputs()));
    }

    /**
     * (dWx, db, dWh) = sum da[t] (x[t], 1, h[t-1])', as one product for the whole sequence, or for as many steps as make a small one.
     * OpenBLAS has kernels that read small matrices as they lie; larger ones it first rearranges, which for a product as flat as
     * this one takes a third of the time. And a part is done as soon as its da are there, while they are in a cache.
     *
     * @param step the step worked on last, on the way back through so many
     */
    void addWeightGradient(float[] afferents, int step, int count, int activePlaces) {
        int width = shape.afferents();
        int columns = end(activePlaces) - first;
        if (weightGradient == null) {
            weightGradient = AlignedArrays.allocate((last - first) * stride);
        }
        long smallSteps = SMALL_PRODUCT / ((long) activePlaces * columns * shape.lanes());
        int part = smallSteps == 0 ? count : (int) Math.min(count, smallSteps);
        if (step % part == 0) {
            int end = Math.min(step + part, count);
            blas.gemm(
                    false,
                    true,
                    activePlaces,
                    columns,
                    (end - step) * shape.lanes(),
                    steps,
                    shape.at(step),
                    shape.places(),
                    afferents,
                    step * shape.lanes() * width + first,
                    width,
                    end == count ? 0f : 1f,
                    weightGradient,
                    START,
                    stride);
        }
    }

    /** The afferent after the last that took part in the last forward pass. */
    private int end(int activePlaces) {
        return isRecurrent() ? shape.inputs() + 1 + activePlaces : last;
    }

    /** Writes the gradient to where the weights came from; that of silent units is left as it is. */
    void writeGradient(float[] values, int[] order, int[] orderBelow, int activePlaces) {
        for (int place = 0; place < activePlaces; place++) {
            int row = firstRow + order[place];
            if (hasInputs()) {
                int at = views.inputWeights().offset() + row * shape.inputs();
                for (int c = 0; c < shape.inputs(); c++) {
                    values[at + orderBelow[c]] = weightGradient[weight(c) + place];
                }
            }
            for (Parameters.View view : biases) {
                values[view.offset() + row] = weightGradient[weight(shape.inputs()) + place];
            }
        }
        if (isRecurrent()) {
            writeRecurrentWeights(values, order, activePlaces);
        }
    }

    private void writeRecurrentWeights(float[] values, int[] order, int activePlaces) {
        int hidden = shape.hidden();
        int offset = views.recurrentWeights().offset() + firstRow * hidden;
        int start = weight(shape.inputs() + 1);
        for (int block = 0; block < activePlaces; block += AlignedArrays.LINE) {
            int end = Math.min(activePlaces, block + AlignedArrays.LINE);
            for (int j = 0; j < activePlaces; j++) {
                for (int place = block; place < end; place++) {
                    values[offset + order[place] * hidden + order[j]] = weightGradient[start + j * stride + place];
                }
            }
        }
    }

    /** Multiplications of the last step's products, forward, backward and for the weights' gradient, in one lane. */
    long multiplications(int activePlaces, boolean inputGradient) {
        long columns = (long) end(activePlaces) - first;
        long forward = columns * shape.hidden();
        long backward = isRecurrent() ? (long) activePlaces * activePlaces : 0;
        long below = inputGradient && hasInputs() ? (long) activePlaces * shape.inputs() : 0;
        return forward + backward + columns * activePlaces + below;
    }
}
