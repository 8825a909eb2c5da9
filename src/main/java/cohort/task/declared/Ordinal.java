package cohort.task.declared;

import cohort.task.Trial;
import java.io.Serializable;

/**
 * A number that counts: which of the answers, or of the channels of a group.
 *
 * @param amount the number; or an angle in degrees, which stands for the number of its direction, from 1 on
 * @param directions how many directions there are, the first at 0 degrees; 0 if it is no angle
 * @param less taken from the number
 */
record Ordinal(Amount amount, int directions, int less) implements Serializable {
    static Ordinal of(int number) {
        return new Ordinal(Amount.of(number), 0, 0);
    }

    int of(Trial trial) {
        return number(amount.of(trial), directions) - less;
    }

    static int number(double value, int directions) {
        return directions == 0 ? (int) value : 1 + Math.floorMod((int) Math.rint(value * directions / 360), directions);
    }
}
