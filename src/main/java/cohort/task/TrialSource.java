package cohort.task;

/** Where the trials of one split come from: generated on the fly, or read back from a table. */
public interface TrialSource {
    /** Input channels of every trial. */
    int channels();

    /** Outputs that every trial asks for. */
    int outputs();

    /** Length of the shortest possible trial in steps. */
    int minSteps();

    /** Length of the longest possible trial in steps. */
    int maxSteps();

    /** Length in steps of the trial with this index, without reading its observations. */
    int steps(long index);

    /** Reads the trial with this index, the same one whenever and wherever it is asked for. */
    void read(long index, Trial into);
}
