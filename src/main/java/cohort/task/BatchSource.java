package cohort.task;

/** Cuts trials into batches. Batch n is a pure function of n, whatever was read before. */
public interface BatchSource {
    /** An empty batch of the right size for {@link #read}. */
    Batch newBatch();

    /**
     * Reads a batch.
     *
     * @param n number of the batch, from 0 on
     * @param into a batch from {@link #newBatch}
     */
    void read(long n, Batch into);
}
