package cohort.task;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;

/** How answers are read from a network's outputs, and which of them are right. */
public interface Response extends Serializable {
    /** Number of different choices, besides that of no answer. */
    int choices();

    /** Fraction of right answers of who guesses. */
    double chance();

    /** Reads the answer in a trial. */
    Answer read(Trial trial, Outputs outputs);

    /** Place of the period from whose onset response times count; empty where it does not matter when an answer was given. */
    default OptionalInt timedFrom() {
        return OptionalInt.empty();
    }

    /**
     * The same choices, each made when its output first exceeds a threshold; empty where choices have no outputs of their own.
     *
     * @param threshold in the unit of the outputs that are read
     */
    default Optional<Response> crossing(double threshold) {
        return Optional.empty();
    }
}
