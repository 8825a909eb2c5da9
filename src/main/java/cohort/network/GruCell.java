package cohort.network;

import static cohort.network.Vectors.SPECIES;

import cohort.linalg.AlignedArrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

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
        Layer.requireVectors();
        return new GruLayer(shape, views);
    }

    private static final class GruLayer extends Layer {
        private static final int R = 0;
        private static final int Z = 1;
        private static final int M = 2;
        private static final int N = 3;

        /** r, z and m of all steps. */
        private final float[] reset = trace();

        private final float[] update = trace();
        private final float[] recurrent = trace();
        /** n of the step being worked on. */
        private final float[] candidate;

        GruLayer(Shape shape, Parameters.LayerViews views) {
            super(
                    shape,
                    views,
                    List.of(
                            Projection.Gate.of(0),
                            Projection.Gate.of(1),
                            new Projection.Gate(2, false, true),
                            new Projection.Gate(2, true, false)));
            this.candidate = AlignedArrays.allocate(shape.stepSize());
        }

        @Override
        protected void forwardStep(int step, int count) {
            Projection gates = projection();
            int at = at(step);
            Vectors.sigmoids(gates.now(), gates.nowAt(R), gates.nowAt(Z), reset, update, at, count);
            gate(gates.now(), gates.nowAt(N), gates.nowAt(M), reset, recurrent, at, count);
            Vectors.tanh(gates.now(), gates.nowAt(N), candidate, START, count);
            mix(state, update, at, candidate, count);
        }

        @Override
        protected void backwardStep(int step, int count) {
            int lanes = shape().lanes();
            int places = shape().places();
            for (int lane = 0; lane < lanes; lane++) {
                back(
                        reset,
                        update,
                        recurrent,
                        at(step) + lane * places,
                        states(),
                        stateAt((step - 1) * lanes + lane),
                        stateAt(step * lanes + lane),
                        stateGradient,
                        carry,
                        START + lane * places,
                        projection().gradients(),
                        projection().gradientAt(step, lane),
                        places);
            }
        }

        /** Adds r m to the candidate's part of the inputs, and keeps m. */
        private static void gate(float[] now, int n, int m, float[] reset, float[] recurrent, int at, int count) {
            for (int k = 0; k < count; k += SPECIES.length()) {
                FloatVector kept = FloatVector.fromArray(SPECIES, now, m + k);
                kept.intoArray(recurrent, at + k);
                FloatVector.fromArray(SPECIES, now, n + k)
                        .add(FloatVector.fromArray(SPECIES, reset, at + k).mul(kept))
                        .intoArray(now, n + k);
            }
        }

        private static void mix(float[] state, float[] update, int at, float[] candidate, int count) {
            for (int k = 0; k < count; k += SPECIES.length()) {
                FloatVector before = FloatVector.fromArray(SPECIES, state, START + k);
                FloatVector n = FloatVector.fromArray(SPECIES, candidate, START + k);
                FloatVector z = FloatVector.fromArray(SPECIES, update, at + k);
                n.add(z.mul(before.sub(n))).intoArray(state, START + k);
            }
        }

        /** The gates' da, and z g to where that of the next step stood. */
        private static void back(
                float[] reset,
                float[] update,
                float[] recurrent,
                int at,
                float[] states,
                int before,
                int after,
                float[] dh,
                float[] carry,
                int atH,
                float[] da,
                int to,
                int places) {
            for (int k = 0; k < places; k += SPECIES.length()) {
                FloatVector r = FloatVector.fromArray(SPECIES, reset, at + k);
                FloatVector z = FloatVector.fromArray(SPECIES, update, at + k);
                FloatVector m = FloatVector.fromArray(SPECIES, recurrent, at + k);
                FloatVector h0 = FloatVector.fromArray(SPECIES, states, before + k);
                FloatVector h1 = FloatVector.fromArray(SPECIES, states, after + k);
                FloatVector g =
                        FloatVector.fromArray(SPECIES, dh, atH + k).add(FloatVector.fromArray(SPECIES, carry, atH + k));
                FloatVector zg = g.mul(z);
                zg.intoArray(carry, atH + k);
                zg.mul(h0.sub(h1)).intoArray(da, to + places + k);
                // (1 - z) (1 - n^2) = (1 - z) - ((1 - z) n)^2 / (1 - z)
                FloatVector y = FloatVector.broadcast(SPECIES, 1 + TINY).sub(z);
                FloatVector c = h1.sub(z.mul(h0));
                FloatVector dn = g.mul(y.sub(c.mul(c).div(y)));
                dn.intoArray(da, to + 3 * places + k);
                FloatVector dm = dn.mul(r);
                dm.intoArray(da, to + 2 * places + k);
                dm.mul(m).mul(FloatVector.broadcast(SPECIES, 1).sub(r)).intoArray(da, to + k);
            }
        }
    }

    /** Keeps 1 - z above 0. */
    private static final float TINY = 0x1p-23f;
}
