package cohort.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Response times over strengths of the evidence, or over conditions.
 *
 * @param label what the legend calls it
 * @param points in ascending order
 */
public record TimeSeries(String label, List<TimePoint> points) {
    public TimeSeries {
        points = List.copyOf(points);
    }

    double[] values(ToDoubleFunction<TimePoint> value) {
        return points.stream().mapToDouble(value).toArray();
    }
}
