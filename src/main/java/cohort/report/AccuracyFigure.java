package cohort.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/** Accuracy over the strength of the evidence. */
public final class AccuracyFigure {
    private AccuracyFigure() {}

    /**
     * Draws accuracies over strength without a sign. Strengths are the same distance apart, as if on a logarithmic axis, and 0 stands
     * before them: curves begin at the first above 0.
     *
     * @param name file name without ending
     * @param strength what the axis says of the strength: "coherence (%)"
     * @param series one or several networks or settings; the first {@link RateSeries#MOST} are drawn
     * @param ideal the ideal observer, if one is known
     * @param chance accuracy of guessing, or NaN for no line
     */
    public static Figure of(
            String name,
            String caption,
            String strength,
            List<RateSeries> series,
            Optional<RateSeries> ideal,
            double chance) {
        XYChart chart = FigureStyle.chart(strength, "accuracy");
        SpacedAxis axis = SpacedAxis.of(Stream.concat(series.stream(), ideal.stream())
                .flatMap(one -> one.points().stream())
                .mapToDouble(RatePoint::strength));
        axis.apply(chart);
        FigureStyle.rangeY(chart, -0.04, 1.04);
        double[] grid = axis.grid();
        if (Double.isFinite(chance)) {
            Layers.line(
                    chart,
                    "chance",
                    new double[] {
                        chart.getStyler().getXAxisMin(), chart.getStyler().getXAxisMax()
                    },
                    new double[] {chance, chance},
                    FigureStyle.GREY,
                    FigureStyle.THIN);
        }
        ideal.ifPresent(one -> one.drawDashed(chart, axis::place, grid));
        for (int i = 0; i < Math.min(series.size(), RateSeries.MOST); i++) {
            series.get(i).draw(chart, FigureStyle.color(i), axis::place, grid);
        }
        return Figure.of(name, RateSeries.caption(caption, series), chart);
    }
}
