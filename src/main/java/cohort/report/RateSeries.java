package cohort.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Fractions over strengths of the evidence, of one network or one setting.
 *
 * @param label what the legend calls it
 * @param points what was measured, in any order; those that are not finite are left out
 * @param curve what was fitted, the fraction at a strength, if anything was
 */
public record RateSeries(String label, List<RatePoint> points, Optional<DoubleUnaryOperator> curve) {
    /** More than these cannot be told apart. */
    static final int MOST = FigureStyle.colors();

    public RateSeries {
        points = points.stream()
                .filter(point -> Double.isFinite(point.strength()) && Double.isFinite(point.rate()))
                .toList();
    }

    /** Points without a curve. */
    public static RateSeries of(String label, List<RatePoint> points) {
        return new RateSeries(label, points, Optional.empty());
    }

    /** A curve without points. */
    public static RateSeries of(String label, DoubleUnaryOperator curve) {
        return new RateSeries(label, List.of(), Optional.of(curve));
    }

    /** Draws the curve, the intervals and the points over places on an axis. */
    void draw(XYChart chart, Color color, DoubleUnaryOperator place, double[] grid) {
        drawCurve(chart, points.isEmpty() ? label : "", color, place, grid, FigureStyle.SOLID);
        double[] x = values(point -> place.applyAsDouble(point.strength()));
        Layers.intervals(chart, "", x, values(RatePoint::low), values(RatePoint::high), color);
        Layers.points(chart, curve.isEmpty() ? label : "", x, values(RatePoint::rate), color, SeriesMarkers.CIRCLE);
        if (curve.isPresent() && !points.isEmpty()) {
            Layers.legend(chart, label, color, FigureStyle.SOLID, SeriesMarkers.CIRCLE);
        }
    }

    /** Draws what the others are compared with: the curve, or, if there is none, lines from point to point. */
    void drawDashed(XYChart chart, DoubleUnaryOperator place, double[] grid) {
        if (curve.isPresent()) {
            drawCurve(chart, label, FigureStyle.GREY, place, grid, FigureStyle.DASHED);
        } else if (points.size() > 1) {
            List<RatePoint> ascending = points.stream()
                    .sorted(Comparator.comparingDouble(RatePoint::strength))
                    .toList();
            double[] x = ascending.stream()
                    .mapToDouble(point -> place.applyAsDouble(point.strength()))
                    .toArray();
            double[] y = ascending.stream().mapToDouble(RatePoint::rate).toArray();
            Layers.line(chart, label, x, y, FigureStyle.GREY, FigureStyle.DASHED);
        }
    }

    private void drawCurve(
            XYChart chart, String name, Color color, DoubleUnaryOperator place, double[] grid, BasicStroke stroke) {
        if (curve.isPresent()) {
            double[] x = new double[grid.length];
            double[] y = new double[grid.length];
            for (int i = 0; i < grid.length; i++) {
                x[i] = place.applyAsDouble(grid[i]);
                y[i] = curve.get().applyAsDouble(grid[i]);
            }
            Layers.line(chart, name, x, y, color, stroke);
        }
    }

    private double[] values(ToDoubleFunction<RatePoint> value) {
        return points.stream().mapToDouble(value).toArray();
    }

    /** The caption, with a note if not all series are drawn. */
    static String caption(String caption, List<RateSeries> series) {
        return series.size() > MOST
                ? caption + " Drawn are the first " + MOST + " of " + series.size() + " series."
                : caption;
    }
}
