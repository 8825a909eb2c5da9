package cohort.network;

import java.util.List;

/**
 * The gated recurrent unit, as PyTorch's nn.GRU has it, with the reset gate on the candidate's recurrent term, its bias included;
 * blocks of rows in the order r, z, n:
 *
 * <pre>
 * r, z = sigmoid(Wx x[t] + bx + Wh h[t-1] + bh), of each its own block
 * m = Wh h[t-1] + bh      n = tanh(Wx x[t] + bx + r m), both of the third block
 * h[t] = (1 - z) n + z h[t-1]
 *
 * g[t] = dL/dh[t] + z[t+1] g[t+1]      dz = g[t] (h[t-1] - n)      da = g[t] (1 - z) (1 - n^2)      dm = da r      dr = da m
 * </pre>
 *
 * <p>Cho et al. 2014, <a href="https://arxiv.org/abs/1406.1078">arXiv</a>, where the reset gate comes before the product.
 */
public record GruCell() implements Cell {
    @Override
    public CellKind kind() {
        return CellKind.GRU;
    }

    @Override
    public List<String> gates() {
        return List.of("r", "z", "n");
    }

    @Override
    public List<Tensor> tensors(int layer, int inputs, int hidden) {
        return Tensor.ofGates(gates().size(), layer, inputs, hidden);
    }

    @Override
    public Layer newLayer(Layer.Shape shape, Parameters.LayerViews views) {
        return new GruLayer(shape, views);
    }

    private static final class GruLayer extends Layer {
        private final float[] reset = projection(0).now();
        private final float[] update = projection(1).now();
        private final float[] candidate = inputProjection(2).now();
        private final float[] recurrent = stateProjection(2).now();
        private final float[] before = stateBefore();

        GruLayer(Shape shape, Parameters.LayerViews views) {
            super(shape, views);
        }

        @Override
        protected void forwardStep(int count) {
            Activation.SIGMOID.apply(reset, START, count);
            Activation.SIGMOID.apply(update, START, count);
            gate(candidate, reset, recurrent, count);
            Activation.TANH.apply(candidate, START, count);
            mix(state, update, candidate, count);
        }

        @Override
        protected void backwardStep(int count) {
            intoCandidate(stateGradient, carry, update, candidate, count);
            throughUpdate(update, carry, before, candidate, count);
            throughReset(reset, recurrent, stateGradient, count);
            System.arraycopy(stateGradient, START, candidate, START, count);
        }

        // Each loop over few arrays, and in a method of its own: Java turns these into vector instructions, five times
        // as fast.

        private static void gate(float[] candidate, float[] reset, float[] recurrent, int count) {
            for (int k = START; k < START + count; k++) {
                candidate[k] = candidate[k] + reset[k] * recurrent[k];
            }
        }

        private static void mix(float[] state, float[] update, float[] candidate, int count) {
            for (int k = START; k < START + count; k++) {
                state[k] = candidate[k] + update[k] * (state[k] - candidate[k]);
            }
        }

        /** g to where the next step's z g stood, and da to where dL/dh stood. */
        private static void intoCandidate(float[] dh, float[] carry, float[] update, float[] candidate, int count) {
            for (int k = START; k < START + count; k++) {
                float n = candidate[k];
                float g = dh[k] + carry[k];
                carry[k] = g;
                dh[k] = g * (1 - update[k]) * (1 - n * n);
            }
        }

        private static void throughUpdate(float[] update, float[] carry, float[] before, float[] candidate, int count) {
            for (int k = START; k < START + count; k++) {
                float z = update[k];
                float g = carry[k];
                update[k] = g * (before[k] - candidate[k]) * z * (1 - z);
                carry[k] = g * z;
            }
        }

        private static void throughReset(float[] reset, float[] recurrent, float[] da, int count) {
            for (int k = START; k < START + count; k++) {
                float r = reset[k];
                float m = recurrent[k];
                reset[k] = da[k] * m * r * (1 - r);
                recurrent[k] = da[k] * r;
            }
        }
    }
}
