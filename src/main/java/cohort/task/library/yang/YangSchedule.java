package cohort.task.library.yang;

import java.io.Serializable;

/**
 * In which periods of a trial what is shown; the last one is the response.
 *
 * @param periods how many there are
 * @param on1 the first period in which stimulus 1 is shown
 * @param off1 the first one after that in which it is not
 * @param on2 the same of stimulus 2
 * @param off2 the same of stimulus 2
 * @param fixation when the fixation input goes off
 */
record YangSchedule(int periods, int on1, int off1, int on2, int off2, Fixation fixation) implements Serializable {
    /** When the fixation input goes off. */
    enum Fixation {
        /** Never: what is shown in the response is the go cue. */
        STAYS,
        /** When the response begins, which is the go cue. */
        UNTIL_RESPONSE
    }

    /** Place of the response. */
    int response() {
        return periods - 1;
    }

    /** The first period in which a stimulus, 1 or 2, is shown. */
    int on(int stimulus) {
        return stimulus == 1 ? on1 : on2;
    }

    /** The first period after that in which it is not. */
    int off(int stimulus) {
        return stimulus == 1 ? off1 : off2;
    }

    /** How many periods the fixation input is on. */
    int fixationPeriods() {
        return fixation == Fixation.STAYS ? periods : periods - 1;
    }
}
