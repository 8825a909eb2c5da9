package cohort.training;

import cohort.network.Parameters;
import java.util.Arrays;

/**
 * Guesses which units will be silent in the next batch, so that the network can put them last: those whose bias has had no
 * gradient for longest. The optimizer's first moment tells, which shrinks by a constant factor in each step without a gradient. A
 * wrong guess costs time, not correctness; being a function of the optimizer's state alone, it is the same after a restart.
 */
final class UnitOrder {
    private final Parameters.View bias;
    private final int[] units;
    /** The moment's bits, which order positive numbers, above the unit's number. */
    private final long[] keys;

    UnitOrder(Parameters layout) {
        this.bias = layout.inputBias();
        this.units = new int[bias.size()];
        this.keys = new long[bias.size()];
    }

    /** Orders the units by moments; without any, or before the first step, they stay as they are. */
    void update(float[][] moments) {
        for (int unit = 0; unit < units.length; unit++) {
            float moment = moments.length == 0 ? 0 : Math.abs(moments[0][bias.offset() + unit]);
            keys[unit] = (long) -Float.floatToIntBits(moment) << 32 | unit;
        }
        Arrays.sort(keys);
        for (int place = 0; place < units.length; place++) {
            units[place] = (int) keys[place];
        }
    }

    /** The unit at each place, [hidden]. */
    int[] units() {
        return units;
    }
}
