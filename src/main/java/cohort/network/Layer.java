package cohort.network;

import cohort.linalg.AlignedArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recurrent layer in its workspace: forward over a sequence, then backward over it. This class does the matrix products, a
 * subclass the equations of its cell from one step to the next, unit by unit.
 *
 * <p>What a unit receives, its <em>afferents</em> (x[t], 1, h[t-1]), lie side by side, so that a {@link Projection} of them is one
 * matrix product, and so is the gradient of its weights over the whole sequence.
 *
 * <p>A unit that stays silent in all lanes adds nothing to any other unit, and in cells that {@link Cell#canBeSilent() can be silent} no
 * gradient flows through it. The order of units in the workspace is the caller's choice: if those likely to be silent come
 * last, products end before them, and nothing else changes.
 *
 * <p>Arrays are flat; in a product a step is column-major, units x lanes. Arrays of a step are [lane, place], from
 * {@link AlignedArrays#START} on. One thread at a time, no allocation after the first backward pass.
 */
public abstract class Layer {
    protected static final int START = AlignedArrays.START;

    /**
     * What a layer is made for.
     *
     * @param inputs width of what it receives
     * @param hidden units
     * @param maxSteps longest sequence
     * @param lanes sequences that run side by side (the batch size)
     */
    public record Shape(int inputs, int hidden, int maxSteps, int lanes) {
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
    }

    /** The gradient of a layer's states that does not come through its own next step. */
    interface StateGradient {
        /** Writes that of a step, [lane, place] from START on. */
        void read(int step, float[] into);
    }

    private final Shape shape;
    private final Parameters.LayerViews views;
    private final List<Projection> projections = new ArrayList<>();

    /** The unit at each place of the workspace, and of that of the layer below, [place]. */
    private final int[] order;

    private final int[] orderBelow;
    /** (x[t], 1, h[t-1]), [step + 1, lane, afferent]; the last step has no x. */
    private final float[] afferents;

    private int activePlaces;

    private float[] stateBefore;

    /** h of the step being worked on; at the beginning of a step that of the step before. */
    protected final float[] state;
    /** In a backward step dL/dh, from above and from the next step's projections. */
    protected final float[] stateGradient;
    /** What a backward step hands to the one before it, besides through its projections. */
    protected final float[] carry;

    protected Layer(Shape shape, Parameters.LayerViews views) {
        this.shape = shape;
        this.views = views;
        this.order = new int[shape.hidden()];
        this.orderBelow = new int[shape.inputs()];
        int rows = Math.multiplyExact(shape.maxSteps() + 1, shape.lanes());
        // The read-out begins within a row, and netlib wants whole rows to follow.
        this.afferents = new float[Math.addExact(shape.inputs(), Math.multiplyExact(rows, shape.afferents()))];
        for (int row = 0; row < rows; row++) {
            afferents[row * shape.afferents() + shape.inputs()] = 1;
        }
        this.state = AlignedArrays.allocate(shape.stepSize());
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

    /** The projection that a block of rows of the layer's tensors makes of inputs and states: a gate's input. */
    protected final Projection projection(int block) {
        return projection(block, Projection.Afferents.ALL);
    }

    /** The part of it that comes from the inputs, with the first bias. */
    protected final Projection inputProjection(int block) {
        return projection(block, Projection.Afferents.INPUTS);
    }

    /** The part of it that comes from the states, with the second bias. */
    protected final Projection stateProjection(int block) {
        return projection(block, Projection.Afferents.STATES);
    }

    private Projection projection(int block, Projection.Afferents from) {
        Projection projection = new Projection(shape, views, block, from);
        projections.add(projection);
        return projection;
    }

    /** An array of all steps, [step, lane, place], in which a step keeps what its way back needs. */
    protected final float[] trace() {
        return shape.allSteps();
    }

    /** An array in which a backward step finds h of the step before: it lies among the afferents, and needs no trace. */
    protected final float[] stateBefore() {
        stateBefore = AlignedArrays.allocate(shape.stepSize());
        return stateBefore;
    }

    /** Sets what the first step finds; {@link #state} is 0 already. */
    protected void begin() {}

    /**
     * One step of the cell: from the inputs a in the projections and the state before to the state, keeping what the way back
     * needs.
     *
     * @param at where the step begins in an array of all steps
     * @param count entries of an array of a step
     */
    protected abstract void forwardStep(int at, int count);

    /**
     * The way back: from {@link #stateGradient}, {@link #carry} and what was kept to da in the projections, in their arrays of all steps,
     * and the carry of the step before.
     *
     * @param at where the step begins in an array of all steps
     * @param count entries of an array of a step
     */
    protected abstract void backwardStep(int at, int count);

    /** Says that of the units from this place on all have been silent so far, but not those before it. */
    protected final void activate(int places) {
        activePlaces = Math.max(activePlaces, places);
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
        for (Projection projection : projections) {
            projection.load(parameters.values(), order, orderBelow);
        }
    }

    /**
     * Runs the layer from a state of zero.
     *
     * @param inputs x, [step, lane, input], beginning at an index and with a distance between rows
     * @param mayBeSilent whether to leave out units for as long as they are silent
     */
    final void forward(float[] inputs, int offset, int stride, int steps, boolean mayBeSilent) {
        int lanes = shape.lanes();
        int hidden = shape.hidden();
        int stepSize = shape.stepSize();
        copyInputs(inputs, offset, stride, steps * lanes);
        for (Projection projection : projections) {
            projection.projectInputs(afferents, steps);
        }
        Arrays.fill(state, START, START + stepSize, 0f);
        begin();
        activePlaces = mayBeSilent ? 1 : hidden; // a product cannot be empty
        for (int t = 0; t < steps; t++) {
            for (Projection projection : projections) {
                projection.project(afferents, t, activePlaces);
            }
            forwardStep(shape.at(t), stepSize);
            for (int lane = 0; lane < lanes; lane++) {
                System.arraycopy(state, START + lane * shape.places(), afferents, stateAt(t * lanes + lane), hidden);
            }
        }
    }

    private void copyInputs(float[] inputs, int offset, int stride, int rows) {
        int width = shape.afferents();
        for (int row = 0; row < rows; row++) {
            System.arraycopy(inputs, offset + row * stride, afferents, row * width, shape.inputs());
        }
    }

    /**
     * The gradient of the layer's parameters for its last forward pass, and of its inputs.
     *
     * @param above where the gradient of the states comes from
     * @param inputGradient receives dL/dx, [step, lane, input], lanes padded as its places are; null if nobody needs it
     * @param gradient receives the gradient; that of silent units is left as it is
     */
    final void backward(StateGradient above, int steps, float[] inputGradient, Parameters gradient) {
        int stepSize = shape.stepSize();
        Arrays.fill(carry, START, START + stepSize, 0f);
        for (int t = steps - 1; t >= 0; t--) {
            above.read(t, stateGradient);
            if (t < steps - 1) {
                for (Projection projection : projections) {
                    projection.addStateGradient(stateGradient, t + 1, activePlaces);
                }
            }
            if (stateBefore != null) {
                copyStates(t - 1, stateBefore);
            }
            backwardStep(shape.at(t), stepSize);
            for (Projection projection : projections) {
                projection.addWeightGradient(afferents, t, steps, activePlaces);
            }
        }
        boolean first = true;
        for (Projection projection : projections) {
            projection.writeGradient(gradient.values(), order, orderBelow, activePlaces);
            if (inputGradient != null && projection.hasInputs()) {
                projection.addInputGradient(inputGradient, steps, first, activePlaces);
                first = false;
            }
        }
    }

    /** Copies h of a step, -1 or later, to an array of a step. */
    private void copyStates(int step, float[] into) {
        int hidden = shape.hidden();
        for (int lane = 0; lane < shape.lanes(); lane++) {
            int from = stateAt(step * shape.lanes() + lane);
            System.arraycopy(afferents, from, into, START + lane * shape.places(), hidden);
        }
    }

    /** The unit at each place of the workspace, [place]. */
    final int[] order() {
        return order;
    }

    /** Places from which on all units were silent in the last forward pass: their states are 0. */
    final int activePlaces() {
        return activePlaces;
    }

    /** (x[t], 1, h[t-1]) of the last forward pass, [step + 1, lane, afferent]. */
    final float[] afferents() {
        return afferents;
    }

    /** Where h of a row, step x lanes + lane, begins among the afferents: it is what the next step receives. */
    final int stateAt(int row) {
        return (row + shape.lanes()) * shape.afferents() + shape.inputs() + 1;
    }

    /** Distance between the states of two rows among the afferents. */
    final int stateStride() {
        return shape.afferents();
    }

    /** Multiplications of all products of a step, in one lane. */
    final long multiplications(boolean inputGradient) {
        return projections.stream()
                .mapToLong(projection -> projection.multiplications(activePlaces, inputGradient))
                .sum();
    }
}
