package cohort.task;

import java.util.Arrays;

/**
 * Batches in which each lane is a stream of trials end to end, cut into windows of equal length, as neurogym's
 * {@code Dataset} does. A window may begin and end within a trial.
 *
 * <p>The stream of lane l is trial l, l + totalLanes, l + 2 totalLanes, and so on, and window n is its steps
 * {@code n * length} to {@code (n + 1) * length - 1}. The reader remembers where each lane stands, so that reading windows
 * in order generates each trial once; any other window is found by adding up the lengths of the trials before it, or at
 * once where all trials are equally long.
 */
public final class WindowBatches implements BatchSource {
    private final TrialSource source;
    private final float[] periodWeights;
    private final int length;
    private final long firstLane;
    private final long totalLanes;
    private final Lane[] lanes;
    /** Steps of every trial, or 0 if one has to look at it. */
    private final int stepsOfAll;

    /** Where a lane's stream stands: its current trial and the step of the stream at which that trial begins. */
    private static final class Lane {
        final Trial trial;
        long ordinal;
        long start;
        int steps;
        boolean isRead;

        Lane(Signature signature) {
            trial = new Trial(signature);
        }
    }

    /**
     * @param periodWeights loss weight of each period, in their order
     * @param length steps in a window
     * @param lanes streams in a batch
     * @param firstLane number of this reader's first lane among all lanes
     * @param totalLanes lanes of all readers together
     */
    public WindowBatches(
            TrialSource source, float[] periodWeights, int length, int lanes, long firstLane, long totalLanes) {
        this.source = source;
        this.periodWeights = periodWeights.clone();
        this.length = length;
        this.firstLane = firstLane;
        this.totalLanes = totalLanes;
        Signature signature = source.signature();
        this.stepsOfAll = signature.minSteps() == signature.maxSteps() ? signature.minSteps() : 0;
        this.lanes = new Lane[lanes];
        Arrays.setAll(this.lanes, lane -> new Lane(signature));
    }

    @Override
    public Batch newBatch() {
        return new Batch(
                length,
                lanes.length,
                source.signature().channels(),
                source.signature().outputs());
    }

    @Override
    public void read(long n, Batch into) {
        into.resize(length);
        for (int lane = 0; lane < lanes.length; lane++) {
            readLane(n * length, lane, into);
        }
    }

    private void readLane(long windowStart, int laneNumber, Batch into) {
        Lane lane = lanes[laneNumber];
        seek(lane, laneNumber, windowStart);
        int filled = 0;
        while (filled < length) {
            long step = windowStart + filled;
            while (step >= lane.start + lane.steps) {
                enter(lane, laneNumber, lane.ordinal + 1, lane.start + lane.steps);
            }
            if (!lane.isRead) {
                source.read(trialIndex(laneNumber, lane.ordinal), lane.trial);
                lane.isRead = true;
            }
            int from = (int) (step - lane.start);
            int count = Math.min(length - filled, lane.steps - from);
            into.copy(lane.trial, from, count, laneNumber, filled, periodWeights);
            filled += count;
        }
    }

    private void seek(Lane lane, int laneNumber, long step) {
        boolean isHere = lane.steps > 0 && step >= lane.start && step <= lane.start + lane.steps;
        if (isHere) {
            return;
        }
        if (stepsOfAll > 0) {
            long ordinal = step / stepsOfAll;
            enter(lane, laneNumber, ordinal, ordinal * stepsOfAll);
        } else if (lane.steps == 0 || step < lane.start) {
            enter(lane, laneNumber, 0, 0);
        }
    }

    private void enter(Lane lane, int laneNumber, long ordinal, long start) {
        lane.ordinal = ordinal;
        lane.start = start;
        lane.steps = stepsOfAll > 0 ? stepsOfAll : source.steps(trialIndex(laneNumber, ordinal));
        lane.isRead = false;
    }

    private long trialIndex(int lane, long ordinal) {
        return ordinal * totalLanes + firstLane + lane;
    }
}
