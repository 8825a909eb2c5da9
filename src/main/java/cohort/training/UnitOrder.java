package cohort.training;

import cohort.network.Parameters;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Guesses which units will be silent in the next batch, so that the network can put them last: those whose bias has had no
 * gradient for longest. The optimizer's first moment tells, which shrinks by a constant factor in each step without a gradient. A
 * wrong guess costs time, not correctness; being a function of the optimizer's state alone, it is the same after a restart.
 * Units that cannot be silent stay as they are.
 */
final class UnitOrder {
    private final Parameters layout;
    /** The unit at each place, [layer][hidden]. */
    private final int[][] units;
    /** The moment's bits, which order positive numbers, above the unit's number. */
    private final long[] keys;

    UnitOrder(Parameters layout) {
        this.layout = layout;
        this.keys = new long[layout.spec().hidden()];
        this.units = new int[layout.spec().layers()][];
        Arrays.setAll(units, layer -> IntStream.range(0, keys.length).toArray());
    }

    /** Orders the units by moments; without any, or before the first step, they stay as they are. */
    void update(float[][] moments) {
        if (layout.spec().cell().canBeSilent()) {
            for (int layer = 0; layer < units.length; layer++) {
                int bias = layout.layer(layer).biases().get(0).offset();
                update(moments, bias, units[layer]);
            }
        }
    }

    private void update(float[][] moments, int bias, int[] layerUnits) {
        for (int unit = 0; unit < keys.length; unit++) {
            float moment = moments.length == 0 ? 0 : Math.abs(moments[0][bias + unit]);
            keys[unit] = (long) -Float.floatToIntBits(moment) << 32 | unit;
        }
        Arrays.sort(keys);
        for (int place = 0; place < keys.length; place++) {
            layerUnits[place] = (int) keys[place];
        }
    }

    /** The unit at each place, [layer][hidden]. */
    int[][] units() {
        return units;
    }
}
