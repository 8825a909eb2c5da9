package cohort.task.library.driscoll;

import java.util.List;
import java.util.Locale;

/** The fifteen tasks of Driscoll et al., in the order of their rule inputs. */
enum DriscollRule {
    FDGO(Family.REACH, "A location is shown until the end; point there when the fixation light goes out."),
    REACTGO(Family.REACH, "A location is shown; point there at once."),
    DELAYGO(Family.REACH, "A location is shown; point there after a delay."),
    FDANTI(
            Family.REACH,
            "A location is shown until the end; point to the opposite side when the fixation light goes out."),
    REACTANTI(Family.REACH, "A location is shown; point to the opposite side at once."),
    DELAYANTI(Family.REACH, "A location is shown; point to the opposite side after a delay."),
    DELAYDM1(Family.DECISION, "Two stimuli are shown one after the other in modality 1; point to the stronger one."),
    DELAYDM2(Family.DECISION, "Two stimuli are shown one after the other in modality 2; point to the stronger one."),
    CONTEXTDELAYDM1(
            Family.DECISION,
            "Two stimuli are shown one after the other in two modalities, of which the first counts; point to the stronger one."),
    CONTEXTDELAYDM2(
            Family.DECISION,
            "Two stimuli are shown one after the other in two modalities, of which the second counts; point to the stronger one."),
    MULTIDELAYDM(
            Family.DECISION,
            "Two stimuli are shown one after the other in two modalities, which add up; point to the stronger one."),
    DMSGO(
            Family.MATCH,
            "Two stimuli are shown one after the other; point to the second at once if both are at one location."),
    DMSNOGO(
            Family.MATCH,
            "Two stimuli are shown one after the other; point to the second at once if it is at another location."),
    DMCGO(
            Family.MATCH,
            "Two stimuli are shown one after the other; point to the second at once if both are in one half of the circle."),
    DMCNOGO(
            Family.MATCH,
            "Two stimuli are shown one after the other; point to the second at once if it is in the other half of the circle.");

    /** What is alike in several tasks. */
    enum Family {
        REACH,
        DECISION,
        MATCH
    }

    private final Family family;
    private final String about;

    DriscollRule(Family family, String about) {
        this.family = family;
        this.about = about;
    }

    Family family() {
        return family;
    }

    /** What the task is. */
    String about() {
        return about;
    }

    /** The task's name as the original has it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Place of its input among those of all rules, from 0 on. */
    int place() {
        return List.of(values()).indexOf(this);
    }

    boolean isAnti() {
        return this == FDANTI || this == REACTANTI || this == DELAYANTI;
    }

    /** Whether the fixation input stays on to the end, so that a stimulus is the go cue. */
    boolean isStimulusTheCue() {
        return family == Family.MATCH || this == REACTGO || this == REACTANTI;
    }

    /** Whether the last stimulus is shown in the response period too. */
    boolean isShownToTheEnd() {
        return isStimulusTheCue() || this == FDGO || this == FDANTI;
    }

    /** Whether categories must match, not locations. */
    boolean isCategory() {
        return this == DMCGO || this == DMCNOGO;
    }

    boolean isGoMatch() {
        return this == DMSGO || this == DMCGO;
    }

    /** Whether stimuli to be compared are shown in a modality. */
    boolean shows(int modality) {
        return this != (modality == 1 ? DELAYDM2 : DELAYDM1);
    }

    /** Whether a modality counts in a comparison. */
    boolean counts(int modality) {
        return shows(modality) && this != (modality == 1 ? CONTEXTDELAYDM2 : CONTEXTDELAYDM1);
    }

    boolean isContext() {
        return this == CONTEXTDELAYDM1 || this == CONTEXTDELAYDM2;
    }

    /** The periods and their durations, ms. */
    List<String> timing() {
        return switch (this) {
            case FDGO, FDANTI ->
                List.of(uniform("fixation", 300, 700), uniform("stimulus", 200, 1500), uniform("response", 300, 700));
            case REACTGO, REACTANTI -> List.of(uniform("fixation", 500, 2500), uniform("response", 300, 1700));
            case DELAYGO, DELAYANTI ->
                List.of(
                        uniform("fixation", 300, 700),
                        uniform("stimulus", 200, 1600),
                        uniform("delay", 200, 1600),
                        uniform("response", 300, 700));
            case DELAYDM1, DELAYDM2, CONTEXTDELAYDM1, CONTEXTDELAYDM2, MULTIDELAYDM ->
                List.of(
                        uniform("fixation", 200, 600),
                        uniform("stim1", 200, 1600),
                        uniform("delay1", 200, 1600),
                        uniform("stim2", 200, 1600),
                        uniform("delay2", 100, 300),
                        uniform("response", 300, 700));
            case DMSGO, DMSNOGO, DMCGO, DMCNOGO ->
                List.of(
                        uniform("fixation", 200, 600),
                        uniform("stim1", 200, 1600),
                        uniform("delay", 200, 1600),
                        uniform("response", 300, 700));
        };
    }

    private static String uniform(String period, int min, int max) {
        return period + " = { uniform = [" + min + ", " + max + "] }";
    }
}
