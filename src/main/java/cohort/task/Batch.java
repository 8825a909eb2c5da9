package cohort.task;

import java.util.Arrays;

/**
 * What one training step sees: inputs, targets and loss weights of a number of lanes over a number of steps. All arrays
 * are flat in the order [step, lane, channel] and are reused from batch to batch.
 */
public final class Batch {
    private final int maxSteps;
    private final int lanes;
    private final int channels;
    private final int outputs;
    private int steps;
    private final float[] inputs;
    private final float[] targets;
    private final float[] weights;

    /**
     * Allocates room for a batch.
     *
     * @param maxSteps largest number of steps
     * @param lanes number of lanes (the batch size)
     * @param channels number of input channels
     * @param outputs number of outputs
     */
    public Batch(int maxSteps, int lanes, int channels, int outputs) {
        this.maxSteps = maxSteps;
        this.lanes = lanes;
        this.channels = channels;
        this.outputs = outputs;
        this.inputs = new float[Math.multiplyExact(maxSteps, Math.multiplyExact(lanes, channels))];
        this.targets = new float[Math.multiplyExact(maxSteps, Math.multiplyExact(lanes, outputs))];
        this.weights = new float[maxSteps * lanes];
    }

    /** Sets how many steps the batch has, and all targets to 0; inputs and weights are undefined until they are filled. */
    public void resize(int steps) {
        if (steps < 1 || steps > maxSteps) {
            throw new IllegalArgumentException("steps is not between 1 and " + maxSteps + ": " + steps);
        }
        this.steps = steps;
        Arrays.fill(targets, 0, steps * lanes * outputs, 0f);
    }

    /** Copies {@code count} steps of a trial into a lane, with the loss weight of each step's period. */
    void copy(Trial trial, int fromStep, int count, int lane, int toStep, float[] periodWeights) {
        float[] observations = trial.observations();
        for (int period = 0; period < periodWeights.length; period++) {
            int first = Math.max(fromStep, trial.start(period));
            int last = Math.min(fromStep + count, trial.end(period));
            float weight = periodWeights[period];
            for (int step = first; step < last; step++) {
                int row = (toStep + step - fromStep) * lanes + lane;
                for (int c = 0; c < channels; c++) {
                    inputs[row * channels + c] = observations[step * channels + c];
                }
                targets[row * outputs + trial.target(step)] = 1;
                weights[row] = weight;
            }
        }
    }

    /** Fills a lane from a step on with zero inputs that count for nothing. */
    void pad(int lane, int fromStep) {
        for (int s = fromStep; s < steps; s++) {
            int row = s * lanes + lane;
            for (int c = 0; c < channels; c++) {
                inputs[row * channels + c] = 0;
            }
            weights[row] = 0;
        }
    }

    public int steps() {
        return steps;
    }

    public int lanes() {
        return lanes;
    }

    public int channels() {
        return channels;
    }

    public int outputs() {
        return outputs;
    }

    public int maxSteps() {
        return maxSteps;
    }

    /** Inputs, [step, lane, channel]. */
    public float[] inputs() {
        return inputs;
    }

    /** What the outputs should be, [step, lane, output]: 1 for the right answer, 0 for all others. */
    public float[] targets() {
        return targets;
    }

    /** Weight of each step in the loss, [step, lane], at least 0; padding has weight 0. */
    public float[] weights() {
        return weights;
    }
}
