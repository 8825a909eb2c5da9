package cohort.task.declared;

import cohort.task.Trial;
import java.io.Serializable;
import java.util.function.IntFunction;

/**
 * A number: always the same, or what was drawn for the trial.
 *
 * @param number the number, if it is always the same
 * @param place of the draw among all; negative if there is none
 */
record Amount(double number, int place) implements Serializable {
    static Amount of(double number) {
        return new Amount(number, -1);
    }

    static Amount drawn(int place) {
        return new Amount(0, place);
    }

    boolean isDrawn() {
        return place >= 0;
    }

    /** The smallest and the largest it can be, from those of draws. */
    double[] bounds(IntFunction<double[]> ofDraws) {
        return isDrawn() ? ofDraws.apply(place) : new double[] {number, number};
    }

    double of(Trial trial) {
        return place < 0 ? number : trial.drawn(place);
    }
}
