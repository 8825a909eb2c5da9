package cohort.task;

import java.io.Serializable;

/**
 * What a network answered in a trial.
 *
 * @param choice which of the choices, from 1 on; 0 if it gave no answer
 * @param value what it reported, an angle in degrees or a time in milliseconds, or the error of the values it gave; NaN where choices are all
 *     there is
 * @param responseMillis when it answered, from the start of the trial; NaN if it did not, or answers are only read at the end
 * @param correct whether that was right
 */
public record Answer(int choice, double value, double responseMillis, boolean correct) implements Serializable {
    public Answer {
        if (choice < 0) {
            throw new IllegalArgumentException("choice is negative: " + choice);
        }
    }

    /** A choice, or none, that is all there is to be said. */
    public static Answer choice(int choice, boolean correct) {
        return new Answer(choice, Double.NaN, Double.NaN, correct);
    }

    /** Whether there was no answer at all, which is right in some tasks. */
    public boolean isMissing() {
        return choice == 0;
    }
}
