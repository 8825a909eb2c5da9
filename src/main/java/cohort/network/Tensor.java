package cohort.network;

import java.util.List;

/**
 * A named tensor of a network.
 *
 * @param name in PyTorch
 * @param alias the other name it is known by when a file is read, or the same
 * @param role what it is to the network
 * @param rows first dimension (length of a vector)
 * @param columns second dimension, or 0 for a vector
 * @param fanIn PyTorch draws first values uniformly within 1 / sqrt(fanIn)
 */
public record Tensor(String name, String alias, Role role, int rows, int columns, int fanIn) {
    /** What a tensor is to the network. */
    public enum Role {
        /** Wx, [gate and unit, input]. */
        INPUT_WEIGHTS,
        /** Wh, [gate and unit, unit]. */
        RECURRENT_WEIGHTS,
        /** A bias of the recurrent layer, [gate and unit]. */
        BIAS,
        /** Wy, [output, unit], or by, [output]. */
        READOUT
    }

    /** A tensor with one name. */
    public Tensor(String name, Role role, int rows, int columns, int fanIn) {
        this(name, name, role, rows, columns, fanIn);
    }

    /**
     * The tensors of PyTorch's nn.LSTM and nn.GRU.
     *
     * @param gates blocks of {@code hidden} rows
     */
    static List<Tensor> ofGates(int gates, int layer, int inputs, int hidden) {
        int rows = Math.multiplyExact(gates, hidden);
        String end = "_l" + layer;
        return List.of(
                new Tensor("rnn.weight_ih" + end, Role.INPUT_WEIGHTS, rows, inputs, hidden),
                new Tensor("rnn.weight_hh" + end, Role.RECURRENT_WEIGHTS, rows, hidden, hidden),
                new Tensor("rnn.bias_ih" + end, Role.BIAS, rows, 0, hidden),
                new Tensor("rnn.bias_hh" + end, Role.BIAS, rows, 0, hidden));
    }

    public int size() {
        return columns == 0 ? rows : Math.multiplyExact(rows, columns);
    }

    public int[] shape() {
        return columns == 0 ? new int[] {rows} : new int[] {rows, columns};
    }
}
