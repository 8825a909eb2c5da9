package cohort.training;

import cohort.network.RecurrentNetwork;
import cohort.task.Batch;
import cohort.task.BatchSource;

/** The mean loss of a network on batches it was not trained on. One thread at a time. */
public final class HeldOutLoss {
    private final Loss loss;
    private final BatchSource batches;
    private final Batch batch;
    private final RecurrentNetwork network;
    private final float[] gradient;

    /**
     * The loss of a network.
     *
     * @param network of the size of the batches; its parameters are loaded
     */
    public HeldOutLoss(RecurrentNetwork network, Loss loss, BatchSource batches) {
        this.loss = loss;
        this.batches = batches;
        this.batch = batches.newBatch();
        this.network = network;
        this.gradient = new float[batch.maxSteps() * batch.lanes() * batch.outputs()];
    }

    /** The weighted sum of the loss over batch n, and the sum of the weights. */
    public double[] evaluate(long n) {
        batches.read(n, batch);
        network.forward(batch.inputs(), batch.steps());
        int rows = batch.steps() * batch.lanes();
        double sum = loss.evaluate(
                network.outputs(), batch.targets(), batch.weights(), rows, batch.outputGroups(), 1, gradient);
        double weights = 0;
        for (int row = 0; row < rows; row++) {
            weights += batch.weights()[row];
        }
        return new double[] {sum, weights};
    }
}
