package cohort.report;

import java.util.List;

/**
 * A psychophysical kernel of one channel.
 *
 * @param label what the legend calls it
 * @param points in the order of their times
 */
public record KernelSeries(String label, List<Point> points) {
    /**
     * The noise at one time.
     *
     * @param millis beginning of the step, from the onset of the evidence
     * @param mean of the noise, or a difference of such means
     * @param error standard error of it, or NaN for none
     */
    public record Point(double millis, double mean, double error) {}

    public KernelSeries {
        points = List.copyOf(points);
    }
}
