package cohort.training;

import cohort.linalg.AlignedArrays;
import cohort.linalg.Blas;
import cohort.network.LeakyRnn;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import java.util.Arrays;

/**
 * The exact gradient of a leaky network, from the gradient of its outputs:
 *
 * <pre>
 * g[t]  = Wy' do[t] + (1 - alpha) g[t+1] + Wh' da[t+1]        da[t] = alpha f'(a[t]) g[t]
 * dWx = sum da[t] x[t]'   dWh = sum da[t] h[t-1]'   dbx = dbh = sum da[t]   dWy = sum do[t] h[t]'   dby = sum do[t]
 * </pre>
 *
 * <p>Only the recurrence is a loop; every weight gradient is one matrix product over the whole sequence. Wy' do is made step
 * by step as well: written for a whole sequence it would leave the cache before it is used. Owns its workspace: one thread at
 * a time, no allocation after construction.
 */
public final class BackpropagationThroughTime {
    /** Multiplications of a matrix product up to which OpenBLAS (since 0.3.16, on x86-64) uses its kernels for small ones. */
    private static final long SMALL_PRODUCT = 1_000_000;

    private final LeakyRnn network;
    private final Blas blas = Blas.instance();
    /** da, [step, lane, unit]. */
    private final float[] delta;
    /** g, Wy' do + Wh' da and z of the step being worked on, [lane, unit], all from the same index on. */
    private final float[] stateGradient;

    private final float[] stepDelta;
    private final float[] stepRates;

    private final float[] driveGradient;
    private final float[] readoutGradient;

    /** Allocates the workspace for a network's longest sequence. */
    public BackpropagationThroughTime(LeakyRnn network) {
        this.network = network;
        NetworkSpec spec = network.spec();
        this.delta = AlignedArrays.allocate(network.maxSteps() * network.lanes() * spec.hidden());
        int stepSize = network.lanes() * spec.hidden();
        this.stateGradient = AlignedArrays.allocate(stepSize);
        this.stepDelta = AlignedArrays.allocate(stepSize);
        this.stepRates = AlignedArrays.allocate(stepSize);
        this.driveGradient = new float[spec.hidden() * (spec.inputs() + 1)];
        this.readoutGradient = new float[spec.hidden() * spec.outputs()];
    }

    /**
     * Computes the gradient of the parameters for the network's last forward pass.
     *
     * @param outputGradient do, [step, lane, output]
     * @param steps length of that pass
     * @param gradient receives the gradient; overwritten
     */
    public void backward(float[] outputGradient, int steps, Parameters gradient) {
        NetworkSpec spec = network.spec();
        int hidden = spec.hidden();
        int outputs = spec.outputs();
        int lanes = network.lanes();
        int rows = steps * lanes;
        int start = AlignedArrays.START;

        backwardThroughStates(outputGradient, steps);

        recurrentGradient(steps, gradient);
        int in = spec.inputs() + 1;
        blas.gemm(false, true, in, hidden, rows, network.drive(), 0, delta, start, 0f, driveGradient, 0);
        blas.gemm(
                false, true, outputs, hidden, rows, outputGradient, 0, network.states(), start, 0f, readoutGradient, 0);
        writeDriveGradient(gradient);
        writeReadoutGradient(gradient, outputGradient, rows);
    }

    private void backwardThroughStates(float[] outputGradient, int steps) {
        NetworkSpec spec = network.spec();
        int hidden = spec.hidden();
        int outputs = spec.outputs();
        int lanes = network.lanes();
        int stepSize = lanes * hidden;
        int start = AlignedArrays.START;
        Arrays.fill(stateGradient, start, start + stepSize, 0f);
        for (int t = steps - 1; t >= 0; t--) {
            int at = start + t * stepSize;
            blas.gemm(
                    false,
                    false,
                    hidden,
                    lanes,
                    outputs,
                    network.readoutWeights(),
                    0,
                    outputGradient,
                    t * lanes * outputs,
                    0f,
                    stepDelta,
                    start);
            if (t < steps - 1) {
                blas.gemm(
                        false,
                        false,
                        hidden,
                        lanes,
                        hidden,
                        network.recurrentWeights(),
                        network.backwardWeights(),
                        delta,
                        at + stepSize,
                        1f,
                        stepDelta,
                        start);
            }
            System.arraycopy(network.rates(), at, stepRates, start, stepSize);
            leakBackward(stateGradient, stepDelta, start, stepSize, (float) spec.alpha());
            spec.activation().multiplyByDerivative(stepRates, stepDelta, start, stepSize);
            System.arraycopy(stepDelta, start, delta, at, stepSize);
        }
    }

    /** g = (Wy' do + Wh' da) + (1 - alpha) g, and alpha g to where the former stood; one index, as in the forward pass. */
    private static void leakBackward(float[] stateGradient, float[] delta, int from, int count, float alpha) {
        float keep = 1 - alpha;
        for (int i = from; i < from + count; i++) {
            float g = delta[i] + keep * stateGradient[i];
            stateGradient[i] = g;
            delta[i] = alpha * g;
        }
    }

    /**
     * dWh = sum da[t] h[t-1]'. OpenBLAS has kernels that read small matrices as they lie; larger ones it first rearranges, which
     * for a product as flat as this one takes a third of the time. So the sequence is cut into the largest parts that
     * still count as small, as long as a part holds at least one step.
     */
    private void recurrentGradient(int steps, Parameters gradient) {
        int hidden = network.spec().hidden();
        int lanes = network.lanes();
        int wh = gradient.recurrentWeights().offset();
        if (steps == 1) { // h[-1] is zero: the first step adds nothing
            Arrays.fill(gradient.values(), wh, wh + hidden * hidden, 0f);
            return;
        }
        long smallSteps = SMALL_PRODUCT / ((long) hidden * hidden * lanes);
        int part = smallSteps == 0 ? steps : (int) Math.min(steps, smallSteps);
        for (int t = 1; t < steps; t += part) {
            int count = Math.min(part, steps - t) * lanes;
            int at = AlignedArrays.START + t * lanes * hidden;
            int before = at - lanes * hidden;
            float beta = t == 1 ? 0 : 1;
            blas.gemm(
                    false,
                    true,
                    hidden,
                    hidden,
                    count,
                    network.states(),
                    before,
                    delta,
                    at,
                    beta,
                    gradient.values(),
                    wh);
        }
    }

    private void writeDriveGradient(Parameters gradient) {
        int in = gradient.spec().inputs();
        float[] values = gradient.values();
        for (int unit = 0; unit < gradient.spec().hidden(); unit++) {
            System.arraycopy(
                    driveGradient,
                    unit * (in + 1),
                    values,
                    gradient.inputWeights().offset() + unit * in,
                    in);
            float bias = driveGradient[unit * (in + 1) + in];
            values[gradient.inputBias().offset() + unit] = bias;
            if (gradient.hasRecurrentBias()) {
                values[gradient.recurrentBias().offset() + unit] = bias;
            }
        }
    }

    private void writeReadoutGradient(Parameters gradient, float[] outputGradient, int rows) {
        int hidden = gradient.spec().hidden();
        int outputs = gradient.spec().outputs();
        float[] values = gradient.values();
        for (int o = 0; o < outputs; o++) {
            for (int unit = 0; unit < hidden; unit++) {
                values[gradient.readoutWeights().offset() + o * hidden + unit] = readoutGradient[unit * outputs + o];
            }
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += outputGradient[row * outputs + o];
            }
            values[gradient.readoutBias().offset() + o] = (float) sum;
        }
    }
}
