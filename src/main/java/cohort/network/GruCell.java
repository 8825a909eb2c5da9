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
        private final float[] before = trace().now();

        GruLayer(Shape shape, Parameters.LayerViews views) {
            super(shape, views);
        }

        @Override
        protected void forwardStep(int count) {
            Activation.SIGMOID.apply(reset, START, count);
            Activation.SIGMOID.apply(update, START, count);
            for (int k = START; k < START + count; k++) {
                candidate[k] += reset[k] * recurrent[k];
            }
            Activation.TANH.apply(candidate, START, count);
            System.arraycopy(state, START, before, START, count);
            for (int k = START; k < START + count; k++) {
                state[k] = candidate[k] + update[k] * (before[k] - candidate[k]);
            }
        }

        @Override
        protected void backwardStep(int count) {
            for (int k = START; k < START + count; k++) {
                float r = reset[k];
                float z = update[k];
                float n = candidate[k];
                float m = recurrent[k];
                float g = stateGradient[k] + carry[k];
                float da = g * (1 - z) * (1 - n * n);
                reset[k] = da * m * r * (1 - r);
                update[k] = g * (before[k] - n) * z * (1 - z);
                candidate[k] = da;
                recurrent[k] = da * r;
                carry[k] = g * z;
            }
        }
    }
}
