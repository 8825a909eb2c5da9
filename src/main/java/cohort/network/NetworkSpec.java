package cohort.network;

import java.io.Serializable;

/**
 * The fixed numbers of a leaky network with a linear read-out.
 *
 * @param inputs input channels
 * @param hidden recurrent units
 * @param outputs outputs of the read-out
 * @param alpha dt / tau, dimensionless, in (0, 1]
 * @param activation the units' non-linearity
 * @param bias number of recurrent bias vectors
 */
public record NetworkSpec(int inputs, int hidden, int outputs, double alpha, Activation activation, RecurrentBias bias)
        implements Serializable {
    public NetworkSpec {
        requirePositive("inputs", inputs);
        requirePositive("hidden", hidden);
        requirePositive("outputs", outputs);
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha = dt / tau is not in (0, 1]: " + alpha);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is not at least 1: " + value);
        }
    }
}
