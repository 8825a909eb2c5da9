package cohort.task;

import java.io.Serializable;

/**
 * Input channels, or outputs, that belong together: "fixation", or a ring of directions.
 *
 * @param name as tables and figures have it
 * @param first the first of them among all
 * @param size how many they are, at least 1
 * @param lossWeight how much an error in these outputs counts, beside 1 for others; of no meaning for inputs
 */
public record Group(String name, int first, int size, float lossWeight) implements Serializable {
    public Group {
        if (first < 0 || size < 1) {
            throw new IllegalArgumentException(name + " is no group: " + size + " from " + first + " on");
        }
        if (!(lossWeight >= 0) || lossWeight == Float.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "loss weight of " + name + " is not a number of at least 0: " + lossWeight);
        }
    }

    /** A group whose errors count once. */
    public Group(String name, int first, int size) {
        this(name, first, size, 1);
    }

    /** Number of the first place after the group. */
    public int end() {
        return first + size;
    }
}
