package cohort.task;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * One trial: its factors and its right answer, the steps of its periods, what the network sees and what it is asked for. A reusable
 * holder: reading another trial into it overwrites the one before. Its task fills it in, first what it is ({@link Task#plan}), then
 * what it shows ({@link Task#show}).
 */
public final class Trial {
    /** Patterns of so many values are copied row by row. */
    private static final int WIDE = 8;

    /** So many values of patterns that come again are kept: 256 kB, which caches hold. */
    private static final int MOST_KEPT = 1 << 16;

    private final Signature signature;
    private final int channels;
    private final int outputs;
    private final double[] factors;
    private final int[] periodEnd;

    private final Map<Double, float[]> kept = new HashMap<>();
    private int keptValues;
    private Task owner;

    private long index;
    private int answer;
    private boolean isSilent;
    private double[] drawn = {};
    private float[] inputs = {};
    private float[] targets = {};
    private float[] weights = {};

    /** A holder for trials of a task. */
    public Trial(Signature signature) {
        this.signature = signature;
        this.channels = signature.channels();
        this.outputs = signature.outputCount();
        this.factors = new double[signature.factors().size()];
        this.periodEnd = new int[signature.periods().size()];
    }

    /** Shows trials without their noise from now on; all else is drawn as ever, so that the difference is the noise that they have. */
    public void silence() {
        isSilent = true;
    }

    /** The standard deviation to draw noise with: the task's, or 0 in a holder that is silent. Who does not use addNoise asks for it. */
    public double noiseSd(double sd) {
        return isSilent ? 0 : sd;
    }

    /** Makes this another trial, whose factors, answer and periods are yet to be given. */
    public void begin(long newIndex) {
        index = newIndex;
    }

    /** Sets a factor; NaN: it has no meaning in this trial. */
    public void setFactor(int factor, double value) {
        factors[factor] = value;
    }

    /**
     * Remembers what else {@link Task#plan} has drawn for it and {@link Task#show} or the response needs: an angle anywhere on a circle,
     * which is no condition, since each trial would be one of its own.
     *
     * @param place where the task keeps it, from 0 on
     */
    public void setDrawn(int place, double value) {
        if (place >= drawn.length) {
            drawn = Arrays.copyOf(drawn, place + 1);
        }
        drawn[place] = value;
    }

    /** Sets the right answer, from 1 on; 0 if it is right to give none. */
    public void setAnswer(int newAnswer) {
        answer = newAnswer;
    }

    /** Sets the length of a period; after those of all periods before it. */
    public void setSteps(int period, int steps) {
        periodEnd[period] = start(period) + steps;
    }

    /** Shows nothing and asks for nothing, in all steps, each of which counts once in the loss. */
    public void clear() {
        int steps = steps();
        if (weights.length < steps) {
            inputs = new float[steps * channels];
            targets = new float[steps * outputs];
            weights = new float[steps];
        }
        Arrays.fill(inputs, 0, steps * channels, 0);
        Arrays.fill(targets, 0, steps * outputs, 0);
        Arrays.fill(weights, 0, steps, 1);
    }

    /** Shows a value on a channel throughout a period. */
    public void paint(int period, int channel, double value) {
        fill(inputs, channels, period, channel, (float) value);
    }

    /** Shows a value on a channel from a step to the one before another. */
    public void paintSteps(int first, int end, int channel, double value) {
        fill(inputs, channels, first, end, channel, (float) value);
    }

    /** Adds a value to what a channel shows from a step to the one before another. */
    public void addSteps(int first, int end, int channel, double value) {
        float added = (float) value;
        int at = first * channels + channel;
        for (int step = first; step < end; step++) {
            inputs[at] += added;
            at += channels;
        }
    }

    /** Adds a pattern to what is shown, from a channel on, throughout a period: stimuli that overlap, for instance. */
    public void add(int period, int firstChannel, float[] pattern) {
        for (int step = start(period); step < end(period); step++) {
            int at = step * channels + firstChannel;
            for (int i = 0; i < pattern.length; i++) {
                inputs[at + i] += pattern[i];
            }
        }
    }

    /** Shows a pattern, from a channel on, throughout a period: a bump on a ring, for instance. */
    public void paint(int period, int firstChannel, float[] pattern) {
        fill(inputs, channels, period, firstChannel, pattern);
    }

    /**
     * A pattern or curve that comes again in many trials, the bump at a unit of a ring for instance: made when it is first asked for,
     * and kept while this holds trials of the same task. Of patterns that seldom come again few fit, and the others are made each time.
     *
     * @param task whose pattern it is
     * @param which of all patterns of the task
     * @param made makes it, always the same one
     * @return not to be changed
     */
    public float[] kept(Task task, double which, Supplier<float[]> made) {
        if (owner != task) {
            kept.clear();
            keptValues = 0;
            owner = task;
        }
        float[] pattern = kept.get(which);
        if (pattern == null) {
            pattern = made.get();
            if (keptValues + pattern.length <= MOST_KEPT) {
                keptValues += pattern.length;
                kept.put(which, pattern);
            }
        }
        return pattern;
    }

    /** Adds to all channels in all steps independent normal noise of a standard deviation. */
    public void addNoise(UniformRandomProvider random, double sd) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double drawnSd = noiseSd(sd);
        int end = steps() * channels;
        for (int at = 0; at < end; at++) {
            inputs[at] += (float) (drawnSd * gaussian.sample());
        }
    }

    /** Adds to some channels throughout a period independent normal noise of a standard deviation. */
    public void addNoise(UniformRandomProvider random, int period, int firstChannel, int count, double sd) {
        addNoiseSteps(random, start(period), end(period), firstChannel, count, sd);
    }

    /** Adds to some channels from a step to the one before another independent normal noise of a standard deviation. */
    public void addNoiseSteps(
            UniformRandomProvider random, int first, int end, int firstChannel, int count, double sd) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double drawnSd = noiseSd(sd);
        for (int step = first; step < end; step++) {
            int at = step * channels + firstChannel;
            for (int i = 0; i < count; i++) {
                inputs[at + i] += (float) (drawnSd * gaussian.sample());
            }
        }
    }

    /** Asks for one output of its group, by the value 1, throughout a period; none of them was asked for before. */
    public void target(int period, int output) {
        target(period, output, 1);
    }

    /** Asks for a value of an output throughout a period. */
    public void target(int period, int output, double value) {
        fill(targets, outputs, period, output, (float) value);
    }

    /** Asks for a value of an output from a step to the one before another. */
    public void targetSteps(int first, int end, int output, double value) {
        fill(targets, outputs, first, end, output, (float) value);
    }

    /** Asks for a value of an output at one step. */
    public void targetStep(int step, int output, double value) {
        targets[step * outputs + output] = (float) value;
    }

    /** Asks for a pattern, from an output on, throughout a period. */
    public void target(int period, int firstOutput, float[] pattern) {
        fill(targets, outputs, period, firstOutput, pattern);
    }

    /** Sets how much the steps of a period count in the loss, at least 0. */
    public void weight(int period, double weight) {
        fill(weights, 1, period, 0, (float) weight);
    }

    /** Sets how much some steps, from one to the one before another, count in the loss, at least 0. */
    public void weightSteps(int first, int end, double weight) {
        fill(weights, 1, first, end, 0, (float) weight);
    }

    private void fill(float[] array, int width, int period, int place, float value) {
        fill(array, width, start(period), end(period), place, value);
    }

    private static void fill(float[] array, int width, int first, int end, int place, float value) {
        int at = first * width + place;
        for (int step = first;
                step < end;
                step++) { // counted: of a loop whose stride it does not know the compiler makes less
            array[at] = value;
            at += width;
        }
    }

    /** Fills rows one after the other, as they lie in memory, or if they are narrow, columns. */
    private void fill(float[] array, int width, int period, int place, float[] pattern) {
        if (pattern.length >= WIDE) {
            for (int step = start(period); step < end(period); step++) {
                System.arraycopy(pattern, 0, array, step * width + place, pattern.length);
            }
        } else {
            for (int i = 0; i < pattern.length; i++) {
                fill(array, width, period, place + i, pattern[i]);
            }
        }
    }

    /** Sizes and names, those of its task. */
    public Signature signature() {
        return signature;
    }

    /** Index of this trial within its split. */
    public long index() {
        return index;
    }

    /** The right answer, from 1 on; 0 if it is right to give none. */
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

    /** What the task has drawn besides; see {@link #setDrawn}. */
    public double drawn(int place) {
        return drawn[place];
    }

    /** All factors and their values. */
    public Condition condition() {
        return new Condition(signature.factors(), factors);
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

    /** What the network sees, [step, channel]; the array may be longer than the trial and is overwritten by the next one. */
    public float[] inputs() {
        return inputs;
    }

    /** A copy of what this trial alone shows, [step, channel]. */
    public float[] copyInputs() {
        return Arrays.copyOf(inputs, steps() * channels);
    }

    /** What the outputs should be, [step, output]; see {@link #inputs}. */
    public float[] targets() {
        return targets;
    }

    /** How much each step counts in the loss, [step]; see {@link #inputs}. */
    public float[] weights() {
        return weights;
    }

    /** Number of input channels. */
    public int channels() {
        return channels;
    }

    /** Number of outputs. */
    public int outputs() {
        return outputs;
    }
}
