package cohort.network;

import cohort.linalg.AlignedArrays;
import java.util.Arrays;
import java.util.List;

/**
 * A recurrent layer in its workspace: forward over a sequence, then backward over it. This class does the matrix products, a
 * subclass the equations of its cell from one step to the next, unit by unit.
 *
 * <p>What a unit receives, its <em>afferents</em> (x[t], 1, h[t-1]), lie side by side, so that a {@link Projection} of them is one
 * matrix product, and so is the gradient of its weights over many steps.
 *
 * <p>A unit that stays silent in all lanes adds nothing to any other unit, and in cells that {@link Cell#canBeSilent() can be silent} no
 * gradient flows through it. The order of units in the workspace is the caller's choice: if those likely to be silent come
 * last, products end before them, and nothing else changes.
 *
 * <p>Arrays are flat; in a product a step is column-major, units x lanes. Arrays of a step are [lane, place], from
 * {@link AlignedArrays#START} on. One thread at a time; no allocation once the longest part of a backward pass has been seen.
 */
public abstract class Layer {
    protected static final int START = AlignedArrays.START;

    /**
     * What a layer is made for.
     *
     * @param inputs width of what it receives
     * @param hidden units
     * @param outputs width of the read-out of its states, or 0 if another layer receives them
     * @param maxSteps longest sequence
     * @param lanes sequences that run side by side (the batch size)
     */
    public record Shape(int inputs, int hidden, int outputs, int maxSteps, int lanes) {
        /** Room for a lane in an array of a step: its units, and whatever fills the last cache line. */
        int places() {
            return AlignedArrays.padded(hidden);
        }

        int stepSize() {
            return lanes * places();
        }

        /** An array of all steps, [step, lane, place]; a step begins at {@link #at}. */
        float[] allSteps() {
            return AlignedArrays.allocate(Math.multiplyExact(maxSteps, stepSize()));
        }

        int at(int step) {
            return START + step * stepSize();
        }

        /** Number of what a unit receives: inputs, a constant, units. */
        int afferents() {
            return inputs + 1 + hidden;
        }

        /** Distance between the afferents of two rows. */
        int afferentStride() {
            return AlignedArrays.stride(AlignedArrays.padded(inputs + 1) + hidden);
        }

        /** Where an afferent of a row, step x lanes + lane, stands: the states begin with a cache line. */
        int afferentAt(int row, int afferent) {
            return START + row * afferentStride() + AlignedArrays.padded(inputs + 1) - (inputs + 1) + afferent;
        }
    }

    private final Shape shape;
    private final Projection projection;

    /** The unit at each place of the workspace, and of that of the layer below, [place]. */
    private final int[] order;

    private final int[] orderBelow;
    /** (x[t], 1, h[t-1]), [step + 1, lane, afferent]; the last step has no x. */
    private final float[] afferents;

    private int activePlaces;

    /** In a backward step dL/dh, from above and from the next step. */
    protected final float[] stateGradient;
    /** What a backward step hands to the one before it, besides through its weights. */
    protected final float[] carry;

    /** @param gates whose inputs the cell works on; those that take states first */
    Layer(Shape shape, Parameters.LayerViews views, List<Gate> gates) {
        this.shape = shape;
        this.projection = new Projection(shape, views, gates);
        this.order = new int[shape.hidden()];
        this.orderBelow = new int[shape.inputs()];
        int rows = Math.multiplyExact(shape.maxSteps() + 1, shape.lanes());
        this.afferents = AlignedArrays.allocate(Math.multiplyExact(rows, shape.afferentStride()));
        for (int row = 0; row < rows; row++) {
            afferents[shape.afferentAt(row, shape.inputs())] = 1;
        }
        this.stateGradient = AlignedArrays.allocate(shape.stepSize());
        this.carry = AlignedArrays.allocate(shape.stepSize());
    }

    /**
     * For cells that use Java's vector module, before anything of theirs is loaded.
     *
     * @throws IllegalStateException if Java was started without it
     */
    static void requireVectors() {
        String module = "jdk.incubator.vector";
        if (ModuleLayer.boot().findModule(module).isEmpty()) {
            throw new IllegalStateException("LSTM and GRU need the module " + module
                    + ": start Java with --add-modules=" + module + ", as spark-submit does");
        }
    }

    /** Inputs of gates as the layer's tensors make them of its inputs and states. */
    protected final Projection projection() {
        return projection;
    }

    /** An array of all steps, [step, lane, place], in which a step keeps what its way back needs. */
    protected final float[] trace() {
        return shape.allSteps();
    }

    /** Sets what the first step finds in the cell's own arrays. */
    protected void begin() {}

    /**
     * One step of the cell: from the gates' inputs a in the projection and the state before to the state, which it {@link #emit}s
     * or writes to {@link #stateAt} among the afferents, keeping what the way back needs.
     *
     * @param step number of the step; in an array of all steps it begins {@link #at} some index
     * @param count entries of an array of a step
     */
    protected abstract void forwardStep(int step, int count);

