package cohort.network;

import java.io.Serializable;

/**
 * The fixed numbers of a network: equal recurrent layers on top of each other, and a linear read-out of the last one.
 *
 * @param inputs input channels
 * @param hidden units of each layer
 * @param layers recurrent layers
 * @param outputs outputs of the read-out
 * @param cell what the layers are
 */
public record NetworkSpec(int inputs, int hidden, int layers, int outputs, Cell cell) implements Serializable {
    public NetworkSpec {
        requirePositive("inputs", inputs);
        requirePositive("hidden", hidden);
        requirePositive("layers", layers);
        requirePositive("outputs", outputs);
    }

    /** A leaky network of one layer. */
    public static NetworkSpec leaky(
            int inputs, int hidden, int outputs, double alpha, Activation activation, RecurrentBias bias) {
        return new NetworkSpec(inputs, hidden, 1, outputs, new LeakyCell(alpha, activation, bias));
    }

    /** The same network with another number of units. */
    public NetworkSpec withHidden(int units) {
        return new NetworkSpec(inputs, units, layers, outputs, cell);
    }

    /** Width of what a layer, from 0 on, receives from below. */
    public int layerInputs(int layer) {
        return layer == 0 ? inputs : hidden;
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is not at least 1: " + value);
        }
    }
}
