package cohort.report;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How much the seeds of settings differ, and how much the settings do. */
public final class SettingSeedsFigure {
    /** More rows than these nobody reads. */
    static final int MOST_SETTINGS = 30;

    private static final int ROW = 22;

    /** A plot less high than these would be has no room for the library's marks. */
    private static final int FEWEST_ROWS = 5;

    private static final int AROUND_ROWS = 90;
    private static final int MOST_LABEL_WIDTH = 250;

    /** Seeds are spread over this part of a row. */
    private static final double SPREAD = 0.5;

    private static final double GOLDEN_RATIO = 0.6180339887498949;

    private SettingSeedsFigure() {}

    /**
     * Draws a value of all seeds, one row for each setting, the best mean at the top, with the mean and its 95 % interval. Of more than
     * {@value #MOST_SETTINGS} settings the best are drawn, as the caption then says.
     *
     * @param name file name without ending
     * @param valueLabel what it is, with its unit: "efficiency"
     * @param settings those without a finite value are left out
     */
    public static Figure of(String name, String caption, String valueLabel, List<SettingSeeds> settings) {
        return of(name, caption, valueLabel, settings, ValueBounds.none());
    }

    /**
     * The same of a value with bounds: those below the lowest drawn are arrows at the left end, with what they are.
     *
     * @param bounds of the values that are drawn, and of the mean
     */
    public static Figure of(
            String name, String caption, String valueLabel, List<SettingSeeds> settings, ValueBounds bounds) {
        List<SettingSeeds> ranked = settings.stream()
                .filter(setting -> setting.values().length > 0)
                .sorted(Comparator.comparingDouble(SettingSeeds::mean).reversed())
                .toList();
        List<SettingSeeds> best = ranked.subList(0, Math.min(MOST_SETTINGS, ranked.size()));
        XYChart chart = FigureStyle.chart(valueLabel, "", AROUND_ROWS + ROW * Math.max(FEWEST_ROWS, best.size()));
        chart.getStyler()
                .setYAxisTicksVisible(false)
                .setPlotGridHorizontalLinesVisible(false)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal);
        List<String> labels =
                Labels.fit(best.stream().map(SettingSeeds::label).toList(), FigureStyle.TEXT, MOST_LABEL_WIDTH);
        List<String> beyond =
                best.stream().map(setting -> beyond(setting, bounds)).toList();
        int labelWidth = FigureStyle.PADDING + (int) Math.ceil(widest(labels) + RowLabels.GAP);
        chart.getStyler().setYAxisLeftWidthHint(labelWidth);
        double beyondWidth = widest(beyond) == 0 ? 0 : widest(beyond) + 2 * BeyondLabels.GAP;
        Range range = range(best, bounds, beyondWidth, FigureStyle.WIDTH - labelWidth - 2 * FigureStyle.PADDING);
        FigureStyle.rangeX(chart, range.left(), range.right());
        FigureStyle.rangeY(chart, 0.4 - Math.max(1, best.size()), 0.6);
        Function<Double, String> text = Ticks.within(range.low(), range.right());
        chart.setCustomXAxisTickLabelsFormatter(value -> value < range.low() ? " " : text.apply(value));
        draw(chart, best, bounds, range);
        chart.addAnnotation(new RowLabels(labels));
        chart.addAnnotation(new BeyondLabels(beyond, range.beyond()));
        String note = ranked.size() > MOST_SETTINGS
                ? " Drawn are the best " + MOST_SETTINGS + " of " + ranked.size() + " settings."
                : "";
        return Figure.of(name, caption + note, chart);
    }

    private static void draw(XYChart chart, List<SettingSeeds> settings, ValueBounds bounds, Range range) {
        List<double[]> seeds = new ArrayList<>();
        List<double[]> seedsBeyond = new ArrayList<>();
        List<double[]> means = new ArrayList<>();
        List<double[]> meansBeyond = new ArrayList<>();
        List<double[]> intervals = new ArrayList<>();
        for (int row = 0; row < settings.size(); row++) {
            SettingSeeds setting = settings.get(row);
            for (int seed = 0; seed < setting.values().length; seed++) {
                // Multiples of the golden ratio spread any number of seeds evenly, the first in the middle.
                double fraction = (0.5 + seed * GOLDEN_RATIO) % 1;
                double y = -row + SPREAD * (fraction - 0.5);
                double value = setting.values()[seed];
                (bounds.isDrawn(value) ? seeds : seedsBeyond)
                        .add(new double[] {bounds.isDrawn(value) ? value : range.beyond(), y});
            }
            double mean = setting.mean();
            (bounds.isDrawn(mean) ? means : meansBeyond)
                    .add(new double[] {bounds.isDrawn(mean) ? mean : range.beyond(), -row});
            double high = setting.intervalHigh(bounds.most());
            if (bounds.isDrawn(high)) {
                intervals.add(new double[] {Math.max(setting.intervalLow(), range.low()), high, -row});
            }
        }
        Layers.points(
                chart, "one seed", column(seeds, 0), column(seeds, 1), FigureStyle.color(5), SeriesMarkers.CIRCLE);
        if (!seedsBeyond.isEmpty()) {
            String label = "below " + Ticks.text(bounds.lowestDrawn());
            Layers.points(
                    chart,
                    label,
                    column(seedsBeyond, 0),
                    column(seedsBeyond, 1),
                    FigureStyle.color(5),
                    new LeftArrow());
        }
        Layers.flatIntervals(
                chart, "", column(intervals, 2), column(intervals, 0), column(intervals, 1), FigureStyle.color(1));
        Layers.points(chart, "", column(means, 0), column(means, 1), FigureStyle.color(1), SeriesMarkers.DIAMOND);
        if (!settings.isEmpty()) {
            String label = intervals.isEmpty() ? "mean" : "mean, 95 % interval";
            Layers.legend(chart, label, FigureStyle.color(1), FigureStyle.SOLID, SeriesMarkers.DIAMOND);
        }
        Layers.points(chart, "", column(meansBeyond, 0), column(meansBeyond, 1), FigureStyle.color(1), new LeftArrow());
    }

    private static double[] column(List<double[]> rows, int index) {
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    private static double widest(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> Labels.width(text, FigureStyle.TEXT))
                .max()
                .orElse(0);
    }

    /**
     * What the axis shows.
     *
     * @param left its left end
     * @param beyond where arrows stand, between the left end and low
     * @param low from here on values stand where they are
     * @param right its right end
     */
    private record Range(double left, double beyond, double low, double right) {}

    /**
     * Shows all seeds that are to be drawn; intervals may leave the plot, since that of two seeds is as wide as you like.
     *
     * @param beyondWidth pixels for what lies too low to be drawn, 0 for nothing
     * @param width of the plot in pixels
     */
    private static Range range(List<SettingSeeds> settings, ValueBounds bounds, double beyondWidth, double width) {
        double[] seeds = settings.stream()
                .flatMapToDouble(setting -> Arrays.stream(setting.values()))
                .map(value -> Math.max(value, bounds.lowestDrawn()))
                .toArray();
        double low = Arrays.stream(seeds).min().orElse(0);
        double high = Arrays.stream(seeds).max().orElse(1);
        double margin = high > low ? 0.08 * (high - low) : 0.05 + 0.05 * Math.abs(high);
        double pixel = (high - low + 2 * margin) / (width - beyondWidth);
        double left = low - margin - pixel * beyondWidth;
        return new Range(left, left + pixel * BeyondLabels.GAP, low - margin, high + margin);
    }

    /** What is written beside a setting's arrows; empty if it has none. */
    private static String beyond(SettingSeeds setting, ValueBounds bounds) {
        double[] values = Arrays.stream(setting.values())
                .filter(value -> !bounds.isDrawn(value))
                .sorted()
                .toArray();
        if (values.length == 0) {
            return "";
        }
        if (!setting.note().isEmpty()) {
            return values.length + ": " + setting.note();
        }
        String first = Ticks.text(values[0]);
        String last = Ticks.text(values[values.length - 1]);
        return (values.length > 1 ? values.length + " at " : "") + first + (first.equals(last) ? "" : " to " + last);
    }

    /** Writes what lies beyond the left end beside its arrows. */
    private static final class BeyondLabels extends Annotation {
        private static final int GAP = 9;

        private final List<String> texts;
        private final double left;

        BeyondLabels(List<String> texts, double left) {
            super(false);
            this.texts = texts;
            this.left = left;
        }

        @Override
        public void paint(Graphics2D canvas) {
            double x = chart.getScreenXFromChart(left) + GAP;
            for (int row = 0; row < texts.size(); row++) {
                double y = chart.getScreenYFromChart(-row);
                Labels.draw(canvas, texts.get(row), FigureStyle.TEXT, FigureStyle.GREY, x, y, 0);
            }
        }
    }
}
