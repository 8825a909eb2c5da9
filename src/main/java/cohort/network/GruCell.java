package cohort.network;

import static cohort.network.Vectors.SPECIES;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

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
        // The gates of the projection; a of the third block of rows is in two parts, of the states and of the inputs.
        private static final int R = 0;
        private static final int Z = 1;
        private static final int M = 2;
        private static final int N = 3;

        /** r, z, n and m of all steps. */
        private final float[] reset = trace();

        private final float[] update = trace();
        private final float[] candidate = trace();
        private final float[] recurrent = trace();

        GruLayer(Shape shape, Parameters.LayerViews views) {
            super(shape, views, List.of(Gate.of(0), Gate.of(1), new Gate(2, false, true), new Gate(2, true, false)));
        }

        @Override
        protected void forwardStep(int step, int count) {
            Projection gates = projection();
            float[] a = gates.now();
            int lanes = shape().lanes();
            int places = shape().places();
            for (int lane = 0; lane < lanes; lane++) {
                int from = gates.nowAt(lane);
                int at = at(step) + lane * places;
                int row = step * lanes + lane;
                resetAndUpdate(a, from + R * places, from + Z * places, reset, update, at, places);
                advance(
                        a,
                        from + M * places,
                        gates.ahead(),
                        gates.aheadAt(step, lane) + N * places,
                        reset,
                        update,
                        recurrent,
                        candidate,
                        at,
                        afferents(),
                        stateAt(row - lanes),
                        stateAt(row),
                        places);
            }
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
                        candidate,
                        at(step) + lane * places,
                        afferents(),
                        stateAt((step - 1) * lanes + lane),
                        stateGradient,
                        carry,
                        START + lane * places,
                        projection().gradients(),
                        projection().gradientAt(step, lane),
                        places);
            }
        }

        // tanh(x) = x P(x^2) / Q(x^2) as in Vectors, written out: what passes an array in between passes a cache.

        /** r and z, which share a division: it takes some processors as long as all the rest of a gate. */
        private static void resetAndUpdate(
                float[] a, int aR, int aZ, float[] reset, float[] update, int at, int places) {
            for (int k = 0; k < places; k += SPECIES.length()) {
                FloatVector one = FloatVector.broadcast(SPECIES, 1);
                FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
                IntVector rBits =
                        FloatVector.fromArray(SPECIES, a, aR + k).mul(half).reinterpretAsInts();
                IntVector rOffset = rBits.and(Vectors.SIGN).sub(Vectors.BELOW_NAN);
                FloatVector rX =
                        rBits.sub(rOffset).min(Vectors.LIMIT).add(rOffset).reinterpretAsFloats();
                FloatVector rU = rX.mul(rX);
                FloatVector rP = FloatVector.broadcast(SPECIES, Activation.P4);
                rP = rP.fma(rU, FloatVector.broadcast(SPECIES, Activation.P3));
                rP = rP.fma(rU, FloatVector.broadcast(SPECIES, Activation.P2));
                rP = rP.fma(rU, FloatVector.broadcast(SPECIES, Activation.P1));
                rP = rP.fma(rU, one);
                FloatVector rQ = FloatVector.broadcast(SPECIES, Activation.Q4);
                rQ = rQ.fma(rU, FloatVector.broadcast(SPECIES, Activation.Q3));
                rQ = rQ.fma(rU, FloatVector.broadcast(SPECIES, Activation.Q2));
                rQ = rQ.fma(rU, FloatVector.broadcast(SPECIES, Activation.Q1));
                rQ = rQ.fma(rU, one);
                IntVector zBits =
                        FloatVector.fromArray(SPECIES, a, aZ + k).mul(half).reinterpretAsInts();
                IntVector zOffset = zBits.and(Vectors.SIGN).sub(Vectors.BELOW_NAN);
                FloatVector zX =
                        zBits.sub(zOffset).min(Vectors.LIMIT).add(zOffset).reinterpretAsFloats();
                FloatVector zU = zX.mul(zX);
                FloatVector zP = FloatVector.broadcast(SPECIES, Activation.P4);
                zP = zP.fma(zU, FloatVector.broadcast(SPECIES, Activation.P3));
                zP = zP.fma(zU, FloatVector.broadcast(SPECIES, Activation.P2));
                zP = zP.fma(zU, FloatVector.broadcast(SPECIES, Activation.P1));
                zP = zP.fma(zU, one);
                FloatVector zQ = FloatVector.broadcast(SPECIES, Activation.Q4);
                zQ = zQ.fma(zU, FloatVector.broadcast(SPECIES, Activation.Q3));
                zQ = zQ.fma(zU, FloatVector.broadcast(SPECIES, Activation.Q2));
                zQ = zQ.fma(zU, FloatVector.broadcast(SPECIES, Activation.Q1));
                zQ = zQ.fma(zU, one);
                FloatVector inverse = half.div(rQ.mul(zQ));
                FloatVector r = rX.mul(rP).mul(zQ).fma(inverse, half);
                FloatVector z = zX.mul(zP).mul(rQ).fma(inverse, half);
                r.intoArray(reset, at + k);
                z.intoArray(update, at + k);
            }
        }

        /** n, and from it h. In one loop with r and z a processor would wait: the next units are further ahead than it looks. */
        private static void advance(
                float[] a,
                int aM,
                float[] inputs,
                int aN,
                float[] reset,
                float[] update,
                float[] recurrent,
                float[] candidate,
                int at,
                float[] states,
                int before,
                int to,
                int places) {
            for (int k = 0; k < places; k += SPECIES.length()) {
                FloatVector one = FloatVector.broadcast(SPECIES, 1);
                FloatVector r = FloatVector.fromArray(SPECIES, reset, at + k);
                FloatVector z = FloatVector.fromArray(SPECIES, update, at + k);
                FloatVector m = FloatVector.fromArray(SPECIES, a, aM + k);
                m.intoArray(recurrent, at + k);
                IntVector nBits = FloatVector.fromArray(SPECIES, inputs, aN + k)
                        .add(r.mul(m))
                        .reinterpretAsInts();
                IntVector nOffset = nBits.and(Vectors.SIGN).sub(Vectors.BELOW_NAN);
                FloatVector nX =
                        nBits.sub(nOffset).min(Vectors.LIMIT).add(nOffset).reinterpretAsFloats();
                FloatVector nU = nX.mul(nX);
                FloatVector nP = FloatVector.broadcast(SPECIES, Activation.P4);
                nP = nP.fma(nU, FloatVector.broadcast(SPECIES, Activation.P3));
                nP = nP.fma(nU, FloatVector.broadcast(SPECIES, Activation.P2));
                nP = nP.fma(nU, FloatVector.broadcast(SPECIES, Activation.P1));
                nP = nP.fma(nU, one);
                FloatVector nQ = FloatVector.broadcast(SPECIES, Activation.Q4);
                nQ = nQ.fma(nU, FloatVector.broadcast(SPECIES, Activation.Q3));
                nQ = nQ.fma(nU, FloatVector.broadcast(SPECIES, Activation.Q2));
                nQ = nQ.fma(nU, FloatVector.broadcast(SPECIES, Activation.Q1));
                nQ = nQ.fma(nU, one);
                FloatVector n = nX.mul(nP).div(nQ);
                n.intoArray(candidate, at + k);
                FloatVector h = FloatVector.fromArray(SPECIES, states, before + k);
                n.add(z.mul(h.sub(n))).intoArray(states, to + k);
            }
        }

        /** The gates' da, and z g to where that of the next step stood. */
        private static void back(
                float[] reset,
                float[] update,
                float[] recurrent,
                float[] candidate,
                int at,
                float[] states,
                int before,
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
                FloatVector n = FloatVector.fromArray(SPECIES, candidate, at + k);
                FloatVector h = FloatVector.fromArray(SPECIES, states, before + k);
                FloatVector g =
                        FloatVector.fromArray(SPECIES, dh, atH + k).add(FloatVector.fromArray(SPECIES, carry, atH + k));
                FloatVector one = FloatVector.broadcast(SPECIES, 1);
                FloatVector zg = g.mul(z);
                FloatVector y = one.sub(z);
                zg.intoArray(carry, atH + k);
                zg.mul(h.sub(n)).mul(y).intoArray(da, to + Z * places + k);
                FloatVector dn = g.mul(y).mul(one.sub(n.mul(n)));
                dn.intoArray(da, to + N * places + k);
                FloatVector dm = dn.mul(r);
                dm.intoArray(da, to + M * places + k);
                dm.mul(m).mul(one.sub(r)).intoArray(da, to + R * places + k);
            }
        }
    }
}
