package cohort.run;

/** The way results of a round come together. It changes no bit, only time and memory. */
public enum Topology {
    /** {@link #DRIVER} for small networks, {@link #SLICES} for large ones. */
    AUTO,
    /** The driver receives the whole state of every worker. */
    DRIVER,
    /** Tasks average slices that they receive through a shuffle. */
    SLICES;

    /**
     * Bytes of all workers' states together from which slices are used. Both ways take equally long at some 200 MB
     * ({@code doctor --hidden}), but a driver of 512 MB is full before that.
     */
    private static final long LARGE = 64L << 20;

    /** Whether slices are to be used for states of this many floats. */
    public boolean useSlices(int workers, long floatsPerWorker) {
        return this == SLICES || (this == AUTO && Float.BYTES * floatsPerWorker * workers > LARGE);
    }
}
