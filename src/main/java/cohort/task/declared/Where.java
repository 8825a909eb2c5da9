package cohort.task.declared;

import cohort.task.Trial;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * In which trials something is done: those in which all draws that are named have one of the values that are named.
 *
 * @param all what must hold; nothing in all trials
 */
record Where(List<Is> all) implements Serializable {
    static final Where ALWAYS = new Where(List.of());

    /**
     * A draw and values of it.
     *
     * @param place of the draw among all
     */
    record Is(int place, List<Double> values) implements Serializable {
        boolean holds(Trial trial) {
            double drawn = trial.drawn(place);
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) == drawn) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The places of the draws that are named, and another one. */
    List<Integer> with(int other) {
        return Stream.concat(Stream.of(other), all.stream().map(Is::place)).toList();
    }

    boolean isAlways() {
        return all.isEmpty();
    }

    boolean holds(Trial trial) {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).holds(trial)) {
                return false;
            }
        }
        return true;
    }
}
