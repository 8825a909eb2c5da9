package cohort.task;

/**
 * Batches in which each lane is one whole trial, padded with weight 0 to the longest of the batch.
 *
 * <p>Lane l of batch n is trial {@code n * totalLanes + firstLane + l}: logical workers that share a split take
 * neighbouring lanes, and every trial is used once.
 */
public final class TrialBatches implements BatchSource {
    private final TrialSource source;
    private final float[] periodWeights;
    private final long firstLane;
    private final long totalLanes;
    private final Trial[] trials;

    /**
     * @param periodWeights loss weight of each period, in their order
     * @param lanes trials in a batch
     * @param firstLane number of this reader's first lane among all lanes
     * @param totalLanes lanes of all readers together
     */
    public TrialBatches(TrialSource source, float[] periodWeights, int lanes, long firstLane, long totalLanes) {
        this.source = source;
        this.periodWeights = periodWeights.clone();
        this.firstLane = firstLane;
        this.totalLanes = totalLanes;
        this.trials = new Trial[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            trials[lane] = new Trial(source.signature());
        }
    }

    @Override
    public Batch newBatch() {
        return new Batch(
                source.signature().maxSteps(),
                trials.length,
                source.signature().channels(),
                source.signature().outputs());
    }

    @Override
    public void read(long n, Batch into) {
        int longest = 0;
        for (int lane = 0; lane < trials.length; lane++) {
            source.read(n * totalLanes + firstLane + lane, trials[lane]);
            longest = Math.max(longest, trials[lane].steps());
        }
        into.resize(longest);
        for (int lane = 0; lane < trials.length; lane++) {
            int steps = trials[lane].steps();
            into.copy(trials[lane], 0, steps, lane, 0, periodWeights);
            into.pad(lane, steps);
        }
    }

    /** The trial that lane l of the last batch read is; overwritten by the next batch. */
    public Trial trial(int lane) {
        return trials[lane];
    }
}
