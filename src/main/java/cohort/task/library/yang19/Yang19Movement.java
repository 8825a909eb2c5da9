package cohort.task.library.yang19;

import cohort.task.Duration;
import java.io.Serializable;

/**
 * How the answer moves along the ring: the two modifiers of Mod-Cog (Khona, Chandra et al. 2022, <a
 * href="https://arxiv.org/abs/2207.03523">arXiv</a>). To the right is towards outputs of larger numbers.
 *
 * @param integration 1 or -1: what is asked for lies to the right or left of the target by the way that the delay lasts for; 0: at it
 * @param sequence 1 or -1: in the decision period what is asked for moves to the right or left; 0: it stays where it is
 * @param unitsPerMilli speed of both, units of the ring per millisecond; ways are floored to whole units
 */
record Yang19Movement(int integration, int sequence, double unitsPerMilli) implements Serializable {
    /** The tasks as they are without modifiers. */
    static final Yang19Movement NONE = new Yang19Movement(0, 0, 0);

    /** Whether the answer depends on how long the delay is. */
    boolean isIntegrating() {
        return integration != 0;
    }

    /** Whether the answer moves in the decision period. */
    boolean isSequence() {
        return sequence != 0;
    }

    /**
     * The output that is asked for at the onset of the decision.
     *
     * @param target output of the target, from 1 on
     * @param delayMillis how long the delay was
     */
    int afterDelay(int target, double delayMillis, int ringSize) {
        return moved(target, integration * units(delayMillis), ringSize);
    }

    /**
     * The output that is asked for at a time of the decision.
     *
     * @param asked output that is asked for at its onset, from 1 on
     * @param millis time since the onset
     */
    int afterOnset(int asked, double millis, int ringSize) {
        return moved(asked, sequence * units(millis), ringSize);
    }

    private int units(double millis) {
        return unitsPerMilli == 0 ? 0 : Duration.steps(millis, 1 / unitsPerMilli);
    }

    private static int moved(int output, int units, int ringSize) {
        return 1 + Math.floorMod(output - 1 + units, ringSize);
    }
}
