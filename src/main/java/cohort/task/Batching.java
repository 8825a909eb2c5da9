package cohort.task;

import java.io.Serializable;
import java.util.List;

/**
 * How trials become batches.
 *
 * @param form whole trials, or windows cut from streams of trials
 * @param batchSize lanes of a worker's batch
 * @param sequenceLength steps in a window; of no meaning for trials
 * @param periodWeights loss weight of each period, in their order, at least 0
 */
public record Batching(Form form, int batchSize, int sequenceLength, List<Double> periodWeights)
        implements Serializable {
    /** What a lane of a batch is. */
    public enum Form {
        /** One whole trial. */
        TRIALS,
        /** A window of a stream of trials, the hidden state being zero at its beginning. */
        WINDOWS
    }

    public Batching {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size is not at least 1: " + batchSize);
        }
        if (form == Form.WINDOWS && sequenceLength < 1) {
            throw new IllegalArgumentException("sequence length is not at least 1: " + sequenceLength);
        }
        for (double weight : periodWeights) {
            if (!(weight >= 0) || !Float.isFinite((float) weight)) {
                throw new IllegalArgumentException("period weight is not a number of at least 0: " + weight);
            }
        }
        if (periodWeights.stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("all period weights are 0: there is nothing to learn");
        }
        periodWeights = List.copyOf(periodWeights);
    }

    /**
     * Opens the batches of one logical worker. Workers share the trials of a split lane by lane, so that each is used once.
     *
     * @param worker number of the worker, from 0 on
     * @param workers number of workers
     */
    public BatchSource open(TrialSource trials, int worker, int workers) {
        if (worker < 0 || worker >= workers) {
            throw new IllegalArgumentException("worker is not between 0 and " + (workers - 1) + ": " + worker);
        }
        int periods = trials.signature().periods().size();
        if (periodWeights.size() != periods) {
            throw new IllegalArgumentException("there are not " + periods + " period weights: " + periodWeights);
        }
        float[] weights = new float[periods];
        for (int p = 0; p < weights.length; p++) {
            weights[p] = periodWeights.get(p).floatValue();
        }
        long firstLane = (long) worker * batchSize;
        long totalLanes = (long) workers * batchSize;
        return switch (form) {
            case TRIALS -> new TrialBatches(trials, weights, batchSize, firstLane, totalLanes);
            case WINDOWS -> new WindowBatches(trials, weights, sequenceLength, batchSize, firstLane, totalLanes);
        };
    }

    /** Length in steps of the longest sequence there can be: of a window, or of a trial. */
    public int steps(Signature task) {
        return form == Form.WINDOWS ? sequenceLength : task.maxSteps();
    }

    /** Which worker's batches the trial with this index belongs to. */
    public int workerOf(long trialIndex, int workers) {
        return (int) (trialIndex % ((long) workers * batchSize) / batchSize);
    }
}
