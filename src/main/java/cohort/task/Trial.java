package cohort.task;

import java.util.Arrays;

/**
 * One trial: its conditions, the steps of its periods and what the network observes. A reusable holder: reading another
 * trial into it overwrites the one before.
 */
public final class Trial {
    private static final Period[] PERIODS = Period.values();

    private long index;
    private int groundTruth;
    private double coherencePercent;
    private final int[] periodEnd = new int[PERIODS.length];
    private int channels;
    private float[] observations = {};

    /**
     * Makes this the trial with the given conditions; {@link #observations()} then has room for it, with undefined
     * content that the caller must fill.
     *
     * @param groundTruth the correct choice, 1 to ring size
     * @param coherencePercent strength of the evidence in percent
     * @param periodSteps steps of each {@link Period}, in their order
     * @param channels input channels
     */
    public void begin(long index, int groundTruth, double coherencePercent, int[] periodSteps, int channels) {
        this.index = index;
        this.groundTruth = groundTruth;
        this.coherencePercent = coherencePercent;
        int end = 0;
        for (int p = 0; p < PERIODS.length; p++) {
            end += periodSteps[p];
            periodEnd[p] = end;
        }
        this.channels = channels;
        if (observations.length < end * channels) {
            observations = new float[end * channels];
        }
    }

    /** Index of this trial within its split. */
    public long index() {
        return index;
    }

    /** The correct choice, 1 to ring size; 0 is never correct in the decision period, it is "fixate". */
    public int groundTruth() {
        return groundTruth;
    }

    /** Strength of the evidence in percent. */
    public double coherencePercent() {
        return coherencePercent;
    }

    /** Length of the trial in steps. */
    public int steps() {
        return periodEnd[PERIODS.length - 1];
    }

    /** First step of a period; equal to {@link #end} if the period has no step in this trial. */
    public int start(Period period) {
        return period.ordinal() == 0 ? 0 : periodEnd[period.ordinal() - 1];
    }

    /** Step after the last one of a period. */
    public int end(Period period) {
        return periodEnd[period.ordinal()];
    }

    /** Length of a period in steps. */
    public int steps(Period period) {
        return end(period) - start(period);
    }

    /** The period that a step, 0 to {@code steps() - 1}, belongs to. */
    public Period periodAt(int step) {
        int p = 0;
        while (step >= periodEnd[p]) {
            p++;
        }
        return PERIODS[p];
    }

    /** What the network is asked to answer at a step: 0 (fixate), or the ground truth in the decision period. */
    public int target(int step) {
        return step >= start(Period.DECISION) ? groundTruth : 0;
    }

    /** Observations, [step, channel]; the array may be longer than the trial and is overwritten by the next one. */
    public float[] observations() {
        return observations;
    }

    /** A copy of the observations of this trial alone, [step, channel]. */
    public float[] copyObservations() {
        return Arrays.copyOf(observations, steps() * channels);
    }

    /** Number of input channels. */
    public int channels() {
        return channels;
    }
}
