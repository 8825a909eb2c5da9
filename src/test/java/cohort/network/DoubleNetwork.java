package cohort.network;

/**
 * The formulas of {@link LeakyRnn} once more, as plain loops in double precision: what the fast float code is compared with.
 * All sequences are [step, lane, unit].
 */
public final class DoubleNetwork {
    /** a, before the activation. */
    public final double[] preActivations;
    /** z = f(a). */
    public final double[] rates;
    /** h, without h[-1]. */
    public final double[] states;
    /** o. */
    public final double[] outputs;

    private DoubleNetwork(int rows, NetworkSpec spec) {
        preActivations = new double[rows * spec.hidden()];
        rates = new double[rows * spec.hidden()];
        states = new double[rows * spec.hidden()];
        outputs = new double[rows * spec.outputs()];
    }

    /**
     * Runs the network from a state of zero.
     *
     * @param values parameters in the flat order of {@link Parameters}
     * @param inputs x, [step, lane, input]
     */
    public static DoubleNetwork forward(NetworkSpec spec, double[] values, float[] inputs, int steps, int lanes) {
        Parameters layout = new Parameters(spec);
        int in = spec.inputs();
        int hidden = spec.hidden();
        int wx = layout.inputWeights().offset();
        int wh = layout.recurrentWeights().offset();
        int wy = layout.readoutWeights().offset();
        DoubleNetwork network = new DoubleNetwork(steps * lanes, spec);
        for (int row = 0; row < steps * lanes; row++) {
            int before = row - lanes;
            for (int i = 0; i < hidden; i++) {
                double a = values[layout.inputBias().offset() + i];
                if (spec.bias() == RecurrentBias.TWO) {
                    a += values[layout.recurrentBias().offset() + i];
                }
                for (int j = 0; j < in; j++) {
                    a += values[wx + i * in + j] * inputs[row * in + j];
                }
                for (int j = 0; j < hidden && before >= 0; j++) {
                    a += values[wh + i * hidden + j] * network.states[before * hidden + j];
                }
                double z = rate(spec.activation(), a);
                double old = before >= 0 ? network.states[before * hidden + i] : 0;
                network.preActivations[row * hidden + i] = a;
                network.rates[row * hidden + i] = z;
                network.states[row * hidden + i] = (1 - spec.alpha()) * old + spec.alpha() * z;
            }
            for (int o = 0; o < spec.outputs(); o++) {
                double sum = values[layout.readoutBias().offset() + o];
                for (int i = 0; i < hidden; i++) {
                    sum += values[wy + o * hidden + i] * network.states[row * hidden + i];
                }
                network.outputs[row * spec.outputs() + o] = sum;
            }
        }
        return network;
    }

    /** f(a). */
    public static double rate(Activation activation, double a) {
        return switch (activation) {
            case RELU -> Math.max(a, 0);
            case TANH -> Math.tanh(a);
            case SOFTPLUS -> a > 0 ? a + Math.log1p(Math.exp(-a)) : Math.log1p(Math.exp(a));
            case SIGMOID -> 1 / (1 + Math.exp(-a));
        };
    }

    /** f'(a); at its kink ReLU has slope 0, as in PyTorch. */
    public static double slope(Activation activation, double a) {
        return switch (activation) {
            case RELU -> a > 0 ? 1 : 0;
            case TANH -> 1 / (Math.cosh(a) * Math.cosh(a));
            case SOFTPLUS -> 1 / (1 + Math.exp(-a));
            case SIGMOID -> 1 / ((1 + Math.exp(-a)) * (1 + Math.exp(a)));
        };
    }

    /** The exact values of floats. */
    public static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
