package cohort.report;

import java.util.NavigableMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Accuracy against the time that it takes. */
public final class SpeedAccuracyFigure {
    private SpeedAccuracyFigure() {}

    /**
     * Draws a network beside who answers at a bound.
     *
     * @param name file name without ending
     * @param millis the network's mean response time
     * @param accuracy the network's accuracy
     * @param bounds accuracy of each bound by its mean response time in milliseconds
     * @param chance accuracy of guessing
     */
    public static Figure of(
            String name,
            String caption,
            double millis,
            double accuracy,
            NavigableMap<Double, Double> bounds,
            double chance) {
        XYChart chart = FigureStyle.chart("mean response time (ms)", "accuracy");
        double last = Math.max(millis, bounds.lastKey());
        FigureStyle.rangeX(chart, 0, 1.04 * last);
        FigureStyle.rangeY(chart, -0.04, 1.04);
        Layers.line(
                chart,
                "chance",
                new double[] {0, last},
                new double[] {chance, chance},
                FigureStyle.GREY,
                FigureStyle.THIN);
        Layers.line(
                chart,
                "bounds on accumulated evidence",
                bounds.keySet().stream().mapToDouble(time -> time).toArray(),
                bounds.values().stream().mapToDouble(rate -> rate).toArray(),
                FigureStyle.GREY,
                FigureStyle.DASHED);
        Layers.points(
                chart,
                "network",
                new double[] {millis},
                new double[] {accuracy},
                FigureStyle.color(0),
                SeriesMarkers.CIRCLE);
        return Figure.of(name, caption, chart);
    }
}
