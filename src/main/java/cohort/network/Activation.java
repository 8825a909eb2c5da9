package cohort.network;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

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
                a[i] = 0.5f + 0.5f * tanh(0.5f * a[i]);
            }
        }

        @Override
        public void multiplyByDerivative(float[] z, float[] gradient, int from, int count) {
            for (int i = from; i < from + count; i++) {
                gradient[i] *= z[i] * (1f - z[i]);
            }
        }
    };

    /** Its name in a configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Replaces {@code count} inputs a, from an index on, by the rates f(a). */
    public abstract void apply(float[] a, int from, int count);

    /** Multiplies gradients with respect to the rates by f'(a), given the rates z = f(a) at the same indices. */
    public abstract void multiplyByDerivative(float[] z, float[] gradient, int from, int count);

    // x P(x^2) / Q(x^2), coefficients by the power of x^2; those of power 0 are 1.
    static final float TANH_LIMIT = 7.9f;
    static final float P1 = 1.345287e-1f;
    static final float P2 = 3.581656e-3f;
    static final float P3 = 2.2067145e-5f;
    static final float P4 = 1.5489896e-8f;
    static final float Q1 = 4.6786198e-1f;
    static final float Q2 = 2.6202388e-2f;
    static final float Q3 = 3.428005e-4f;
    static final float Q4 = 8.6238305e-7f;

    /**
     * tanh within 4e-7 of its value, and never beyond 1: a quotient of polynomials fitted to it on [0, 7.9] by weighted least squares
     * (Lawson's algorithm). Nothing but arithmetic, so that Java turns loops over it into vector instructions; an exponential
     * function costs forty times as much, and would be most of the time of an LSTM. {@link Vectors} has it once more.
     */
    private static float tanh(float a) {
        float x = Math.max(-TANH_LIMIT, Math.min(a, TANH_LIMIT));
        float u = x * x;
        float p = multiplyAdd(P4, u, P3);
        p = multiplyAdd(p, u, P2);
        p = multiplyAdd(p, u, P1);
        p = multiplyAdd(p, u, 1);
        float q = multiplyAdd(Q4, u, Q3);
        q = multiplyAdd(q, u, Q2);
        q = multiplyAdd(q, u, Q1);
        q = multiplyAdd(q, u, 1);
        return x * p / q;
    }

    private static float multiplyAdd(float a, float b, float c) {
        return Processor.FUSES ? Math.fma(a, b, c) : a * b + c;
    }

    /** Where the processor has no fused multiply-add, Java's is exact all the same, and a thousand times as slow. */
    private static final class Processor {
        static final boolean FUSES =
                Boolean.parseBoolean(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .getVMOption("UseFMA")
                        .getValue());
    }
}
