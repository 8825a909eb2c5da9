package cohort.network;

import java.util.stream.DoubleStream;

/**
 * The formulas of {@link LeakyCell}, {@link LstmCell} and {@link GruCell} once more, as plain loops in double precision: what the
 * fast float code is compared with. All sequences are [step, lane, unit].
 */
public final class DoubleNetwork {
    /** a, before the activation, of all layers one after the other; of leaky units. */
    public final double[] preActivations;
    /** z = f(a) of the last layer, of leaky units. */
    public final double[] rates;
    /** h of the last layer, without h[-1]. */
    public final double[] states;
    /** o. */
    public final double[] outputs;

    private DoubleNetwork(double[] preActivations, double[] rates, double[] states, double[] outputs) {
        this.preActivations = preActivations;
        this.rates = rates;
        this.states = states;
        this.outputs = outputs;
    }

    /**
     * Runs the network from a state of zero.
     *
     * @param values parameters in the flat order of {@link Parameters}
     * @param inputs x, [step, lane, input]
     */
    public static DoubleNetwork forward(NetworkSpec spec, double[] values, float[] inputs, int steps, int lanes) {
        Parameters layout = new Parameters(spec);
        int rows = steps * lanes;
        double[] preActivations = {};
        double[] rates = {};
        double[] received = widen(inputs);
        for (int l = 0; l < spec.layers(); l++) {
            DoubleLayer layer = new DoubleLayer(
                    spec.cell(), values, layout.layer(l), received, spec.layerInputs(l), spec.hidden(), rows);
            for (int row = 0; row < rows; row++) {
                for (int unit = 0; unit < spec.hidden(); unit++) {
                    layer.step(row, row - lanes, unit);
                }
            }
            preActivations = DoubleStream.concat(DoubleStream.of(preActivations), DoubleStream.of(layer.a))
                    .toArray();
            rates = layer.z;
            received = layer.h;
        }
        double[] outputs = new double[rows * spec.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            int o = i % spec.outputs();
            int row = i / spec.outputs();
            outputs[i] = values[layout.readoutBias().offset() + o]
                    + product(
                            values,
                            layout.readoutWeights().offset() + o * spec.hidden(),
                            received,
                            row * spec.hidden(),
                            spec.hidden());
        }
        return new DoubleNetwork(preActivations, rates, received, outputs);
    }

    private static double product(double[] a, int fromA, double[] b, int fromB, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[fromA + i] * b[fromB + i];
        }
        return sum;
    }

    /** One recurrent layer. */
    private static final class DoubleLayer {
        final double[] a;
        final double[] z;
        final double[] h;
        private final double[] c;
        private final Cell cell;
        private final double[] values;
        private final Parameters.LayerViews views;
        private final double[] x;
        private final int in;
        private final int hidden;

        DoubleLayer(Cell cell, double[] values, Parameters.LayerViews views, double[] x, int in, int hidden, int rows) {
            this.cell = cell;
            this.values = values;
            this.views = views;
            this.x = x;
            this.in = in;
            this.hidden = hidden;
            this.a = new double[cell instanceof LeakyCell ? rows * hidden : 0];
            this.z = new double[rows * hidden];
            this.h = new double[rows * hidden];
            this.c = new double[rows * hidden];
        }

        /** Wx x + b of a unit's gate, with the biases of these numbers. */
        private double fromInputs(int gate, int row, int unit, int... biases) {
            int r = gate * hidden + unit;
            double sum = product(values, views.inputWeights().offset() + r * in, x, row * in, in);
            for (int bias : biases) {
                sum += values[views.biases().get(bias).offset() + r];
            }
            return sum;
        }

        /** Wh h of a unit's gate. */
        private double fromStates(int gate, int before, int unit) {
            int r = gate * hidden + unit;
            return before < 0
                    ? 0
                    : product(values, views.recurrentWeights().offset() + r * hidden, h, before * hidden, hidden);
        }

        private double gate(int gate, int row, int before, int unit) {
            int[] biases = views.biases().size() == 1 ? new int[] {0} : new int[] {0, 1};
            return fromInputs(gate, row, unit, biases) + fromStates(gate, before, unit);
        }

        void step(int row, int before, int unit) {
            int at = row * hidden + unit;
            double old = before < 0 ? 0 : h[before * hidden + unit];
            if (cell instanceof LeakyCell leaky) {
                a[at] = gate(0, row, before, unit);
                z[at] = rate(leaky.activation(), a[at]);
                h[at] = (1 - leaky.alpha()) * old + leaky.alpha() * z[at];
            } else if (cell instanceof LstmCell) {
                double i = rate(Activation.SIGMOID, gate(0, row, before, unit));
                double f = rate(Activation.SIGMOID, gate(1, row, before, unit));
                double g = Math.tanh(gate(2, row, before, unit));
                double o = rate(Activation.SIGMOID, gate(3, row, before, unit));
                c[at] = f * (before < 0 ? 0 : c[before * hidden + unit]) + i * g;
                h[at] = o * Math.tanh(c[at]);
            } else {
                double r = rate(Activation.SIGMOID, gate(0, row, before, unit));
                double u = rate(Activation.SIGMOID, gate(1, row, before, unit));
                double bias = values[views.biases().get(1).offset() + 2 * hidden + unit];
                double n = Math.tanh(fromInputs(2, row, unit, 0) + r * (fromStates(2, before, unit) + bias));
                h[at] = (1 - u) * n + u * old;
            }
        }
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
