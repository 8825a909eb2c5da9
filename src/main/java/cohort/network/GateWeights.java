package cohort.network;

import cohort.linalg.AlignedArrays;
import java.util.List;

/**
 * The weights of a {@link Projection} in its workspace, as matrix products read them: taken over from {@link Parameters}, where a row
 * is what a unit receives, and the gradient on its way back there. Units lie in the workspace in an order of the caller's choice.
 */
final class GateWeights {
    private static final int START = AlignedArrays.START;

    /** Rows that are turned at once: as many as a processor has registers for. */
    private static final int BLOCK = 8;

    private final Layer.Shape shape;
    private final Parameters.LayerViews views;
    private final List<Gate> gates;
    private final int stride;
    private final int backStride;
    /** (Wx, b, Wh), [afferent, gate, place]; zero where a gate does not receive an afferent. */
    private final float[] forward;
    /** (Wy, Wh) for the way back: rows of the read-out, and then of each [gate, place], by the place they come from. */
    private final float[] back;
    /** Some rows of a tensor, [row, column]. */
    private final float[] block;
    /** The gradient of (Wx, b, Wh), laid out as they are; once there is a backward pass. */
    private float[] gradient;

    GateWeights(Layer.Shape shape, Parameters.LayerViews views, List<Gate> gates) {
        this.shape = shape;
        this.views = views;
        this.gates = gates;
        int rows = Math.multiplyExact(gates.size(), shape.places());
        this.stride = AlignedArrays.stride(rows);
        this.backStride = AlignedArrays.stride(shape.hidden());
        this.forward = AlignedArrays.allocate(Math.multiplyExact(shape.afferents(), stride));
        this.back = AlignedArrays.allocate(Math.multiplyExact(shape.outputs() + rows, backStride));
        this.block = new float[BLOCK * Math.max(shape.inputs(), shape.hidden())];
    }

    float[] forward() {
        return forward;
    }

    float[] back() {
        return back;
    }

    float[] gradient() {
        if (gradient == null) {
            gradient = AlignedArrays.allocate(forward.length - START);
        }
        return gradient;
    }

    /** Distance between the weights of two afferents, forward and in the gradient. */
    int stride() {
        return stride;
    }

    /** Distance between the weights of two rows on the way back. */
    int backStride() {
        return backStride;
    }

    /** Where the weights of a row begin on the way back; those of the read-out come before row 0. */
    int backAt(int row) {
        return START + (shape.outputs() + row) * backStride;
    }

    /** Where the weights of an afferent begin, forward and in the gradient. */
    int at(int afferent) {
        return START + afferent * stride;
    }

    /**
     * Takes over weights, which are copied.
     *
     * @param order the unit at each place
     * @param orderBelow the input at each place of the inputs
     */
    void load(Parameters parameters, int[] order, int[] orderBelow) {
        float[] values = parameters.values();
        boolean inOrder = isInOrder(order);
        for (int output = 0; output < shape.outputs(); output++) {
            int from = parameters.readoutWeights().offset() + output * shape.hidden();
            copyRow(values, from, order, inOrder, back, backAt(output - shape.outputs()));
        }
        for (int g = 0; g < gates.size(); g++) {
            Gate gate = gates.get(g);
            if (gate.takesInputs()) {
                loadTensor(values, views.inputWeights(), g, order, orderBelow, 0);
            }
            if (gate.takesStates()) {
                loadTensor(values, views.recurrentWeights(), g, order, order, firstState());
            }
            List<Parameters.View> biases = gate.biases(views);
            int to = at(shape.inputs()) + g * shape.places();
            for (int place = 0; place < shape.hidden(); place++) {
                float bias = 0;
                for (Parameters.View view : biases) {
                    bias += values[view.offset() + gate.block() * shape.hidden() + order[place]];
                }
                forward[to + place] = bias;
            }
        }
    }

    /** A gate's rows of a tensor, to the afferents from one on; those of the states also to the weights of the way back. */
    private void loadTensor(
            float[] values, Parameters.View view, int gate, int[] order, int[] columnOrder, int firstAfferent) {
        int columns = columnOrder.length;
        boolean inOrder = isInOrder(columnOrder);
        boolean ofStates = firstAfferent > 0;
        float[] rows = ofStates ? back : block;
        int distance = ofStates ? backStride : columns;
        int offset = view.offset() + gates.get(gate).block() * shape.hidden() * columns;
        for (int place = 0; place < shape.hidden(); place += BLOCK) {
            int count = Math.min(BLOCK, shape.hidden() - place);
            int row = gate * shape.places() + place;
            int to = ofStates ? backAt(row) : 0;
            for (int r = 0; r < count; r++) {
                copyRow(values, offset + order[place + r] * columns, columnOrder, inOrder, rows, to + r * distance);
            }
            turn(rows, to, distance, columns, count, at(firstAfferent) + row);
        }
    }

