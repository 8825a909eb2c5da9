package cohort.network;

import cohort.linalg.AlignedArrays;
import cohort.linalg.Blas;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The forward pass of a leaky recurrent network with a linear read-out, over a whole sequence:
 *
 * <pre>
 * a[t] = Wx x[t] + bx + Wh h[t-1] + bh      z[t] = f(a[t])
 * h[t] = (1 - alpha) h[t-1] + alpha z[t]    o[t] = Wy h[t] + by        h[-1] = 0
 * </pre>
 *
 * <p>Activation inside, leak outside, as in the tutorial. What a unit receives, its <em>afferents</em> (x[t], 1, h[t-1]), lie side
 * by side, so that a step is one matrix product, a = (Wx, bx + bh, Wh) afferents; the read-out is one for the whole
 * sequence. Everything a backward pass needs is kept.
 *
 * <p>A rectified unit that stays silent in all lanes adds nothing to any other unit, and no gradient flows through it. The order
 * of units in the workspace is the caller's choice: if those likely to be silent come last, products end before them, and
 * nothing else changes. In the tutorial's network a third of the units are silent in any batch.
 *
 * <p>Arrays are flat; in a product a step is column-major, units x lanes. Owns its workspace: one thread at a time, no allocation
 * after construction.
 */
public final class LeakyRnn {
    private static final int START = AlignedArrays.START;

    private final NetworkSpec spec;
    private final int maxSteps;
    private final int lanes;
    private final Blas blas = Blas.instance();

    /** The unit at each place of the workspace, [place]. */
    private final int[] order;
    /** (Wx, bx + bh, Wh), [afferent, place]. */
    private final float[] weights;
    /** (by, Wy), [1 + place, output]. */
    private final float[] readoutWeights;

    /** (x[t], 1, h[t-1]), [step + 1, lane, afferent]; the last step has no x. */
    private final float[] afferents;
    /** z, [step, lane, place]. */
    private final float[] rates;
    /** o, [step, lane, output]. */
    private final float[] outputs;
    /** z and h of the step being worked on, [lane, place]. */
    private final float[] stepRates;

    private final float[] stepStates;

    private int activePlaces;

    /**
     * Allocates the workspace.
     *
     * @param maxSteps longest sequence
     * @param lanes sequences that run side by side (the batch size)
     */
    public LeakyRnn(NetworkSpec spec, int maxSteps, int lanes) {
        this.spec = spec;
        this.maxSteps = maxSteps;
        this.lanes = lanes;
        int hidden = spec.hidden();
        int rows = Math.multiplyExact(maxSteps, lanes);
        this.order = new int[hidden];
        this.weights = AlignedArrays.allocate(Math.multiplyExact(afferentCount(), hidden));
        this.readoutWeights = new float[(1 + hidden) * spec.outputs()];
        // The read-out begins within a row, and netlib wants whole rows to follow.
        this.afferents = new float[Math.addExact(spec.inputs(), Math.multiplyExact(rows + lanes, afferentCount()))];
        for (int row = 0; row < rows + lanes; row++) {
            afferents[row * afferentCount() + spec.inputs()] = 1;
        }
        this.rates = new float[Math.multiplyExact(rows, hidden)];
        this.outputs = new float[Math.multiplyExact(rows, spec.outputs())];
        this.stepRates = AlignedArrays.allocate(lanes * hidden);
        this.stepStates = AlignedArrays.allocate(lanes * hidden);
    }

    /** Takes over parameters, which are copied; units lie in the workspace in their own order. */
    public void load(Parameters parameters) {
        load(parameters, IntStream.range(0, spec.hidden()).toArray());
    }

    /**
     * Takes over parameters, which are copied.
     *
     * @param unitOrder the unit at each place of the workspace, [place]; those likely to be silent should come last
     */
    public void load(Parameters parameters, int[] unitOrder) {
        int in = spec.inputs();
        int hidden = spec.hidden();
        int outputs = spec.outputs();
        float[] values = parameters.values();
        System.arraycopy(unitOrder, 0, order, 0, hidden);
        System.arraycopy(values, parameters.readoutBias().offset(), readoutWeights, 0, outputs);
        for (int place = 0; place < hidden; place++) {
            int unit = order[place];
            for (int c = 0; c < in; c++) {
                weights[START + c * hidden + place] =
                        values[parameters.inputWeights().offset() + unit * in + c];
            }
            float bias = values[parameters.inputBias().offset() + unit];
            if (parameters.hasRecurrentBias()) {
                bias += values[parameters.recurrentBias().offset() + unit];
            }
            weights[START + in * hidden + place] = bias;
            for (int o = 0; o < outputs; o++) {
                readoutWeights[(1 + place) * outputs + o] =
                        values[parameters.readoutWeights().offset() + o * hidden + unit];
            }
        }
        loadRecurrentWeights(values, parameters.recurrentWeights().offset());
    }

