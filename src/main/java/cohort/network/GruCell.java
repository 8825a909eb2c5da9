package cohort.network;

import static cohort.network.Vectors.SPECIES;

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
        private final Projection reset = projection(0);
        private final Projection update = projection(1);
        private final Projection candidate = inputProjection(2);
        private final Projection recurrent = stateProjection(2);
        private final float[] before = stateBefore();

        GruLayer(Shape shape, Parameters.LayerViews views) {
            super(shape, views);
        }

        @Override
        protected void forwardStep(int at, int count) {
            Vectors.sigmoid(reset.now(), reset.steps(), at, count);
            Vectors.sigmoid(update.now(), update.steps(), at, count);
            gate(candidate.now(), reset.steps(), recurrent.now(), recurrent.steps(), at, count);
            Vectors.tanh(candidate.now(), candidate.steps(), at, count);
            mix(state, update.steps(), candidate.steps(), at, count);
        }

        @Override
        protected void backwardStep(int at, int count) {
            back(
                    reset.steps(),
                    update.steps(),
                    candidate.steps(),
                    recurrent.steps(),
                    at,
                    before,
                    stateGradient,
                    carry,
                    count);
        }

        private static void gate(float[] n, float[] r, float[] m, float[] kept, int at, int count) {
            for (int k = 0; k < count; k += SPECIES.length()) {
                FloatVector a = FloatVector.fromArray(SPECIES, n, START + k);
                FloatVector recurrent = FloatVector.fromArray(SPECIES, m, START + k);
                a.add(FloatVector.fromArray(SPECIES, r, at + k).mul(recurrent)).intoArray(n, START + k);
                recurrent.intoArray(kept, at + k);
            }
        }

        private static void mix(float[] state, float[] z, float[] n, int at, int count) {
            for (int k = 0; k < count; k += SPECIES.length()) {
                FloatVector before = FloatVector.fromArray(SPECIES, state, START + k);
                FloatVector candidate = FloatVector.fromArray(SPECIES, n, at + k);
                FloatVector update = FloatVector.fromArray(SPECIES, z, at + k);
                candidate.add(update.mul(before.sub(candidate))).intoArray(state, START + k);
            }
        }

        /** The gates' da to where the gates were, and z g to where that of the next step stood. */
        private static void back(
                float[] reset,
                float[] update,
                float[] candidate,
                float[] recurrent,
                int at,
                float[] before,
                float[] dh,
                float[] carry,
                int count) {
            for (int k = 0; k < count; k += SPECIES.length()) {
                FloatVector r = FloatVector.fromArray(SPECIES, reset, at + k);
                FloatVector z = FloatVector.fromArray(SPECIES, update, at + k);
                FloatVector n = FloatVector.fromArray(SPECIES, candidate, at + k);
                FloatVector m = FloatVector.fromArray(SPECIES, recurrent, at + k);
                FloatVector h = FloatVector.fromArray(SPECIES, before, START + k);
                FloatVector g = FloatVector.fromArray(SPECIES, dh, START + k)
                        .add(FloatVector.fromArray(SPECIES, carry, START + k));
                FloatVector one = FloatVector.broadcast(SPECIES, 1);
                FloatVector da = g.mul(one.sub(z)).mul(one.sub(n.mul(n)));
                g.mul(z).intoArray(carry, START + k);
                g.mul(h.sub(n)).mul(z).mul(one.sub(z)).intoArray(update, at + k);
                da.mul(m).mul(r).mul(one.sub(r)).intoArray(reset, at + k);
                da.mul(r).intoArray(recurrent, at + k);
                da.intoArray(candidate, at + k);
            }
        }
    }
}
