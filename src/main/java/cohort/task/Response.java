package cohort.task;

import java.io.Serializable;

/** How answers are read from a network's outputs, and which of them are right. */
public interface Response extends Serializable {
    /** Number of different choices, besides that of no answer. */
    int choices();

    /** Fraction of right answers of who guesses. */
    double chance();

    /** Reads the answer in a trial. */
    Answer read(Trial trial, Outputs outputs);
}
