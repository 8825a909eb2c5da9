package cohort.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Accuracy in each condition of a task, a row for each. */
public final class ConditionFigure {
    /** More rows than these nobody reads. */
    static final int MOST_ROWS = 40;

    private static final int ROW = 22;
    private static final int FEWEST_ROWS = 5;
    private static final int AROUND_ROWS = 90;
    private static final int MOST_LABEL_WIDTH = 250;

    private ConditionFigure() {}

    /**
     * Draws accuracies with their intervals. Of more than {@value #MOST_ROWS} conditions the first are drawn, as the caption then says.
     *
     * @param name file name without ending
     * @param conditions in their order, from the top
     * @param chance accuracy of guessing
     */
    public static Figure of(String name, String caption, List<ConditionAccuracy> conditions, double chance) {
        List<ConditionAccuracy> shown = conditions.subList(0, Math.min(MOST_ROWS, conditions.size()));
        XYChart chart = FigureStyle.chart("accuracy", "", AROUND_ROWS + ROW * Math.max(FEWEST_ROWS, shown.size()));
        chart.getStyler()
                .setYAxisTicksVisible(false)
                .setPlotGridHorizontalLinesVisible(false)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal);
        List<String> labels =
                Labels.fit(shown.stream().map(ConditionAccuracy::label).toList(), FigureStyle.TEXT, MOST_LABEL_WIDTH);
        double widest = labels.stream()
                .mapToDouble(label -> Labels.width(label, FigureStyle.TEXT))
                .max()
                .orElse(0);
        chart.getStyler().setYAxisLeftWidthHint(FigureStyle.PADDING + (int) Math.ceil(widest + RowLabels.GAP));
        double bottom = 0.4 - Math.max(1, shown.size());
        FigureStyle.rangeX(chart, -0.04, 1.04);
        FigureStyle.rangeY(chart, bottom, 0.6);
        Layers.line(
                chart,
                "chance",
                new double[] {chance, chance},
                new double[] {bottom, 0.6},
                FigureStyle.GREY,
                FigureStyle.THIN);
        double[] rows =
                IntStream.range(0, shown.size()).mapToDouble(row -> -row).toArray();
        Layers.flatIntervals(
                chart,
                "",
                rows,
                values(shown, ConditionAccuracy::low),
                values(shown, ConditionAccuracy::high),
                FigureStyle.color(0));
        Layers.points(
                chart,
                "network, 95 % interval",
                values(shown, ConditionAccuracy::accuracy),
                rows,
                FigureStyle.color(0),
                SeriesMarkers.CIRCLE);
        if (shown.stream().anyMatch(condition -> Double.isFinite(condition.ideal()))) {
            Layers.points(
                    chart,
                    "ideal observer",
                    values(shown, ConditionAccuracy::ideal),
                    rows,
                    FigureStyle.GREY,
                    SeriesMarkers.DIAMOND);
        }
        chart.addAnnotation(new RowLabels(labels));
        String note = conditions.size() > MOST_ROWS
                ? " Drawn are the first " + MOST_ROWS + " of " + conditions.size() + "."
                : "";
        return Figure.of(name, caption + note, chart);
    }

    private static double[] values(List<ConditionAccuracy> conditions, ToDoubleFunction<ConditionAccuracy> value) {
        return conditions.stream().mapToDouble(value).toArray();
    }
}
