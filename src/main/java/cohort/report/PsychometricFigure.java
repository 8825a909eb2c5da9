package cohort.report;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** The psychometric function: how often choice 2 is made, over the evidence for it. */
public final class PsychometricFigure {
    private static final int CURVE_STEPS = 400;

    private PsychometricFigure() {}

    /**
     * Draws fractions of choice 2 over signed coherence: below 0 the evidence is for choice 1, above 0 for choice 2.
     *
     * @param name file name without ending
     * @param series one or several networks or settings; the first {@link RateSeries#MOST} are drawn
     * @param ideal the ideal observer, or null
     */
    public static Figure of(String name, String caption, List<RateSeries> series, RateSeries ideal) {
        XYChart chart = FigureStyle.chart("signed coherence (%)", "fraction of choice 2");
        double largest = series.stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(point -> Math.abs(point.coherencePercent()))
                .max()
                .orElse(0);
        double end = largest > 0 ? 1.06 * largest : 100;
        FigureStyle.rangeX(chart, -end, end);
        FigureStyle.rangeY(chart, -0.04, 1.04);
        double[] grid = IntStream.rangeClosed(0, CURVE_STEPS)
                .mapToDouble(i -> -end + (chart.getStyler().getXAxisMax() + end) * i / CURVE_STEPS)
                .toArray();
        DoubleUnaryOperator place = DoubleUnaryOperator.identity();
        if (ideal != null) {
            ideal.drawDashed(chart, place, grid);
        }
        for (int i = 0; i < Math.min(series.size(), RateSeries.MOST); i++) {
            series.get(i).draw(chart, FigureStyle.color(i), place, grid);
        }
        return Figure.of(name, RateSeries.caption(caption, series), chart);
    }
}
