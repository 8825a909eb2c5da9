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
            remember(cell, forget, cellBefore, input, candidate, count);
            System.arraycopy(cell, START, squashed, START, count);
            Activation.TANH.apply(squashed, START, count);
            emit(state, output, squashed, count);
        }

        @Override
        protected void backwardStep(int count) {
            intoCell(carry, stateGradient, output, squashed, count);
            throughOutput(output, stateGradient, squashed, count);
            throughInput(input, candidate, carry, count);
            throughForget(forget, carry, cellBefore, count);
        }

        // Each loop over few arrays, and in a method of its own: Java turns these into vector instructions, five times
        // as fast.

        private static void remember(float[] c, float[] f, float[] before, float[] i, float[] g, int count) {
            for (int k = START; k < START + count; k++) {
                c[k] = f[k] * before[k] + i[k] * g[k];
            }
        }

        private static void emit(float[] h, float[] o, float[] squashed, int count) {
            for (int k = START; k < START + count; k++) {
                h[k] = o[k] * squashed[k];
            }
        }

        /** dc, to where the next step's f dc stood. */
        private static void intoCell(float[] carry, float[] dh, float[] o, float[] squashed, int count) {
            for (int k = START; k < START + count; k++) {
                carry[k] = carry[k] + dh[k] * o[k] * (1 - squashed[k] * squashed[k]);
            }
        }

        private static void throughOutput(float[] output, float[] dh, float[] squashed, int count) {
            for (int k = START; k < START + count; k++) {
                output[k] = dh[k] * squashed[k] * output[k] * (1 - output[k]);
            }
        }

        private static void throughInput(float[] input, float[] candidate, float[] dc, int count) {
            for (int k = START; k < START + count; k++) {
                float i = input[k];
                float g = candidate[k];
                input[k] = dc[k] * g * i * (1 - i);
                candidate[k] = dc[k] * i * (1 - g * g);
            }
        }

        private static void throughForget(float[] forget, float[] carry, float[] before, int count) {
            for (int k = START; k < START + count; k++) {
                float f = forget[k];
                float dc = carry[k];
                forget[k] = dc * before[k] * f * (1 - f);
                carry[k] = dc * f;
            }
        }
    }
}
