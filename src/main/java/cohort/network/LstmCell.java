package cohort.network;

import cohort.linalg.AlignedArrays;
import java.util.Arrays;
import java.util.List;

/**
 * Long short-term memory, as PyTorch's nn.LSTM has it; blocks of rows in the order i, f, g, o:
 *
 * <pre>
 * i, f, o = sigmoid(Wx x[t] + bx + Wh h[t-1] + bh), of each its own block      g = tanh(likewise)
 * c[t] = f c[t-1] + i g      h[t] = o tanh(c[t])
 *
 * dc[t] = dL/dh[t] o (1 - tanh(c[t])^2) + dc[t+1] f[t+1]
 * do = dL/dh[t] tanh(c[t])      di = dc[t] g      dg = dc[t] i      df = dc[t] c[t-1]
 * </pre>
 *
 * <p>Hochreiter and Schmidhuber 1997, <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Neural Computation</a>; without peepholes.
 */
public record LstmCell() implements Cell {
    @Override
    public CellKind kind() {
        return CellKind.LSTM;
    }

    @Override
    public List<String> gates() {
        return List.of("i", "f", "g", "o");
    }

    @Override
    public List<Tensor> tensors(int layer, int inputs, int hidden) {
        return Tensor.ofGates(gates().size(), layer, inputs, hidden);
    }

    @Override
    public Layer newLayer(Layer.Shape shape, Parameters.LayerViews views) {
        return new LstmLayer(shape, views);
    }

    private static final class LstmLayer extends Layer {
        private final float[] input = projection(0).now();
        private final float[] forget = projection(1).now();
        private final float[] candidate = projection(2).now();
        private final float[] output = projection(3).now();
        /** c[t-1], and tanh(c[t]). */
        private final float[] cellBefore = trace().now();

        private final float[] squashed = trace().now();
        /** c[t]. */
        private final float[] cell;

        LstmLayer(Shape shape, Parameters.LayerViews views) {
            super(shape, views);
            this.cell = AlignedArrays.allocate(shape.stepSize());
        }

        @Override
        protected void begin() {
            Arrays.fill(cell, 0f);
        }

        @Override
        protected void forwardStep(int count) {
            Activation.SIGMOID.apply(input, START, count);
            Activation.SIGMOID.apply(forget, START, count);
            Activation.TANH.apply(candidate, START, count);
            Activation.SIGMOID.apply(output, START, count);
            System.arraycopy(cell, START, cellBefore, START, count);
            remember(START, START + count);
            System.arraycopy(cell, START, squashed, START, count);
            Activation.TANH.apply(squashed, START, count);
            for (int k = START; k < START + count; k++) {
                state[k] = output[k] * squashed[k];
            }
        }

        private void remember(int from, int to) {
            for (int k = from; k < to; k++) {
                cell[k] = forget[k] * cellBefore[k] + input[k] * candidate[k];
            }
        }

        @Override
        protected void backwardStep(int count) {
            for (int k = START; k < START + count; k++) {
                float i = input[k];
                float f = forget[k];
                float g = candidate[k];
                float o = output[k];
                float s = squashed[k];
                float dh = stateGradient[k];
                float dc = carry[k] + dh * o * (1 - s * s);
                input[k] = dc * g * i * (1 - i);
                forget[k] = dc * cellBefore[k] * f * (1 - f);
                candidate[k] = dc * i * (1 - g * g);
                output[k] = dh * s * o * (1 - o);
                carry[k] = dc * f;
            }
        }
    }
}
