package cohort.task;

/** Where the trials of one split come from: generated on the fly, or read back from a table. */
public interface TrialSource {
    /** Sizes and names, the same for all trials. */
    Signature signature();

    /** Length in steps of the trial with this index, without reading its observations. */
    int steps(long index);

    /** Reads the trial with this index, the same one whenever and wherever it is asked for. */
    void read(long index, Trial into);
}
