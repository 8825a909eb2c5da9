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
 * <p>What a unit projects to, its <em>efferents</em>, are the outputs and the units of the next step: with their gradients
 * (do[t], da[t+1]) side by side, a step is one matrix product. So are, over the whole sequence, all gradients of what units
 * receive (see {@link LeakyRnn}), and those of the read-out. Only the places of units that were not silent take part.
 *
 * <p>Owns its workspace: one thread at a time, no allocation after construction.
 */
public final class BackpropagationThroughTime {
    private static final int START = AlignedArrays.START;

    /** Multiplications of a matrix product up to which OpenBLAS (since 0.3.16, on x86-64) uses its kernels for small ones. */
    private static final long SMALL_PRODUCT = 1_000_000;

    private final LeakyRnn network;
    private final NetworkSpec spec;
    private final Blas blas = Blas.instance();

    /** (Wy', Wh'), [efferent, place]. */
    private final float[] weights;
    /** (do[t], da[t+1]) of the step being worked on, [lane, efferent]. */
    private final float[] efferents;
    /** g, what comes from the efferents and then da, and z, of the step being worked on, [lane, place]. */
    private final float[] stateGradient;

    private final float[] stepDelta;
    private final float[] stepRates;
    /** da, [step, lane, place]. */
    private final float[] delta;
    /** Gradients of (Wx, bx + bh, Wh), [afferent, place], and of (by, Wy), [1 + place, output]. */
    private final float[] weightGradient;

    private final float[] readoutGradient;

    /** Allocates the workspace for a network's longest sequence. */
    public BackpropagationThroughTime(LeakyRnn network) {
        this.network = network;
        this.spec = network.spec();
        int stepSize = network.lanes() * spec.hidden();
        this.weights = AlignedArrays.allocate((spec.outputs() + spec.hidden()) * spec.hidden());
        this.efferents = new float[network.lanes() * (spec.outputs() + spec.hidden())];
        this.stateGradient = AlignedArrays.allocate(stepSize);
        this.stepDelta = AlignedArrays.allocate(stepSize);
        this.stepRates = AlignedArrays.allocate(stepSize);
        this.delta = AlignedArrays.allocate(network.maxSteps() * stepSize);
        this.weightGradient = AlignedArrays.allocate(network.afferentCount() * spec.hidden());
        this.readoutGradient = new float[(1 + spec.hidden()) * spec.outputs()];
    }

    /**
     * Computes the gradient of the parameters for the network's last forward pass.
     *
     * @param outputGradient do, [step, lane, output]
     * @param steps length of that pass
     * @param gradient receives the gradient; overwritten
     */
    public void backward(float[] outputGradient, int steps, Parameters gradient) {
        loadWeights();
        backwardThroughSteps(outputGradient, steps);
        gradientOfWeights(steps);
        gradientOfReadout(outputGradient, steps);

        Arrays.fill(gradient.values(), 0f); // that of silent units
        writeInputs(gradient);
        writeRecurrentWeights(gradient);
        writeReadout(gradient);
    }

    private void loadWeights() {
        int active = network.activePlaces();
        int outputs = spec.outputs();
        for (int o = 0; o < outputs; o++) {
            for (int place = 0; place < active; place++) {
                weights[START + o * active + place] = network.readoutWeights()[(1 + place) * outputs + o];
            }
        }
        int to = START + outputs * active;
        int from = START + (spec.inputs() + 1) * spec.hidden();
        for (int block = 0; block < active; block += AlignedArrays.LINE) {
            int end = Math.min(active, block + AlignedArrays.LINE);
            for (int efferent = 0; efferent < active; efferent++) {
                for (int place = block; place < end; place++) {
                    weights[to + efferent * active + place] =
                            network.weights()[from + place * spec.hidden() + efferent];
                }
            }
        }
    }

    private void backwardThroughSteps(float[] outputGradient, int steps) {
        int active = network.activePlaces();
        int outputs = spec.outputs();
        int width = outputs + active;
        int lanes = network.lanes();
        int stepSize = lanes * active;
        Arrays.fill(stateGradient, START, START + stepSize, 0f);
        Arrays.fill(stepDelta, START, START + stepSize, 0f);
        for (int t = steps - 1; t >= 0; t--) {
            for (int lane = 0; lane < lanes; lane++) {
                int row = t * lanes + lane;
                System.arraycopy(outputGradient, row * outputs, efferents, lane * width, outputs);
                System.arraycopy(stepDelta, START + lane * active, efferents, lane * width + outputs, active);
                System.arraycopy(network.rates(), row * spec.hidden(), stepRates, START + lane * active, active);
            }
            blas.gemm(false, false, active, lanes, width, weights, START, efferents, 0, 0f, stepDelta, START);
            leak(stateGradient, stepDelta, START, stepSize, (float) spec.alpha());
            spec.activation().multiplyByDerivative(stepRates, stepDelta, START, stepSize);
            System.arraycopy(stepDelta, START, delta, START + t * stepSize, stepSize);
        }
    }

