package cohort.report;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** The psychometric function: how often the positive one of two choices is made, over the evidence for it. */
public final class PsychometricFigure {
    private static final int CURVE_STEPS = 400;

    private PsychometricFigure() {}

    /**
     * Draws fractions of the positive choice over signed strength: below 0 the evidence is for the other choice.
     *
     * @param name file name without ending
     * @param strength what the axis says of the strength: "coherence (%)"
     * @param positive the positive choice
     * @param series one or several networks or settings; the first {@link RateSeries#MOST} are drawn
     * @param ideal the ideal observer, if one is known
     */
    public static Figure of(
            String name,
            String caption,
            String strength,
            int positive,
            List<RateSeries> series,
            Optional<RateSeries> ideal) {
        XYChart chart = FigureStyle.chart("signed " + strength, "fraction of choice " + positive);
        double largest = series.stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(point -> Math.abs(point.strength()))
                .max()
                .orElse(0);
        double end = largest > 0 ? 1.06 * largest : 100;
        FigureStyle.rangeX(chart, -end, end);
        FigureStyle.rangeY(chart, -0.04, 1.04);
        double[] grid = IntStream.rangeClosed(0, CURVE_STEPS)
                .mapToDouble(i -> -end + (chart.getStyler().getXAxisMax() + end) * i / CURVE_STEPS)
                .toArray();
        DoubleUnaryOperator place = DoubleUnaryOperator.identity();
        ideal.ifPresent(one -> one.drawDashed(chart, place, grid));
        for (int i = 0; i < Math.min(series.size(), RateSeries.MOST); i++) {
            series.get(i).draw(chart, FigureStyle.color(i), place, grid);
        }
        return Figure.of(name, RateSeries.caption(caption, series), chart);
    }
}
