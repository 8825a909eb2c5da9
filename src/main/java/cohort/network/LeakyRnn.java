package cohort.network;

import cohort.linalg.AlignedArrays;
import cohort.linalg.Blas;
import java.util.Arrays;

/**
 * The forward pass of a leaky recurrent network with a linear read-out, over a whole sequence:
 *
 * <pre>
 * a[t] = Wx x[t] + bx + Wh h[t-1] + bh      z[t] = f(a[t])
 * h[t] = (1 - alpha) h[t-1] + alpha z[t]    o[t] = Wy h[t] + by        h[-1] = 0
 * </pre>
 *
 * <p>Activation inside, leak outside, as in the tutorial. Everything a backward pass needs is kept. Sequences are flat
 * arrays [step, lane, unit]; read column-major, a step is units x lanes and a sequence is units x (steps lanes), so that the
 * read-out is one matrix product. The input drive is made step by step, beside the recurrence: for a whole sequence it would
 * leave the cache before it is used. Owns its workspace: one thread at a time, no allocation after construction.
 */
public final class LeakyRnn {
    private final NetworkSpec spec;
    private final int maxSteps;
    private final int lanes;
    private final Blas blas = Blas.instance();

    /** Both copies of Wh: [in, out] for the forward, [out, in] for the backward product. Neither is then a transposed
     * product, which OpenBLAS runs at a third of the speed at this size. */
    private final float[] recurrentWeights;

    private final int backwardWeights;
    /** Wx and the sum of the biases, [in + 1, out]: the bias is the weight of an input that is always 1. */
    private final float[] driveWeights;
    /** Both copies of Wy: [hidden, output] for the forward, [output, hidden] for the backward product. */
    private final float[] readoutWeights;

    private final float[] backwardReadoutWeights;

    private final float[] readoutBias;

    private final float[] drive;
    private final float[] rates;
    private final float[] states;
    private final float[] outputs;

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
        this.backwardWeights = AlignedArrays.START + AlignedArrays.roundUp(hidden * hidden);
        this.recurrentWeights = AlignedArrays.allocate(AlignedArrays.roundUp(hidden * hidden) + hidden * hidden);
        this.driveWeights = new float[hidden * (spec.inputs() + 1)];
        this.readoutWeights = new float[hidden * spec.outputs()];
        this.backwardReadoutWeights = new float[hidden * spec.outputs()];
        this.readoutBias = new float[spec.outputs()];
        this.drive = new float[Math.multiplyExact(rows, spec.inputs() + 1)];
        this.rates = AlignedArrays.allocate(Math.multiplyExact(rows, hidden));
        this.states = AlignedArrays.allocate(Math.multiplyExact(rows, hidden));
        this.outputs = new float[Math.multiplyExact(rows, spec.outputs())];
    }

    /** Takes over parameters; they are copied. */
    public void load(Parameters parameters) {
        int in = spec.inputs();
        int hidden = spec.hidden();
        float[] values = parameters.values();
        int wx = parameters.inputWeights().offset();
        int bx = parameters.inputBias().offset();
        transpose(values, wx, hidden, in, driveWeights, 0);
        System.arraycopy(values, bx, driveWeights, in * hidden, hidden);
        if (parameters.hasRecurrentBias()) {
            int bh = parameters.recurrentBias().offset();
            for (int unit = 0; unit < hidden; unit++) {
                driveWeights[in * hidden + unit] += values[bh + unit];
            }
        }
        int wh = parameters.recurrentWeights().offset();
        System.arraycopy(values, wh, recurrentWeights, backwardWeights, hidden * hidden);
        transpose(values, wh, hidden, hidden, recurrentWeights, AlignedArrays.START);
        int wy = parameters.readoutWeights().offset();
        System.arraycopy(values, wy, backwardReadoutWeights, 0, backwardReadoutWeights.length);
        transpose(values, wy, spec.outputs(), hidden, readoutWeights, 0);
        System.arraycopy(values, parameters.readoutBias().offset(), readoutBias, 0, spec.outputs());
    }

    /** Writes the [columns, rows] transpose of a [rows, columns] matrix, in blocks that stay in the first-level cache. */
    private static void transpose(float[] from, int fromOffset, int rows, int columns, float[] to, int toOffset) {
        final int block = 16;
        for (int rowBlock = 0; rowBlock < rows; rowBlock += block) {
            int lastRow = Math.min(rows, rowBlock + block);
            for (int column = 0; column < columns; column++) {
                for (int row = rowBlock; row < lastRow; row++) {
                    to[toOffset + column * rows + row] = from[fromOffset + row * columns + column];
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
        int rows = steps * lanes;
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < in; c++) {
                drive[row * (in + 1) + c] = inputs[row * in + c];
            }
            drive[row * (in + 1) + in] = 1;
        }

        int stepSize = lanes * hidden;
        for (int t = 0; t < steps; t++) {
            int at = AlignedArrays.START + t * stepSize;
            int driveAt = t * lanes * (in + 1);
            blas.gemm(false, false, hidden, lanes, in + 1, driveWeights, 0, drive, driveAt, 0f, rates, at);
            if (t == 0) {
                Arrays.fill(states, at, at + stepSize, 0f); // h[-1] = 0: nothing to multiply
            } else {
                int before = at - stepSize;
                blas.gemm(
                        false,
                        false,
                        hidden,
                        lanes,
                        hidden,
                        recurrentWeights,
                        AlignedArrays.START,
                        states,
                        before,
                        1f,
                        rates,
                        at);
                System.arraycopy(states, before, states, at, stepSize);
            }
            spec.activation().apply(rates, at, stepSize);
            leak(states, rates, at, stepSize, (float) spec.alpha());
        }

        blas.gemm(
                false,
                false,
                spec.outputs(),
                rows,
                hidden,
                readoutWeights,
                0,
                states,
                AlignedArrays.START,
                0f,
                outputs,
                0);
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < readoutBias.length; o++) {
                outputs[row * readoutBias.length + o] += readoutBias[o];
            }
        }
    }

    /**
     * h[t] = (1 - alpha) h[t-1] + alpha z[t], where h[t-1] has been copied to h[t]'s place. Java turns a loop into vector
     * instructions only if all its arrays have the same index; otherwise it would have to prove that they do not overlap.
     */
    private static void leak(float[] states, float[] rates, int from, int count, float alpha) {
        float keep = 1 - alpha;
        for (int i = from; i < from + count; i++) {
            states[i] = keep * states[i] + alpha * rates[i];
        }
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

    /** z of the last forward pass, [step, lane, unit], from {@link AlignedArrays#START} on. */
    public float[] rates() {
        return rates;
    }

    /** h of the last forward pass, [step, lane, unit], from {@link AlignedArrays#START} on. */
    public float[] states() {
        return states;
    }

    /** x of the last forward pass with a last channel that is always 1, [step, lane, input + 1]. */
    public float[] drive() {
        return drive;
    }

    /** Wh as it is stored, [out, in], from {@link #backwardWeights} on. */
    public float[] recurrentWeights() {
        return recurrentWeights;
    }

    /** Index in {@link #recurrentWeights()} at which Wh as [out, in] begins. */
    public int backwardWeights() {
        return backwardWeights;
    }

    /** Wy as it is stored, [output, hidden]. */
    public float[] readoutWeights() {
        return backwardReadoutWeights;
    }
}