    /** Hands on h of a step, [lane, place] from START on. */
    protected final void emit(int step, float[] h) {
        for (int lane = 0; lane < shape.lanes(); lane++) {
            int row = step * shape.lanes() + lane;
            System.arraycopy(h, START + lane * shape.places(), afferents, stateAt(row), shape.hidden());
        }
    }

    /**
     * The way back: from {@link #stateGradient}, {@link #carry} and what was kept to da, which it {@link #emitGradient emits} or writes
     * to the projection, and the carry of the step before.
     *
     * @param step number of the step; in an array of all steps it begins {@link #at} some index
     * @param count entries of an array of a step
     */
    protected abstract void backwardStep(int step, int count);

    /** Hands on da of a step of a cell with one gate, [lane, place] from START on. */
    protected final void emitGradient(int step, float[] da) {
        for (int lane = 0; lane < shape.lanes(); lane++) {
            int from = START + lane * shape.places();
            System.arraycopy(da, from, projection.gradients(), projection.gradientAt(step, lane), shape.places());
        }
    }

    /** Where a step begins in an array of all steps, such as {@link #trace}. */
    protected final int at(int step) {
        return shape.at(step);
    }

    /** Says that the units from this place on have been silent so far; those before it take part in products. */
    protected final void activate(int places) {
        int even = Math.min(shape.hidden(), places + places % 2); // BLIS takes a fifth longer for 79 rows than for 80
        activePlaces = Math.max(activePlaces, even);
    }

    /** Units, and sequences side by side. */
    protected final Shape shape() {
        return shape;
    }

    /**
     * Takes over the layer's parameters, which are copied.
     *
     * @param unitOrder the unit at each place of the workspace, [place]; those likely to be silent should come last
     * @param unitOrderBelow the same of what the layer receives
     */
    final void load(Parameters parameters, int[] unitOrder, int[] unitOrderBelow) {
        System.arraycopy(unitOrder, 0, order, 0, order.length);
        System.arraycopy(unitOrderBelow, 0, orderBelow, 0, orderBelow.length);
        projection.load(parameters, order, orderBelow);
    }

    /**
     * Runs the layer from a state of zero.
     *
     * @param inputs x, [step, lane, input], beginning at an index and with a distance between rows
     * @param mayBeSilent whether to leave out units for as long as they are silent
     */
    final void forward(float[] inputs, int offset, int stride, int steps, boolean mayBeSilent) {
        copyInputs(inputs, offset, stride, steps * shape.lanes());
        begin();
        activePlaces = mayBeSilent ? 1 : shape.hidden(); // a product cannot be empty
        for (int t = 0; t < steps; t++) {
            projection.project(afferents, t, steps, t == 0 ? 0 : activePlaces); // the first states are 0
            forwardStep(t, shape.stepSize());
        }
    }

    private void copyInputs(float[] inputs, int offset, int stride, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(inputs, offset + row * stride, afferents, shape.afferentAt(row, 0), shape.inputs());
        }
    }

    /**
     * The gradient of the layer's parameters for its last forward pass, and of its inputs.
     *
     * @param above that of its read-out, [step, lane, output]; without one that of its states, an array of all steps
     * @param inputGradient receives dL/dx, [step, lane, input], lanes padded as its places are; null if nobody needs it
     * @param gradient receives the gradient; that of silent units is left as it is
     */
    final void backward(float[] above, int steps, float[] inputGradient, Parameters gradient) {
        int stepSize = shape.stepSize();
        Arrays.fill(carry, START, START + stepSize, 0f);
        projection.beginBackward(steps, activePlaces);
        for (int t = steps - 1; t >= 0; t--) {
            if (shape.outputs() == 0) {
                System.arraycopy(above, at(t), stateGradient, START, stepSize);
            }
            projection.stateGradient(above, stateGradient, t, t < steps - 1, activePlaces);
            backwardStep(t, stepSize);
            projection.finishPart(afferents, t, steps, activePlaces, inputGradient);
        }
        projection.writeGradient(gradient.values(), order, orderBelow, activePlaces);
    }

    /** The unit at each place of the workspace, [place]. */
    final int[] order() {
        return order;
    }

    /** Places from which on all units were silent in the last forward pass, their states 0; even, unless that is all units. */
    final int activePlaces() {
        return activePlaces;
    }

    /** (x[t], 1, h[t-1]) of the last forward pass, [step + 1, lane, afferent]; see {@link #stateAt}. */
    protected final float[] afferents() {
        return afferents;
    }

    /** Where h of a row, step x lanes + lane, begins among the afferents: it is what the next step receives. That of step -1 is 0. */
    protected final int stateAt(int row) {
        return shape.afferentAt(row + shape.lanes(), shape.inputs() + 1);
    }

    /** Distance between the states of two rows among the afferents. */
    final int stateStride() {
        return shape.afferentStride();
    }

    /** Multiplications of all products of a step, in one lane. */
    final long multiplications(boolean inputGradient) {
        return projection.multiplications(activePlaces, inputGradient);
    }
}
