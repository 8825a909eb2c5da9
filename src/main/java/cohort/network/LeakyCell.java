package cohort.network;

import cohort.linalg.AlignedArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Leaky units, activation inside, leak outside, as in the tutorial:
 *
 * <pre>
 * a[t] = Wx x[t] + bx + Wh h[t-1] + bh      z[t] = f(a[t])      h[t] = (1 - alpha) h[t-1] + alpha z[t]
 * g[t] = dL/dh[t] + (1 - alpha) g[t+1]      da[t] = alpha f'(a[t]) g[t]
 * </pre>
 *
 * @param alpha dt / tau, dimensionless, in (0, 1]
 * @param activation f
 * @param bias number of recurrent bias vectors
 */
public record LeakyCell(double alpha, Activation activation, RecurrentBias bias) implements Cell {
    public LeakyCell {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha = dt / tau is not in (0, 1]: " + alpha);
        }
    }

    @Override
    public CellKind kind() {
        return CellKind.LEAKY;
    }

    @Override
    public List<String> gates() {
        return List.of("");
    }

    /** The first layer has the names of the tutorial's classes; those above it, which these do not have, append their number. */
    @Override
    public List<Tensor> tensors(int layer, int inputs, int hidden) {
        String end = layer == 0 ? "" : "_l" + layer;
        String[] linear = {"rnn.input2h" + end + ".weight", "rnn.input2h" + end + ".bias", "rnn.h2h" + end + ".weight"};
        String[] byHand = {"rnn.Wxh" + end, "rnn.bh" + end, "rnn.Whh" + end};
        boolean two = bias == RecurrentBias.TWO;
        String[] name = two ? linear : byHand;
        String[] alias = two ? byHand : linear;
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(new Tensor(name[0], alias[0], Tensor.Role.INPUT_WEIGHTS, hidden, inputs, inputs));
        tensors.add(new Tensor(name[1], alias[1], Tensor.Role.BIAS, hidden, 0, inputs));
        tensors.add(new Tensor(name[2], alias[2], Tensor.Role.RECURRENT_WEIGHTS, hidden, hidden, hidden));
        if (two) {
            tensors.add(new Tensor("rnn.h2h" + end + ".bias", Tensor.Role.BIAS, hidden, 0, hidden));
        }
        return tensors;
    }

    @Override
    public Layer newLayer(Layer.Shape shape, Parameters.LayerViews views) {
        return new LeakyLayer(this, shape, views);
    }

    /** f(a) = 0 only where f'(a) = 0. */
    @Override
    public boolean canBeSilent() {
        return activation == Activation.RELU;
    }

    private static final class LeakyLayer extends Layer {
        private final LeakyCell cell;
        private final float alpha;
        /** a, and then z, of the step being worked on. */
        private final float[] rates;
        /** h of the step being worked on, or before it that of the step before. */
        private final float[] state;
        /** z of all steps. */
        private final float[] kept = trace();

        LeakyLayer(LeakyCell cell, Shape shape, Parameters.LayerViews views) {
            super(shape, views, List.of(Gate.of(0)));
            this.cell = cell;
            this.alpha = (float) cell.alpha;
            this.rates = projection().now();
            this.state = AlignedArrays.allocate(shape.stepSize());
        }

        @Override
        protected void begin() {
            Arrays.fill(state, 0f);
        }

        @Override
        protected void forwardStep(int step, int count) {
            cell.activation.apply(rates, START, count);
            System.arraycopy(rates, START, kept, at(step), count);
            leak(state, rates, START, count, alpha);
            emit(step, state);
            if (cell.canBeSilent()) {
                activate(placesOfRates());
            }
        }

        private static void leak(float[] state, float[] rates, int from, int count, float alpha) {
            float keep = 1 - alpha;
            for (int i = from; i < from + count; i++) {
                state[i] = keep * state[i] + alpha * rates[i];
            }
        }

        /** Places up to the last one whose rate is not 0 in some lane; those known before need no look. */
        private int placesOfRates() {
            int hidden = shape().hidden();
            int active = activePlaces();
            for (int lane = 0; lane < shape().lanes(); lane++) {
                int place = hidden;
                while (place > active && rates[START + lane * shape().places() + place - 1] == 0) {
                    place--;
                }
                active = place;
            }
            return active;
        }

        @Override
        protected void backwardStep(int step, int count) {
            System.arraycopy(kept, at(step), rates, START, count);
            leakBack(stateGradient, carry, START, count, alpha);
            cell.activation.multiplyByDerivative(rates, stateGradient, START, count);
            emitGradient(step, stateGradient);
        }

        /** g = dL/dh + carry; alpha g to where dL/dh stood, and what the step before gets of it. */
        private static void leakBack(float[] stateGradient, float[] carry, int from, int count, float alpha) {
            float keep = 1 - alpha;
            for (int i = from; i < from + count; i++) {
                float g = stateGradient[i] + carry[i];
                carry[i] = keep * g;
                stateGradient[i] = alpha * g;
            }
        }
    }
}
