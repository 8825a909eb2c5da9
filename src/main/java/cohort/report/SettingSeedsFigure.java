package cohort.report;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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
        range(chart, best);
        double[] places = IntStream.range(0, best.size()).mapToDouble(i -> -i).toArray();
        double[] means = best.stream().mapToDouble(SettingSeeds::mean).toArray();
        double[] half = best.stream().mapToDouble(SettingSeeds::halfInterval).toArray();
        double[] low = IntStream.range(0, means.length)
                .mapToDouble(i -> means[i] - half[i])
                .toArray();
        double[] high = IntStream.range(0, means.length)
                .mapToDouble(i -> means[i] + half[i])
                .toArray();
        drawSeeds(chart, best);
        Layers.flatIntervals(chart, "95 % interval of mean", places, low, high, FigureStyle.color(1));
        Layers.points(chart, "mean", means, places, FigureStyle.color(1), SeriesMarkers.DIAMOND);
        List<String> labels = best.stream()
                .map(setting -> Labels.fit(setting.label(), FigureStyle.TEXT, MOST_LABEL_WIDTH))
                .toList();
        chart.addAnnotation(new RowLabels(labels));
        chart.getStyler()
                .setYAxisLeftWidthHint(FigureStyle.PADDING
                        + (int) Math.ceil(labels.stream()
                                .mapToDouble(label -> Labels.width(label, FigureStyle.TEXT) + RowLabels.GAP)
                                .max()
                                .orElse(0)));
        String note = ranked.size() > MOST_SETTINGS
                ? " Drawn are the best " + MOST_SETTINGS + " of " + ranked.size() + " settings."
                : "";
        return Figure.of(name, caption + note, chart);
    }

    private static void drawSeeds(XYChart chart, List<SettingSeeds> settings) {
        int count =
                settings.stream().mapToInt(setting -> setting.values().length).sum();
        double[] x = new double[count];
        double[] y = new double[count];
        int next = 0;
        for (int row = 0; row < settings.size(); row++) {
            for (int seed = 0; seed < settings.get(row).values().length; seed++) {
                x[next] = settings.get(row).values()[seed];
                // Multiples of the golden ratio spread any number of seeds evenly, the first in the middle.
                double fraction = (0.5 + seed * GOLDEN_RATIO) % 1;
                y[next++] = -row + SPREAD * (fraction - 0.5);
            }
        }
        Layers.points(chart, "one seed", x, y, FigureStyle.color(5), SeriesMarkers.CIRCLE);
    }

    /** Shows all seeds; intervals may leave the plot, since that of two seeds is as wide as you like. */
    private static void range(XYChart chart, List<SettingSeeds> settings) {
        double[] seeds = settings.stream()
                .flatMapToDouble(setting -> Arrays.stream(setting.values()))
                .toArray();
        double low = Arrays.stream(seeds).min().orElse(0);
        double high = Arrays.stream(seeds).max().orElse(1);
        double margin = high > low ? 0.08 * (high - low) : 0.05 + 0.05 * Math.abs(high);
        FigureStyle.rangeX(chart, low - margin, high + margin);
        FigureStyle.rangeY(chart, 0.4 - Math.max(1, settings.size()), 0.6);
    }

    /** Writes the settings beside their rows; the library's own labels end after twenty letters. */
    private static final class RowLabels extends Annotation {
        static final int GAP = 10;

        private final List<String> labels;

        RowLabels(List<String> labels) {
            super(false);
            this.labels = labels;
        }

        @Override
        public void paint(Graphics2D canvas) {
            double right = chart.getYAxisLeftWidth() - GAP;
            for (int row = 0; row < labels.size(); row++) {
                double y = chart.getScreenYFromChart(-row);
                Labels.draw(canvas, labels.get(row), FigureStyle.TEXT, FigureStyle.INK, right, y, 1);
            }
        }
    }
}
