package cohort.network;

/**
 * The non-linearity f of a unit, and its derivative in terms of the rate z = f(a), so that a backward pass needs the
 * rates only. All work in place on a part of a flat array and allocate nothing.
 */
public enum Activation {
    /** max(a, 0); the derivative is 1 where a &gt; 0 and 0 elsewhere, as in PyTorch. */
    RELU {
        @Override
        public void apply(float[] a, int from, int count) {
            for (int i = from; i < from + count; i++) {
                a[i] = Math.max(a[i], 0f);
            }
        }

        @Override
        public void multiplyByDerivative(float[] z, float[] gradient, int from, int count) {
            // min(1, z 2^127) is the step function for every normal z, without a branch that would stop vectorization.
            for (int i = from; i < from + count; i++) {
                gradient[i] *= Math.min(z[i] * 0x1p127f, 1f);
            }
        }
    },

    /** tanh(a); the derivative is 1 - z^2. */
    TANH {
        @Override
        public void apply(float[] a, int from, int count) {
            for (int i = from; i < from + count; i++) {
                a[i] = tanh(a[i]);
            }
        }

        @Override
        public void multiplyByDerivative(float[] z, float[] gradient, int from, int count) {
            for (int i = from; i < from + count; i++) {
                gradient[i] *= 1f - z[i] * z[i];
            }
        }
    },

    /** log(1 + exp(a)); the derivative is the logistic function of a, 1 - exp(-z). */
    SOFTPLUS {
        @Override
        public void apply(float[] a, int from, int count) {
            for (int i = from; i < from + count; i++) {
                a[i] = (float) (Math.max(a[i], 0f) + Math.log1p(Math.exp(-Math.abs((double) a[i]))));
            }
        }

        @Override
        public void multiplyByDerivative(float[] z, float[] gradient, int from, int count) {
            for (int i = from; i < from + count; i++) {
                gradient[i] *= (float) -Math.expm1(-z[i]);
            }
        }
    },

    /** The logistic function 1 / (1 + exp(-a)); the derivative is z (1 - z). */
    SIGMOID {
        @Override
        public void apply(float[] a, int from, int count) {
            for (int i = from; i < from + count; i++) {
                a[i] = (float) (1 / (1 + Math.exp(-(double) a[i])));
            }
        }

        @Override
        public void multiplyByDerivative(float[] z, float[] gradient, int from, int count) {
            for (int i = from; i < from + count; i++) {
                gradient[i] *= z[i] * (1f - z[i]);
            }
        }
    };

    /** Whether a unit whose rate is 0 passes no gradient on: f(a) = 0 only where f'(a) = 0. */
    public boolean canBeSilent() {
        return this == RELU;
    }

    /** Replaces {@code count} inputs a, from an index on, by the rates f(a). */
    public abstract void apply(float[] a, int from, int count);

    /** Multiplies gradients with respect to the rates by f'(a), given the rates z = f(a) at the same indices. */
    public abstract void multiplyByDerivative(float[] z, float[] gradient, int from, int count);

    /** Math.tanh costs several times as much as Math.exp; this is accurate to float precision. */
    private static float tanh(float a) {
        if (Math.abs(a) < 1e-3f) {
            return a - a * a * a / 3; // the quotient below loses digits here; the next term is under 1e-12 of a
        }
        double e = Math.exp(-2 * Math.abs((double) a));
        return (float) Math.copySign((1 - e) / (1 + e), a);
    }
}
