package cohort.task;

import java.util.Arrays;
import java.util.List;

/**
 * What one training step sees: inputs, targets and loss weights of a number of lanes over a number of steps. All arrays
 * are flat in the order [step, lane, channel] and are reused from batch to batch.
 */
public final class Batch {
    private final int maxSteps;
    private final int lanes;
    private final int channels;
    private final List<Group> outputGroups;
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
     * @param outputGroups the outputs, group after group
     */
    public Batch(int maxSteps, int lanes, int channels, List<Group> outputGroups) {
        this.maxSteps = maxSteps;
        this.lanes = lanes;
        this.channels = channels;
        this.outputGroups = List.copyOf(outputGroups);
        this.outputs = outputGroups.get(outputGroups.size() - 1).end();
        this.inputs = new float[Math.multiplyExact(maxSteps, Math.multiplyExact(lanes, channels))];
        this.targets = new float[Math.multiplyExact(maxSteps, Math.multiplyExact(lanes, outputs))];
        this.weights = new float[maxSteps * lanes];
    }

    /** Sets how many steps the batch has; what is in them is undefined until they are filled. */
    public void resize(int steps) {
        if (steps < 1 || steps > maxSteps) {
            throw new IllegalArgumentException("steps is not between 1 and " + maxSteps + ": " + steps);
        }
        this.steps = steps;
    }

    /** Copies {@code count} steps of a trial into a lane, with the loss weight of each step times that of its period. */
    void copy(Trial trial, int fromStep, int count, int lane, int toStep, float[] periodWeights) {
        for (int period = 0; period < periodWeights.length; period++) {
            int first = Math.max(fromStep, trial.start(period));
            int last = Math.min(fromStep + count, trial.end(period));
            float weight = periodWeights[period];
            for (int step = first; step < last; step++) {
                weights[(toStep + step - fromStep) * lanes + lane] = weight * trial.weights()[step];
            }
        }
        copy(trial.inputs(), inputs, channels, fromStep, count, lane, toStep);
        copy(trial.targets(), targets, outputs, fromStep, count, lane, toStep);
    }

    private void copy(float[] from, float[] to, int width, int fromStep, int count, int lane, int toStep) {
        for (int s = 0; s < count; s++) {
            int source = (fromStep + s) * width;
            int row = ((toStep + s) * lanes + lane) * width;
            for (int i = 0; i < width; i++) {
                to[row + i] = from[source + i];
            }
        }
    }

    /** Fills a lane from a step on with zeros that count for nothing. */
    void pad(int lane, int fromStep) {
        for (int s = fromStep; s < steps; s++) {
            int row = s * lanes + lane;
            Arrays.fill(inputs, row * channels, (row + 1) * channels, 0);
            Arrays.fill(targets, row * outputs, (row + 1) * outputs, 0);
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

    /** The outputs, group after group. */
    public List<Group> outputGroups() {
        return outputGroups;
    }

    public int maxSteps() {
        return maxSteps;
    }

    /** Inputs, [step, lane, channel]. */
    public float[] inputs() {
        return inputs;
    }

    /** What the outputs should be, [step, lane, output]; of classes 1 for the right one of a group, 0 for all others. */
    public float[] targets() {
        return targets;
    }

    /** Weight of each step in the loss, [step, lane], at least 0; padding has weight 0. */
    public float[] weights() {
        return weights;
    }
}
