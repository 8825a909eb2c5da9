package cohort.report;

/** The loss of one training run. */
public final class LossRun {
    private final double[] steps;
    private final double[] losses;
    private final double heldOut;

    private LossRun(double[] steps, double[] losses, double heldOut) {
        this.steps = steps;
        this.losses = losses;
        this.heldOut = heldOut;
    }

    /**
     * One run.
     *
     * @param steps optimizer steps, ascending
     * @param losses training loss, [steps]; NaN where it is not known
     * @param heldOut loss on held-out data after the last step, or NaN
     * @throws IllegalArgumentException "12 steps, but 13 losses"
     */
    public static LossRun of(double[] steps, double[] losses, double heldOut) {
        if (steps.length != losses.length) {
            throw new IllegalArgumentException(steps.length + " steps, but " + losses.length + " losses");
        }
        return new LossRun(steps.clone(), losses.clone(), heldOut);
    }

    /** Loss on held-out data after the last step, or NaN. */
    public double heldOut() {
        return heldOut;
    }

    double lastStep() {
        return steps.length == 0 ? 0 : steps[steps.length - 1];
    }

    /** At most so many steps: each the mean of as many neighbours. */
    double[] steps(int most) {
        return means(steps, most);
    }

    /** The losses at these steps; what no logarithm is known of is left out of the means. */
    double[] losses(int most) {
        double[] positive = new double[losses.length];
        for (int i = 0; i < losses.length; i++) {
            positive[i] = losses[i] > 0 && losses[i] < Double.POSITIVE_INFINITY ? losses[i] : Double.NaN;
        }
        return means(positive, most);
    }

    private static double[] means(double[] values, int most) {
        int together = Math.max(1, (values.length + most - 1) / most);
        double[] means = new double[(values.length + together - 1) / together];
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            int count = 0;
            for (int j = i * together; j < Math.min(values.length, (i + 1) * together); j++) {
                if (!Double.isNaN(values[j])) {
                    sum += values[j];
                    count++;
                }
            }
            means[i] = sum / count;
        }
        return means;
    }
}
