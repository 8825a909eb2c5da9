package cohort.training;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.network.Activation;
import cohort.network.DoubleNetwork;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The tutorial's hand-written tanh network: finite differences show that our gradient is exact, and that the backward pass
 * printed in the tutorial is not. It takes tanh' at the leaked state h instead of at z = tanh(a), and transposes Wh once
 * too often.
 */
class PrintedBackwardPassTest {
    private static final double ALPHA = 0.2;
    private static final NetworkSpec SPEC = NetworkSpec.leaky(3, 6, 3, ALPHA, Activation.TANH, RecurrentBias.ONE);
    private static final int STEPS = 12;
    private static final int LANES = 5;

    private final Parameters parameters = trainedLookingParameters();
    private final FixedBatch batch = FixedBatch.random(SPEC, STEPS, LANES, false, 3);
    private final double[] exact = batch.finiteDifferences(parameters, Loss.CROSS_ENTROPY, Reduction.SUM, 1e-5);

    @Test
    void ourGradientIsExact() {
        float[] ours = batch.gradient(parameters, Loss.CROSS_ENTROPY, Reduction.SUM);

        assertThat(largestError(DoubleNetwork.widen(ours))).isLessThan(2e-6);
    }

    @Test
    void printedGradientIsOffByMoreThanOnePercent() {
        assertThat(largestError(printedBackwardPass(true, true))).isGreaterThan(0.01);
    }

    @Test
    void eachOfItsTwoErrorsAloneIsMoreThanOnePercent() {
        assertThat(largestError(printedBackwardPass(true, false))).isGreaterThan(0.01);
        assertThat(largestError(printedBackwardPass(false, true))).isGreaterThan(0.01);
    }

    @Test
    void withoutThemItIsExact() {
        assertThat(largestError(printedBackwardPass(false, false))).isLessThan(1e-8);
    }

    /** Largest deviation from the finite differences, as a fraction of the largest entry. */
    private double largestError(double[] gradient) {
        double largest = 0;
        double error = 0;
        for (int i = 0; i < exact.length; i++) {
            largest = Math.max(largest, Math.abs(exact[i]));
            error = Math.max(error, Math.abs(gradient[i] - exact[i]));
        }
        return error / largest;
    }

    /**
     * The tutorial's {@code bptt} before its clipping, line by line.
     *
     * @param slopeAtState take tanh' at h, as printed
     * @param extraTranspose multiply by Whh.T from the right, as printed
     */
    private double[] printedBackwardPass(boolean slopeAtState, boolean extraTranspose) {
        int in = SPEC.inputs();
        int hidden = SPEC.hidden();
        int classes = SPEC.outputs();
        double[] w = DoubleNetwork.widen(parameters.values());
        DoubleNetwork net = DoubleNetwork.forward(SPEC, w, batch.inputs(), STEPS, LANES);
        int wxh = parameters.layer(0).inputWeights().offset();
        int bh = parameters.layer(0).biases().get(0).offset();
        int whh = parameters.layer(0).recurrentWeights().offset();
        int why = parameters.readoutWeights().offset();
        int by = parameters.readoutBias().offset();
        double[] gradient = new double[w.length];
        double[] dhNext = new double[LANES * hidden];
        for (int row = STEPS * LANES - 1; row >= 0; row--) { // lanes are independent, so any order of them will do
            int lane = row % LANES;
            double[] dy = softmaxMinusTarget(net.outputs, row);
            double[] dtanh = new double[hidden];
            for (int i = 0; i < hidden; i++) {
                double ht = net.states[row * hidden + i];
                double dh = dhNext[lane * hidden + i];
                for (int o = 0; o < classes; o++) {
                    dh += dy[o] * w[why + o * hidden + i];
                    gradient[why + o * hidden + i] += dy[o] * ht;
                }
                double z = slopeAtState ? ht : net.rates[row * hidden + i];
                dtanh[i] = ALPHA * (1 - z * z) * dh;
                dhNext[lane * hidden + i] = dh * (1 - ALPHA);
            }
            for (int o = 0; o < classes; o++) {
                gradient[by + o] += dy[o];
            }
            for (int i = 0; i < hidden; i++) {
                gradient[bh + i] += dtanh[i];
                for (int j = 0; j < in; j++) {
                    gradient[wxh + i * in + j] += dtanh[i] * batch.inputs()[row * in + j];
                }
                for (int j = 0; j < hidden; j++) {
                    double before = row < LANES ? 0 : net.states[(row - LANES) * hidden + j];
                    gradient[whh + i * hidden + j] += dtanh[i] * before;
                    dhNext[lane * hidden + i] +=
                            dtanh[j] * w[extraTranspose ? whh + i * hidden + j : whh + j * hidden + i];
                }
            }
        }
        return gradient;
    }

    private double[] softmaxMinusTarget(double[] outputs, int row) {
        int classes = SPEC.outputs();
        double[] dy = new double[classes];
        double sum = 0;
        for (int o = 0; o < classes; o++) {
            dy[o] = Math.exp(outputs[row * classes + o]);
            sum += dy[o];
        }
        for (int o = 0; o < classes; o++) {
            dy[o] = dy[o] / sum - batch.targets()[row * classes + o];
        }
        return dy;
    }

    /** At the tutorial's first weights, 0.01 N(0, 1), the network is almost linear and neither error shows yet. */
    private static Parameters trainedLookingParameters() {
        Parameters parameters = new Parameters(SPEC);
        Random random = new Random(4);
        for (int i = 0; i < parameters.values().length; i++) {
            parameters.values()[i] = (float) (0.7 * random.nextGaussian());
        }
        return parameters;
    }
}
