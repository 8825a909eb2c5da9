package cohort.task.library.yang;

import cohort.task.Trial;

/**
 * A stimulus of Yang et al.'s tasks, which is at one place of the circle and may be seen in one modality or in both.
 *
 * @param angle where it is, radians
 * @param strength1 how strong it is in modality 1; 0 if it is not seen there
 * @param strength2 how strong it is in modality 2
 */
record YangStimulus(double angle, double strength1, double strength2) {
    /** None at all, in tasks that have one. */
    static final YangStimulus NONE = new YangStimulus(0, 0, 0);

    /** Places of what a trial remembers: three numbers for each of two stimuli, and the angle that is asked for. */
    private static final int NUMBERS = 3;

    private static final int ASKED = 2 * NUMBERS;

    /** One that is seen in one modality, 1 or 2. */
    static YangStimulus in(int modality, double angle, double strength) {
        return modality == 1 ? new YangStimulus(angle, strength, 0) : new YangStimulus(angle, 0, strength);
    }

    /** The modality it is seen in, 1 or 2, if that is one. */
    int modality() {
        return strength1 != 0 ? 1 : 2;
    }

    /** How strong it is in a modality, 1 or 2. */
    double strength(int modality) {
        return modality == 1 ? strength1 : strength2;
    }

    /** Makes it the first or second stimulus of a trial. */
    void store(Trial trial, int number) {
        int place = (number - 1) * NUMBERS;
        trial.setDrawn(place, angle);
        trial.setDrawn(place + 1, strength1);
        trial.setDrawn(place + 2, strength2);
    }

    /** The first or second stimulus of a trial. */
    static YangStimulus of(Trial trial, int number) {
        int place = (number - 1) * NUMBERS;
        return new YangStimulus(trial.drawn(place), trial.drawn(place + 1), trial.drawn(place + 2));
    }

    /** Sets the angle that a trial asks for, radians; NaN if it asks to keep fixating. */
    static void ask(Trial trial, double angle) {
        trial.setDrawn(ASKED, angle);
    }

    /** The angle that a trial asks for, radians; NaN if it asks to keep fixating. */
    static double asked(Trial trial) {
        return trial.drawn(ASKED);
    }
}
