package cohort.network;

import static cohort.network.Vectors.SPECIES;

import cohort.linalg.AlignedArrays;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;

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
        Layer.requireVectors();
        return new LstmLayer(shape, views);
    }

    private static final class LstmLayer extends Layer {
        private static final int I = 0;
        private static final int F = 1;
        private static final int G = 2;
        private static final int O = 3;

        /** i, f, g, o, c[t-1] and tanh(c[t]) of all steps. */
        private final float[] i = trace();

        private final float[] f = trace();
        private final float[] g = trace();
        private final float[] o = trace();
        private final float[] cellBefore = trace();
        private final float[] squashed = trace();
        /** c of the step being worked on, or before it that of the step before. */
        private final float[] cell;

        LstmLayer(Shape shape, Parameters.LayerViews views) {
            super(shape, views, Stream.of(I, F, G, O).map(Gate::of).toList());
            this.cell = AlignedArrays.allocate(shape.stepSize());
        }

        @Override
        protected void begin() {
            Arrays.fill(cell, 0f);
        }

        @Override
        protected void forwardStep(int step, int count) {
            float[] a = projection().now();
            int lanes = shape().lanes();
            int places = shape().places();
            for (int lane = 0; lane < lanes; lane++) {
                int from = projection().nowAt(lane);
                int at = at(step) + lane * places;
                int atC = START + lane * places;
                Vectors.sigmoid(a, from + I * places, i, at, places);
                Vectors.sigmoid(a, from + F * places, f, at, places);
                Vectors.tanh(a, from + G * places, g, at, places);
                Vectors.sigmoid(a, from + O * places, o, at, places);
                remember(cell, atC, f, i, g, cellBefore, at, places);
                Vectors.tanh(cell, atC, squashed, at, places);
                release(o, squashed, at, afferents(), stateAt(step * lanes + lane), places);
            }
        }

        @Override
        protected void backwardStep(int step, int count) {
            float[] da = projection().gradients();
            int places = shape().places();
            for (int lane = 0; lane < shape().lanes(); lane++) {
                int at = at(step) + lane * places;
                int to = projection().gradientAt(step, lane);
                int atH = START + lane * places;
                throughCell(o, squashed, at, stateGradient, carry, atH, da, to + O * places, places);
                throughGates(i, f, g, cellBefore, at, carry, atH, da, to, places);
            }
        }

        private static void remember(
                float[] c, int atC, float[] f, float[] i, float[] g, float[] before, int at, int places) {
            for (int k = 0; k < places; k += SPECIES.length()) {
                FloatVector old = FloatVector.fromArray(SPECIES, c, atC + k);
                old.intoArray(before, at + k);
                FloatVector kept = FloatVector.fromArray(SPECIES, f, at + k).mul(old);
                FloatVector added =
                        FloatVector.fromArray(SPECIES, i, at + k).mul(FloatVector.fromArray(SPECIES, g, at + k));
                kept.add(added).intoArray(c, atC + k);
            }
        }

        private static void release(float[] o, float[] squashed, int at, float[] states, int to, int places) {
            for (int k = 0; k < places; k += SPECIES.length()) {
                FloatVector.fromArray(SPECIES, o, at + k)
                        .mul(FloatVector.fromArray(SPECIES, squashed, at + k))
                        .intoArray(states, to + k);
            }
        }

        /** dc, to where the next step's f dc stood, and da of the output gate. */
        private static void throughCell(
                float[] output,
                float[] squashed,
                int at,
                float[] dh,
                float[] carry,
                int atH,
                float[] da,
                int to,
                int places) {
            for (int k = 0; k < places; k += SPECIES.length()) {
                FloatVector o = FloatVector.fromArray(SPECIES, output, at + k);
                FloatVector s = FloatVector.fromArray(SPECIES, squashed, at + k);
                FloatVector g = FloatVector.fromArray(SPECIES, dh, atH + k);
                FloatVector one = FloatVector.broadcast(SPECIES, 1);
                FloatVector.fromArray(SPECIES, carry, atH + k)
                        .add(g.mul(o).mul(one.sub(s.mul(s))))
                        .intoArray(carry, atH + k);
                g.mul(s).mul(o).mul(one.sub(o)).intoArray(da, to + k);
            }
        }

        /** da of the other gates, and f dc to where dc stood. */
        private static void throughGates(
                float[] input,
                float[] forget,
                float[] candidate,
                float[] before,
                int at,
                float[] carry,
                int atH,
                float[] da,
                int to,
                int places) {
            for (int k = 0; k < places; k += SPECIES.length()) {
                FloatVector i = FloatVector.fromArray(SPECIES, input, at + k);
                FloatVector f = FloatVector.fromArray(SPECIES, forget, at + k);
                FloatVector g = FloatVector.fromArray(SPECIES, candidate, at + k);
                FloatVector c = FloatVector.fromArray(SPECIES, before, at + k);
                FloatVector dc = FloatVector.fromArray(SPECIES, carry, atH + k);
                FloatVector one = FloatVector.broadcast(SPECIES, 1);
                dc.mul(f).intoArray(carry, atH + k);
                dc.mul(g).mul(i).mul(one.sub(i)).intoArray(da, to + I * places + k);
                dc.mul(c).mul(f).mul(one.sub(f)).intoArray(da, to + F * places + k);
                dc.mul(i).mul(one.sub(g.mul(g))).intoArray(da, to + G * places + k);
            }
        }
    }
}
