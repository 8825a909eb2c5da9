package cohort.task.library.song;

import java.util.List;

/** The choice tasks of Song et al. (2016): what they show, and when. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are those of List.of
enum SongKind {
    /** Motion of fixed duration; Roitman and Shadlen (2002). */
    RDM_FIXED("song-rdm-fixed", SongEvidence.MOTION, Lists.STIMULUS, List.of(1), List.of(), 1),
    /** Motion of a duration that varies, while a cue is on; Kiani et al. (2008). */
    RDM_VARSTIM("song-rdm-varstim", SongEvidence.MOTION, Lists.STIMULUS, List.of(1), List.of(1), 1),
    /** Motion to the end of the trial, in which a response can be given at any time; Roitman and Shadlen (2002). */
    RDM_RT("song-rdm-rt", SongEvidence.MOTION, Lists.STIMULUS, List.of(1, 2), List.of(1, 2), 1.2),
    /** Integration of motion or colour; Mante et al. (2013). */
    MANTE("song-mante", SongEvidence.CONTEXT, Lists.STIMULUS, List.of(1), List.of(), 1),
    /** Events seen and heard; Raposo et al. (2014). */
    MULTISENSORY("song-multisensory", SongEvidence.EVENTS, Lists.STIMULUS, List.of(1), List.of(1, 2), 1),
    /** Comparison of two vibrations; Romo et al. (1999). */
    ROMO(
            "song-romo",
            SongEvidence.VIBRATIONS,
            List.of("fixation", "f1", "delay", "f2", "decision"),
            List.of(1, 3),
            List.of(),
            1);

    /** The first period that shows anything; only fixation comes before. */
    static final int FIRST_SHOWN = 1;

    /** What an output is to be that is not chosen. */
    static final double LOW = 0.2;

    private final String taskName;
    private final SongEvidence evidence;
    private final List<String> periods;
    private final List<Integer> shown;
    private final List<Integer> cued;
    private final double high;

    SongKind(
            String taskName,
            SongEvidence evidence,
            List<String> periods,
            List<Integer> shown,
            List<Integer> cued,
            double high) {
        this.taskName = taskName;
        this.evidence = evidence;
        this.periods = periods;
        this.shown = shown;
        this.cued = cued;
        this.high = high;
    }

    /** The name in configurations and tables. */
    String taskName() {
        return taskName;
    }

    SongEvidence evidence() {
        return evidence;
    }

    /** Names of the periods; the first is fixation, and the last one, the decision, asks for the choice. */
    List<String> periods() {
        return periods;
    }

    int decision() {
        return periods.size() - 1;
    }

    /** Places of the periods that show the evidence. */
    List<Integer> shown() {
        return shown;
    }

    /** Places of the periods in which a cue is on; without one, the task has no channel for it. */
    List<Integer> cued() {
        return cued;
    }

    /** What the output that is chosen is to be. */
    double high() {
        return high;
    }

    /** Whether the evidence has a strength, which choices are drawn over. */
    boolean hasStrength() {
        return this != ROMO;
    }

    /** An enum's constants cannot use its static fields. */
    private static final class Lists {
        static final List<String> STIMULUS = List.of("fixation", "stimulus", "decision");
    }
}