    /**
     * Writes the gradient to where the weights came from; that of silent units is left as it is.
     *
     * @param activePlaces places from which on all units are silent
     */
    void writeGradient(float[] values, int[] order, int[] orderBelow, int activePlaces) {
        for (int g = 0; g < gates.size(); g++) {
            Gate gate = gates.get(g);
            if (gate.takesInputs()) {
                writeTensor(values, views.inputWeights(), g, order, orderBelow, 0, activePlaces);
            }
            if (gate.takesStates()) {
                writeTensor(values, views.recurrentWeights(), g, order, order, firstState(), activePlaces);
            }
            int from = at(shape.inputs()) + g * shape.places();
            for (Parameters.View view : gate.biases(views)) {
                int to = view.offset() + gate.block() * shape.hidden();
                for (int place = 0; place < activePlaces; place++) {
                    values[to + order[place]] = gradient[from + place];
                }
            }
        }
    }

    private void writeTensor(
            float[] values,
            Parameters.View view,
            int gate,
            int[] order,
            int[] columnOrder,
            int firstAfferent,
            int activePlaces) {
        boolean inOrder = isInOrder(columnOrder);
        int width = columnOrder.length;
        int columns = firstAfferent > 0 ? activePlaces : width; // silent units give nothing
        int offset = view.offset() + gates.get(gate).block() * shape.hidden() * width;
        for (int place = 0; place < activePlaces; place += BLOCK) {
            int count = Math.min(BLOCK, activePlaces - place);
            turnBack(at(firstAfferent) + gate * shape.places() + place, columns, count);
            for (int r = 0; r < count; r++) {
                writeRow(r * columns, columns, values, offset + order[place + r] * width, columnOrder, inOrder);
            }
        }
    }

    /** The afferent that is the first state. */
    private int firstState() {
        return shape.inputs() + 1;
    }

    private static boolean isInOrder(int[] order) {
        boolean inOrder = true;
        for (int i = 0; i < order.length; i++) {
            inOrder &= order[i] == i;
        }
        return inOrder;
    }

    private static void copyRow(float[] values, int from, int[] order, boolean inOrder, float[] into, int to) {
        if (inOrder) {
            System.arraycopy(values, from, into, to, order.length);
        } else {
            for (int j = 0; j < order.length; j++) {
                into[to + j] = values[from + order[j]];
            }
        }
    }

    private void writeRow(int from, int columns, float[] values, int to, int[] order, boolean inOrder) {
        if (inOrder) {
            System.arraycopy(block, from, values, to, columns);
        } else {
            for (int j = 0; j < columns; j++) {
                values[to + order[j]] = block[from + j];
            }
        }
    }

    /** Rows, a distance apart, to columns of the weights; eight at once, written out, takes half as long as a loop over them. */
    private void turn(float[] rows, int from, int distance, int columns, int count, int to) {
        if (count < BLOCK) {
            for (int j = 0; j < columns; j++) {
                for (int r = 0; r < count; r++) {
                    forward[to + j * stride + r] = rows[from + r * distance + j];
                }
            }
            return;
        }
        for (int j = 0; j < columns; j++) {
            int at = from + j;
            float v0 = rows[at];
            float v1 = rows[at + distance];
            float v2 = rows[at + 2 * distance];
            float v3 = rows[at + 3 * distance];
            float v4 = rows[at + 4 * distance];
            float v5 = rows[at + 5 * distance];
            float v6 = rows[at + 6 * distance];
            float v7 = rows[at + 7 * distance];
            int column = to + j * stride;
            forward[column] = v0;
            forward[column + 1] = v1;
            forward[column + 2] = v2;
            forward[column + 3] = v3;
            forward[column + 4] = v4;
            forward[column + 5] = v5;
            forward[column + 6] = v6;
            forward[column + 7] = v7;
        }
    }

    /** The reverse of {@link #turn}: columns of the gradient to rows of {@link #block}, as many floats apart as there are columns. */
    private void turnBack(int from, int columns, int count) {
        if (count < BLOCK) {
            for (int j = 0; j < columns; j++) {
                for (int r = 0; r < count; r++) {
                    block[r * columns + j] = gradient[from + j * stride + r];
                }
            }
            return;
        }
        for (int j = 0; j < columns; j++) {
            int column = from + j * stride;
            float v0 = gradient[column];
            float v1 = gradient[column + 1];
            float v2 = gradient[column + 2];
            float v3 = gradient[column + 3];
            float v4 = gradient[column + 4];
            float v5 = gradient[column + 5];
            float v6 = gradient[column + 6];
            float v7 = gradient[column + 7];
            block[j] = v0;
            block[columns + j] = v1;
            block[2 * columns + j] = v2;
            block[3 * columns + j] = v3;
            block[4 * columns + j] = v4;
            block[5 * columns + j] = v5;
            block[6 * columns + j] = v6;
            block[7 * columns + j] = v7;
        }
    }
}