    /** Wh is stored [out, in] and used [in, out]; blocks stay in the first-level cache. */
    private void loadRecurrentWeights(float[] values, int offset) {
        int hidden = spec.hidden();
        int start = START + (spec.inputs() + 1) * hidden;
        for (int block = 0; block < hidden; block += AlignedArrays.LINE) {
            int end = Math.min(hidden, block + AlignedArrays.LINE);
            for (int from = 0; from < hidden; from++) {
                for (int place = block; place < end; place++) {
                    weights[start + from * hidden + place] = values[offset + order[place] * hidden + order[from]];
                }
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
        int in = spec.inputs();
        int hidden = spec.hidden();
        int width = afferentCount();
        int stepSize = lanes * hidden;
        for (int row = 0; row < steps * lanes; row++) {
            for (int c = 0; c < in; c++) {
                afferents[row * width + c] = inputs[row * in + c];
            }
        }

        Arrays.fill(stepStates, START, START + stepSize, 0f);
        activePlaces = spec.activation().canBeSilent() ? 1 : hidden; // a product cannot be empty
        for (int t = 0; t < steps; t++) {
            int k = in + 1 + activePlaces;
            int at = t * lanes * width;
            blas.gemm(
                    false, false, hidden, lanes, k, weights, START, hidden, afferents, at, width, 0f, stepRates, START,
                    hidden);
            spec.activation().apply(stepRates, START, stepSize);
            leak(stepStates, stepRates, START, stepSize, (float) spec.alpha());
            extendActivePlaces();
            System.arraycopy(stepRates, START, rates, t * stepSize, stepSize);
            for (int lane = 0; lane < lanes; lane++) {
                int row = (t + 1) * lanes + lane;
                System.arraycopy(stepStates, START + lane * hidden, afferents, row * width + in + 1, hidden);
            }
        }

        int size = spec.outputs();
        int k = 1 + activePlaces;
        blas.gemm(
                false,
                false,
                size,
                steps * lanes,
                k,
                readoutWeights,
                0,
                size,
                afferents,
                lanes * width + in,
                width,
                0f,
                outputs,
                0,
                size);
    }

    /**
     * h[t] = (1 - alpha) h[t-1] + alpha z[t], in place. Java turns a loop into vector instructions only if all its arrays have the
     * same index; otherwise it would have to prove that they do not overlap.
     */
    private static void leak(float[] states, float[] rates, int from, int count, float alpha) {
        float keep = 1 - alpha;
        for (int i = from; i < from + count; i++) {
            states[i] = keep * states[i] + alpha * rates[i];
        }
    }

    /** Takes in the places of this step's rates that are not 0 in some lane. */
    private void extendActivePlaces() {
        int hidden = spec.hidden();
        int active = activePlaces;
        for (int lane = 0; lane < lanes; lane++) {
            int place = hidden;
            while (place > active && stepRates[START + lane * hidden + place - 1] == 0) {
                place--;
            }
            active = place;
        }
        activePlaces = active;
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

    /** Number of what a unit receives: inputs, a constant, units. */
    public int afferentCount() {
        return spec.inputs() + 1 + spec.hidden();
    }

    /** The unit at each place of the workspace, [place]. */
    public int[] order() {
        return order;
    }

    /** Places from which on all units were silent in the last forward pass: their rates and states are 0. */
    public int activePlaces() {
        return activePlaces;
    }

    /** (Wx, bx + bh, Wh), [afferent, place], from {@link AlignedArrays#START} on. */
    public float[] weights() {
        return weights;
    }

    /** (by, Wy), [1 + place, output]. */
    public float[] readoutWeights() {
        return readoutWeights;
    }

    /** o of the last forward pass, [step, lane, output]. */
    public float[] outputs() {
        return outputs;
    }

    /** z of the last forward pass, [step, lane, place]. */
    public float[] rates() {
        return rates;
    }

    /** (x[t], 1, h[t-1]) of the last forward pass, [step + 1, lane, afferent]. */
    public float[] afferents() {
        return afferents;
    }

    /** A copy of h of the last forward pass, [step, lane, unit]. */
    public float[] copyStates(int steps) {
        int rows = steps * lanes;
        float[] states = new float[rows * spec.hidden()];
        for (int row = 0; row < rows; row++) {
            copyState(row, states, row * spec.hidden());
        }
        return states;
    }

    /** A copy of h of one lane of the last forward pass, [step, unit]. */
    public float[] copyStates(int steps, int lane) {
        float[] states = new float[steps * spec.hidden()];
        for (int step = 0; step < steps; step++) {
            copyState(step * lanes + lane, states, step * spec.hidden());
        }
        return states;
    }

    /** Copies h of one step and lane, [unit]: it lies among what the next step receives. */
    private void copyState(int row, float[] into, int at) {
        int from = (row + lanes) * afferentCount() + spec.inputs() + 1;
        for (int place = 0; place < spec.hidden(); place++) {
            into[at + order[place]] = afferents[from + place];
        }
    }
}
