package cohort.task;

import java.util.Arrays;

/**
 * One trial: its factors and its right answer, the steps of its periods, what the network sees and what it is asked for. A reusable
 * holder: reading another trial into it overwrites the one before. Its task fills it in, first what it is ({@link Task#plan}), then
 * what it shows ({@link Task#show}).
 */
public final class Trial {
    private final Signature signature;
    private final int channels;
    private final double[] factors;
    private final int[] periodEnd;

    private long index;
    private int answer;
    private float[] inputs = {};
    private int[] targets = {};

    /** A holder for trials of a task. */
    public Trial(Signature signature) {
        this.signature = signature;
        this.channels = signature.inputs();
        this.factors = new double[signature.factors().size()];
        this.periodEnd = new int[signature.periods().size()];
    }

    /** Makes this another trial, whose factors, answer and periods are yet to be given. */
    public void begin(long newIndex) {
        index = newIndex;
    }

    public void setFactor(int factor, double value) {
        factors[factor] = value;
    }

    /** Sets the right answer, from 1 on; output 0 is "no answer". */
    public void setAnswer(int newAnswer) {
        answer = newAnswer;
    }

    /** Sets the length of a period; after those of all periods before it. */
    public void setSteps(int period, int steps) {
        periodEnd[period] = start(period) + steps;
    }

    /** Shows nothing and asks for output 0, in all steps. */
    public void clear() {
        int steps = steps();
        if (targets.length < steps) {
            inputs = new float[steps * channels];
            targets = new int[steps];
        }
        Arrays.fill(inputs, 0, steps * channels, 0);
        Arrays.fill(targets, 0, steps, 0);
    }

    /** Shows a value on a channel throughout a period. */
    public void paint(int period, int channel, float value) {
        int end = end(period) * channels;
        for (int at = start(period) * channels + channel; at < end; at += channels) {
            inputs[at] = value;
        }
    }

    /** Asks for an output throughout a period. */
    public void target(int period, int output) {
        Arrays.fill(targets, start(period), end(period), output);
    }

    /** Sizes and names, those of its task. */
    public Signature signature() {
        return signature;
    }

    /** Index of this trial within its split. */
    public long index() {
        return index;
    }

    /** The right answer, from 1 on. */
    public int answer() {
        return answer;
    }

    /** A factor by its place in the signature. */
    public double factor(int factor) {
        return factors[factor];
    }

    /** A factor by its name. */
    public double factor(String name) {
        return factors[signature.factor(name)];
    }

    /** Length of the trial in steps. */
    public int steps() {
        return periodEnd[periodEnd.length - 1];
    }

    /** First step of a period; equal to {@link #end} if the period has no step in this trial. */
    public int start(int period) {
        return period == 0 ? 0 : periodEnd[period - 1];
    }

    /** Step after the last one of a period. */
    public int end(int period) {
        return periodEnd[period];
    }

    /** Length of a period in steps. */
    public int steps(int period) {
        return end(period) - start(period);
    }

    /** When its periods begin and end. */
    public Timeline timeline() {
        return new Timeline(signature.periodNames(), periodEnd);
    }

    /** The output that is asked for at a step. */
    public int target(int step) {
        return targets[step];
    }

    /** What the network sees, [step, channel]; the array may be longer than the trial and is overwritten by the next one. */
    public float[] observations() {
        return inputs;
    }

    /** A copy of what this trial alone shows, [step, channel]. */
    public float[] copyObservations() {
        return Arrays.copyOf(inputs, steps() * channels);
    }

    /** Number of input channels. */
    public int channels() {
        return channels;
    }
}
