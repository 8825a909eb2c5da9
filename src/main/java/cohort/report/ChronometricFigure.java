package cohort.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The chronometric function: when answers are given, over the strength of the evidence or in each condition. */
public final class ChronometricFigure {
    private static final String TIME = "response time (ms)";

    /** So far bars of two series stand from each other, in places of the axis or rows. */
    private static final double APART = 0.12;

    /** What is shown below 0, as a fraction of what is above. */
    private static final double BELOW = 0.03;

    private static final int ROW = 26;
    private static final int AROUND_ROWS = 110;
    private static final int FEWEST_ROWS = 5;
    private static final int MOST_LABEL_WIDTH = 250;

    private ChronometricFigure() {}

    /**
     * Draws response times over the strength of the evidence.
     *
     * @param name file name without ending
     * @param strength what the axis says of the strength: "coherence (%)"
     * @param series right and wrong answers; at least one
     * @param bound the mean of who answers at a bound, if there is such an observer
     */
    public static Figure overStrength(
            String name, String caption, String strength, List<TimeSeries> series, Optional<TimeSeries> bound) {
        XYChart chart = FigureStyle.chart(strength, TIME);
        SpacedAxis axis = SpacedAxis.of(
                series.stream().flatMap(one -> one.points().stream()).mapToDouble(TimePoint::place));
        axis.apply(chart);
        double highest = highest(series, bound);
        FigureStyle.rangeY(chart, -BELOW * highest, highest);
        bound.ifPresent(one -> Layers.line(
                chart,
                one.label(),
                one.values(point -> axis.place(point.place())),
                one.values(TimePoint::mean),
                FigureStyle.GREY,
                FigureStyle.DASHED));
        for (int i = 0; i < series.size(); i++) {
            TimeSeries one = series.get(i);
            double shift = shift(i, series.size());
            double[] x = one.values(point -> axis.place(point.place()) + shift);
            Layers.intervals(
                    chart, "", x, one.values(TimePoint::low), one.values(TimePoint::high), FigureStyle.color(i));
            Layers.lineAndPoints(chart, one.label(), x, one.values(TimePoint::mean), FigureStyle.color(i), true);
        }
        return Figure.of(name, caption, chart);
    }

    /**
     * Draws response times in each condition, a row for each. Of more than {@value ConditionFigure#MOST_ROWS} the first are drawn, as the
     * caption then says.
     *
     * @param name file name without ending
     * @param conditions in their order, from the top
     * @param series right and wrong answers, whose points have numbers of conditions; at least one
     */
    public static Figure inConditions(String name, String caption, List<String> conditions, List<TimeSeries> series) {
        int rows = Math.min(ConditionFigure.MOST_ROWS, conditions.size());
        XYChart chart = FigureStyle.chart(TIME, "", AROUND_ROWS + ROW * Math.max(FEWEST_ROWS, rows));
        chart.getStyler()
                .setYAxisTicksVisible(false)
                .setPlotGridHorizontalLinesVisible(false)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal);
        List<String> labels = Labels.fit(conditions.subList(0, rows), FigureStyle.TEXT, MOST_LABEL_WIDTH);
        double widest = labels.stream()
                .mapToDouble(label -> Labels.width(label, FigureStyle.TEXT))
                .max()
                .orElse(0);
        chart.getStyler().setYAxisLeftWidthHint(FigureStyle.PADDING + (int) Math.ceil(widest + RowLabels.GAP));
        double highest = highest(series, Optional.empty());
        FigureStyle.rangeX(chart, -BELOW * highest, highest);
        FigureStyle.rangeY(chart, 0.4 - Math.max(1, rows), 0.6);
        for (int i = 0; i < series.size(); i++) {
            TimeSeries shown = new TimeSeries(
                    series.get(i).label(),
                    series.get(i).points().stream()
                            .filter(point -> point.place() < rows)
                            .toList());
            double shift = shift(i, series.size());
            double[] y = shown.values(point -> -point.place() - shift);
            Layers.flatIntervals(
                    chart, "", y, shown.values(TimePoint::low), shown.values(TimePoint::high), FigureStyle.color(i));
            Layers.points(
                    chart,
                    shown.label(),
                    shown.values(TimePoint::mean),
                    y,
                    FigureStyle.color(i),
                    i == 0 ? SeriesMarkers.CIRCLE : SeriesMarkers.DIAMOND);
        }
        chart.addAnnotation(new RowLabels(labels));
        String note = conditions.size() > rows ? " Drawn are the first " + rows + " of " + conditions.size() + "." : "";
        return Figure.of(name, caption + note, chart);
    }

    private static double shift(int index, int count) {
        return APART * (index - (count - 1) / 2.0);
    }

    private static double highest(List<TimeSeries> series, Optional<TimeSeries> bound) {
        double most = Stream.concat(series.stream(), bound.stream())
                .flatMap(one -> one.points().stream())
                .flatMapToDouble(point -> DoubleStream.of(point.mean(), point.high()))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        return most > 0 ? 1.06 * most : 1;
    }
}
