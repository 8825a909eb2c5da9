package cohort.network;

import java.io.Serializable;
import java.util.List;

/**
 * A kind of recurrent layer: which tensors it learns, and its equations. All that {@link RecurrentNetwork}, and with it training,
 * evaluation and storage, know of it. A new one is a file with a record like {@link LstmCell} and a line in {@link CellKind}.
 */
public interface Cell extends Serializable {
    /** Which of the kinds it is. */
    CellKind kind();

    /** Names of the blocks of rows in its tensors, in their order; a cell with one block has no name for it. */
    List<String> gates();

    /**
     * What a layer learns: one tensor of input weights, one of recurrent weights and one or two biases, each of one block of
     * {@code hidden} rows for each gate; in the order in which {@link Parameters} hold them.
     *
     * @param layer number of the layer, from 0 on
     * @param inputs width of what it receives: the network's inputs, or the units of the layer below
     * @param hidden units
     */
    List<Tensor> tensors(int layer, int inputs, int hidden);

    /** A layer's workspace. */
    Layer newLayer(Layer.Shape shape, Parameters.LayerViews views);

    /** Whether a unit may be silent for a whole sequence, so that no gradient flows through it; see {@link Layer}. */
    default boolean canBeSilent() {
        return false;
    }
}