    /** g = (Wy' do + Wh' da) + (1 - alpha) g, and alpha g to where the former stood; one index, as in the forward pass. */
    private static void leak(float[] stateGradient, float[] delta, int from, int count, float alpha) {
        float keep = 1 - alpha;
        for (int i = from; i < from + count; i++) {
            float g = delta[i] + keep * stateGradient[i];
            stateGradient[i] = g;
            delta[i] = alpha * g;
        }
    }

    /**
     * (dWx, db, dWh) = sum da[t] (x[t], 1, h[t-1])'. OpenBLAS has kernels that read small matrices as they lie; larger ones it first
     * rearranges, which for a product as flat as this one takes a third of the time. So the sequence is cut into the largest
     * parts that still count as small, as long as a part holds at least one step.
     */
    private void gradientOfWeights(int steps) {
        int active = network.activePlaces();
        int lanes = network.lanes();
        int stride = network.afferentCount();
        int width = spec.inputs() + 1 + active;
        long smallSteps = SMALL_PRODUCT / ((long) active * width * lanes);
        int part = smallSteps == 0 ? steps : (int) Math.min(steps, smallSteps);
        for (int t = 0; t < steps; t += part) {
            int rows = Math.min(part, steps - t) * lanes;
            int at = t * lanes;
            blas.gemm(
                    false,
                    true,
                    active,
                    width,
                    rows,
                    delta,
                    START + at * active,
                    active,
                    network.afferents(),
                    at * stride,
                    stride,
                    t == 0 ? 0f : 1f,
                    weightGradient,
                    START,
                    active);
        }
    }

    /** (dby, dWy) = sum do[t] (1, h[t])'. */
    private void gradientOfReadout(float[] outputGradient, int steps) {
        int outputs = spec.outputs();
        int lanes = network.lanes();
        int stride = network.afferentCount();
        blas.gemm(
                false,
                true,
                outputs,
                1 + network.activePlaces(),
                steps * lanes,
                outputGradient,
                0,
                outputs,
                network.afferents(),
                lanes * stride + spec.inputs(),
                stride,
                0f,
                readoutGradient,
                0,
                outputs);
    }

    private void writeInputs(Parameters gradient) {
        int in = spec.inputs();
        int active = network.activePlaces();
        float[] values = gradient.values();
        for (int place = 0; place < active; place++) {
            int unit = network.order()[place];
            for (int c = 0; c < in; c++) {
                values[gradient.inputWeights().offset() + unit * in + c] = weightGradient[START + c * active + place];
            }
            float bias = weightGradient[START + in * active + place];
            values[gradient.inputBias().offset() + unit] = bias;
            if (gradient.hasRecurrentBias()) {
                values[gradient.recurrentBias().offset() + unit] = bias;
            }
        }
    }

    private void writeRecurrentWeights(Parameters gradient) {
        int active = network.activePlaces();
        int start = START + (spec.inputs() + 1) * active;
        int offset = gradient.recurrentWeights().offset();
        int[] order = network.order();
        for (int block = 0; block < active; block += AlignedArrays.LINE) {
            int end = Math.min(active, block + AlignedArrays.LINE);
            for (int from = 0; from < active; from++) {
                for (int place = block; place < end; place++) {
                    gradient.values()[offset + order[place] * spec.hidden() + order[from]] =
                            weightGradient[start + from * active + place];
                }
            }
        }
    }

    private void writeReadout(Parameters gradient) {
        int outputs = spec.outputs();
        float[] values = gradient.values();
        System.arraycopy(readoutGradient, 0, values, gradient.readoutBias().offset(), outputs);
        for (int place = 0; place < network.activePlaces(); place++) {
            int unit = network.order()[place];
            for (int o = 0; o < outputs; o++) {
                values[gradient.readoutWeights().offset() + o * spec.hidden() + unit] =
                        readoutGradient[(1 + place) * outputs + o];
            }
        }
    }
}
