package cohort.network;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

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

    /** Replaces {@code count} inputs a, from an index on, by the rates f(a). */
    public abstract void apply(float[] a, int from, int count);

    /** Multiplies gradients with respect to the rates by f'(a), given the rates z = f(a) at the same indices. */
    public abstract void multiplyByDerivative(float[] z, float[] gradient, int from, int count);

    /**
     * tanh within 4e-7 of its value, and never beyond 1: a quotient of polynomials fitted to it on [0, 7.9] by weighted least squares
     * (Lawson's algorithm). Nothing but arithmetic, so that Java turns loops over it into vector instructions; an exponential
     * function costs forty times as much, and would be most of the time of an LSTM.
     */
    private static float tanh(float a) {
        float x = Math.max(-7.9f, Math.min(a, 7.9f));
        float u = x * x;
        float p = multiplyAdd(1.5489896e-8f, u, 2.2067145e-5f);
        p = multiplyAdd(p, u, 3.581656e-3f);
        p = multiplyAdd(p, u, 1.345287e-1f);
        p = multiplyAdd(p, u, 1);
        float q = multiplyAdd(8.6238305e-7f, u, 3.428005e-4f);
        q = multiplyAdd(q, u, 2.6202388e-2f);
        q = multiplyAdd(q, u, 4.6786198e-1f);
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
