package cohort.network;

import java.util.List;

/**
 * The input of a gate.
 *
 * @param block which block of rows of the layer's tensors it has
 * @param takesInputs whether its inputs and the bias that belongs to them take part
 * @param takesStates whether the states and the bias that belongs to them take part
 */
record Gate(int block, boolean takesInputs, boolean takesStates) {
    /** A gate that receives all there is. */
    static Gate of(int block) {
        return new Gate(block, true, true);
    }

    /** Its share of the biases: the first belongs to the inputs. */
    List<Parameters.View> biases(Parameters.LayerViews views) {
        List<Parameters.View> all = views.biases();
        return all.subList(takesInputs ? 0 : 1, takesStates ? all.size() : 1);
    }

    /** The afferent after the last that takes part. */
    int end(Layer.Shape shape, int activePlaces) {
        return shape.inputs() + 1 + (takesStates ? activePlaces : 0);
    }

    /** Multiplications of a step's products, zeros left out, forward, backward and for the weights' gradient, in one lane. */
    long multiplications(Layer.Shape shape, int activePlaces, boolean inputGradient) {
        long columns = end(shape, activePlaces) - (takesInputs ? 0L : shape.inputs());
        long back = takesStates ? activePlaces : 0;
        long below = inputGradient && takesInputs ? shape.inputs() : 0;
        return columns * shape.hidden() + (back + below + columns) * activePlaces;
    }

    /** What of it is done ahead of the steps: its part of the first afferents, so many. */
    int columnsAhead(Layer.Shape shape, int firstInStep) {
        if (!takesInputs) {
            return 0;
        }
        return takesStates ? firstInStep : shape.inputs() + 1;
    }
}
