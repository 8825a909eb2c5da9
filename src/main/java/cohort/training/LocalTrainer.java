package cohort.training;

import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentNetwork;
import cohort.task.Batch;
import cohort.task.BatchSource;

/**
 * Trains a network on one thread: forward pass, loss, backpropagation through time, clipping, update. A logical worker runs
 * some steps of it between two averages; run for all steps it is the serial trainer. Owns its workspace and keeps
 * nothing else between calls, so that any instance gives the same bits.
 */
public final class LocalTrainer {
    private final TrainingSpec training;
    private final Batch batch;
    private final RecurrentNetwork network;
    private final Parameters parameters;
    private final Parameters gradient;
    private final UnitOrder order;
    private final float[] outputGradient;

    /**
     * Allocates the workspace.
     *
     * @param batch an empty batch of the size to train on
     */
    public LocalTrainer(NetworkSpec spec, TrainingSpec training, Batch batch) {
        if (batch.channels() != spec.inputs() || batch.outputs() != spec.outputs()) {
            throw new IllegalArgumentException("batch has " + batch.channels() + " channels and " + batch.outputs()
                    + " outputs; the network has " + spec.inputs() + " and " + spec.outputs());
        }
        this.training = training;
        this.batch = batch;
        this.network = new RecurrentNetwork(spec, batch.maxSteps(), batch.lanes());
        this.parameters = new Parameters(spec);
        this.gradient = new Parameters(spec);
        this.order = new UnitOrder(parameters);
        this.outputGradient = new float[batch.maxSteps() * batch.lanes() * spec.outputs()];
    }

    /**
     * Does optimizer steps from a state on; step n uses batch n. A batch without weight makes a step with a gradient of zero:
     * what momentum there is goes on. The state is copied, not changed.
     *
     * @param steps number of steps
     * @param batches the worker's share of the training trials
     * @param worker number of the logical worker, named when its steps diverge
     */
    public LocalResult run(LearnerState from, int steps, BatchSource batches, int worker) {
        long started = System.nanoTime();
        System.arraycopy(from.parameters(), 0, parameters.values(), 0, parameters.values().length);
        float[][] moments = new float[from.moments().length][];
        for (int m = 0; m < moments.length; m++) {
            moments[m] = from.moments()[m].clone();
        }
        LossTally tally = LossTally.NONE;
        double lastLoss = 0;
        double lastNorm = 0;
        Divergence divergence = null;
        int done = 0;
        while (done < steps && divergence == null) {
            long step = from.step() + done;
            batches.read(step, batch);
            order.update(moments);
            double weight = batchWeight();
            double lossSum = computeGradient(weight);
            double loss = lossSum * Reduction.MEAN.scale(weight);
            double norm = training.clipping().apply(gradient.values());
            lastLoss = loss;
            lastNorm = norm;
            double rate = training.schedule().rate(step);
            if (Double.isFinite(loss) && Double.isFinite(norm)) {
                training.optimizer().update(parameters.values(), gradient.values(), moments, rate, step + 1);
                tally = tally.plus(LossTally.ofBatch(lossSum, weight, norm));
                done++;
            } else {
                divergence = new Divergence(worker, step, loss, norm, rate);
            }
        }
        LearnerState state =
                new LearnerState(from.step() + done, parameters.values().clone(), moments);
        if (divergence == null && !state.isFinite()) {
            // The last update overflowed, and there is no next forward pass to notice.
            long step = from.step() + steps - 1;
            divergence = new Divergence(
                    worker, step, lastLoss, lastNorm, training.schedule().rate(step));
        }
        long sequences = (long) done * batch.lanes();
        return new LocalResult(state, sequences, tally, System.nanoTime() - started, divergence);
    }

    /** Units of the network that were not silent in the last batch, about. */
    public int activeUnits() {
        return network.activeUnits();
    }

    /** Multiplications and additions of the matrix products of the last step; without those that silent units save. */
    public double flops() {
        return batch.steps() * network.flopsPerStep();
    }

    /** Sum of the batch's loss weights. */
    private double batchWeight() {
        double sum = 0;
        for (int row = 0; row < batch.steps() * batch.lanes(); row++) {
            sum += batch.weights()[row];
        }
        return sum;
    }

    /**
     * Leaves the batch's gradient in {@link #gradient}, zero if it has no weight.
     *
     * @param weight of the batch
     * @return weighted sum of its loss
     */
    private double computeGradient(double weight) {
        network.load(parameters, order.units());
        network.forward(batch.inputs(), batch.steps());
        double loss = training.loss()
                .evaluate(
                        network.outputs(),
                        batch.targets(),
                        batch.weights(),
                        batch.steps() * batch.lanes(),
                        batch.outputGroups(),
                        training.reduction().scale(weight),
                        outputGradient);
        network.backward(outputGradient, batch.steps(), gradient);
        return loss;
    }
}
