package cohort.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all figures have in common: size, fonts, colours, and how lines, points and intervals are drawn. */
public final class FigureStyle {
    static {
        // Nothing here needs a screen; without this Java would look for one, and not start where DISPLAY names one that
        // is gone. It comes
        // before the first colour or font, which look, and therefore no other class here has colours or fonts of its
        // own.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    /** Width of a figure in CSS pixels. */
    static final int WIDTH = 640;

    /** Height of a figure in CSS pixels, unless it needs another one. */
    static final int HEIGHT = 420;

    /** Space around a chart in CSS pixels. */
    static final int PADDING = 12;

    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font AXIS_TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Color INK = new Color(0x333333);
    static final Color GREY = new Color(0x808080);
    static final Color GRID = new Color(0xE8E8E8);

    /** Where there is no value. */
    static final Color MISSING = new Color(0xD9D9D9);

    static final BasicStroke SOLID = new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke THIN = new BasicStroke(1, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED =
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 4, new float[] {6, 4}, 0);

    /** Of Okabe and Ito (2008), without black and the yellow that is hard to see on white. */
    private static final List<Color> COLOR_BLIND_SAFE = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9));

    private static final double LOGARITHMIC_MARGIN = 0.06;
    private static final int LEGEND_LETTERS = 24;

    /** So many points lie so near to each other that a curve from one to the next cannot be told from a line. */
    private static final int DENSE = 200;

    private FigureStyle() {}

    /** The colour of the index-th of several series; they repeat after six. */
    public static Color color(int index) {
        return COLOR_BLIND_SAFE.get(index % COLOR_BLIND_SAFE.size());
    }

    /** How many series have a colour of their own. */
    static int colors() {
        return COLOR_BLIND_SAFE.size();
    }

    /**
     * An empty chart with the legend at its right.
     *
     * @param xLabel what is on the axis, with its unit: "coherence (%)"
     * @param yLabel what is on the axis, with its unit
     */
    public static XYChart chart(String xLabel, String yLabel) {
        return chart(xLabel, yLabel, HEIGHT);
    }

    static XYChart chart(String xLabel, String yLabel, int height) {
        XYChart chart = new XYChart(WIDTH, height);
        chart.setXAxisTitle(xLabel);
        chart.setYAxisTitle(yLabel);
        chart.getStyler()
                .setAxisTitleFont(AXIS_TITLE)
                .setAxisTickLabelsFont(TEXT)
                .setAxisTickLabelsColor(INK)
                .setAxisTickMarksColor(GREY)
                .setAxisTickMarksStroke(THIN)
                .setAxisTickMarkLength(4)
                .setAxisTickPadding(4)
                .setAxisTitlePadding(10)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotMargin(0)
                .setXAxisTickMarkSpacingHint(80)
                .setYAxisTickMarkSpacingHint(56)
                .setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right)
                .setLegendFont(TEXT)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setLegendPadding(8)
                .setLegendSeriesLineLength(22)
                .setPlotBorderVisible(false)
                .setPlotContentSize(1)
                .setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartPadding(PADDING)
                .setChartTitleVisible(false)
                .setMarkerSize(7)
                // Marks and digits of a figure do not depend on whose machine it was drawn on.
                .setLocale(Locale.ROOT);
        return chart;
    }

    /** Sets what the x axis shows. Nothing is drawn outside, and no label on the very edge. */
    static void rangeX(XYChart chart, double low, double high) {
        chart.getStyler().setXAxisMin(low).setXAxisMax(high);
    }

    /** Sets what the y axis shows. Nothing is drawn outside, and no label on the very edge. */
    static void rangeY(XYChart chart, double low, double high) {
        chart.getStyler().setYAxisMin(low).setYAxisMax(high);
    }

    /**
     * Makes the y axis logarithmic. Labelled is every round number over one decade, 1, 2 and 5 of each over three, powers of ten over more.
     *
     * @param low the smallest value, above 0
     * @param high the largest value, above low
     */
    public static void logarithmicY(XYChart chart, double low, double high) {
        double decades = Math.log10(high / low);
        double margin = Math.pow(10, LOGARITHMIC_MARGIN * decades);
        rangeY(chart, low / margin, high * margin);
        chart.getStyler().setYAxisLogarithmic(true).setYAxisLogarithmicDecadeOnly(false);
        chart.setCustomYAxisTickLabelsFormatter(value -> {
            int digit = (int) Math.round(value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9)));
            boolean labelled = digit == 1 || decades <= 1 || (decades <= 3 && (digit == 2 || digit == 5));
            return labelled ? Ticks.text(value) : "";
        });
    }

    /**
     * Adds a line through points; where y is NaN there is a gap, and points with another value that is not finite are left out. A point
     * without neighbours is marked, since no line leads to it.
     *
     * @param label what the legend calls it; empty for no entry
     */
    static void line(XYChart chart, String label, double[] x, double[] y, Color color, BasicStroke stroke) {
        add(chart, label, x, y, color, stroke, SeriesMarkers.NONE);
        double[] alone = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            boolean before = i > 0 && !Double.isNaN(y[i - 1]);
            boolean after = i + 1 < y.length && !Double.isNaN(y[i + 1]);
            alone[i] = before || after ? Double.NaN : y[i];
        }
        points(chart, "", x, alone, color, SeriesMarkers.CIRCLE);
    }

    /** Adds points that are joined by lines, solid or dashed. */
    public static void lineAndPoints(XYChart chart, String label, double[] x, double[] y, Color color, boolean solid) {
        add(chart, label, x, y, color, solid ? SOLID : DASHED, SeriesMarkers.CIRCLE);
    }

    /** Adds an entry to the legend of a chart whose range is set, and nothing to the plot. */
    static void legend(XYChart chart, String label, Color color, BasicStroke stroke, Marker marker) {
        double[] outside = {chart.getStyler().getXAxisMin() - 1};
        add(chart, label, outside, new double[] {chart.getStyler().getYAxisMin()}, color, stroke, marker);
    }

    /** Adds points; those with a value that is not finite are left out. */
    static void points(XYChart chart, String label, double[] x, double[] y, Color color, Marker marker) {
        add(chart, label, x, y, color, SeriesLines.NONE, marker);
    }

    /** Adds a vertical bar from low to high at each x, without an entry in the legend; an interval with a NaN is left out. */
    static void intervals(XYChart chart, double[] x, double[] low, double[] high, Color color) {
        double[] across = new double[3 * x.length];
        double[] along = new double[3 * x.length];
        lay(x, low, high, across, along);
        add(chart, "", across, along, color, SOLID, SeriesMarkers.NONE);
    }

    /** Adds a horizontal bar from low to high at each y. */
    static void flatIntervals(XYChart chart, String label, double[] y, double[] low, double[] high, Color color) {
        double[] across = new double[3 * y.length];
        double[] along = new double[3 * y.length];
        lay(y, low, high, across, along);
        // The gap between two bars is where y is NaN.
        for (int i = 0; i < y.length; i++) {
            if (Double.isNaN(along[3 * i])) {
                across[3 * i] = Double.NaN;
                across[3 * i + 1] = Double.NaN;
            }
            across[3 * i + 2] = Double.NaN;
            along[3 * i + 2] = along[3 * i + 1];
        }
        add(chart, label, along, across, color, SOLID, SeriesMarkers.NONE);
    }

    private static void lay(double[] at, double[] low, double[] high, double[] across, double[] along) {
        for (int i = 0; i < at.length; i++) {
            boolean known = Double.isFinite(low[i]) && Double.isFinite(high[i]);
            across[3 * i] = at[i];
            across[3 * i + 1] = at[i];
            across[3 * i + 2] = at[i];
            along[3 * i] = known ? low[i] : Double.NaN;
            along[3 * i + 1] = known ? high[i] : Double.NaN;
            along[3 * i + 2] = Double.NaN;
        }
    }

    private static void add(
            XYChart chart, String label, double[] x, double[] y, Color color, BasicStroke stroke, Marker marker) {
        double[] keptX = new double[x.length];
        double[] keptY = new double[x.length];
        int kept = 0;
        boolean anything = false;
        for (int i = 0; i < x.length; i++) {
            if (Double.isFinite(x[i]) && !Double.isInfinite(y[i])) {
                keptX[kept] = x[i];
                keptY[kept++] = y[i];
                anything |= !Double.isNaN(y[i]);
            }
        }
        if (!anything) {
            return;
        }
        // The library wants a name of its own for each series; what is read is the label.
        XYSeries series = chart.addSeries(
                "series " + chart.getSeriesCollection().size(), Arrays.copyOf(keptX, kept), Arrays.copyOf(keptY, kept));
        // One path instead of a line for each pair of points: it makes dashes longer than a step possible, and smaller
        // files.
        series.setSmooth(kept >= DENSE);
        series.setLineColor(color);
        series.setLineStyle(stroke);
        series.setMarker(marker);
        series.setMarkerColor(color);
        series.setLabel(wrap(label));
        series.setShowInLegend(!label.isBlank());
    }

    /** Breaks a long label of the legend at spaces. */
    private static String wrap(String label) {
        StringBuilder wrapped = new StringBuilder();
        StringTokenizer words = new StringTokenizer(label);
        int length = 0;
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            boolean fits = length + 1 + word.length() <= LEGEND_LETTERS;
            if (length > 0) {
                wrapped.append(fits ? ' ' : '\n');
            }
            wrapped.append(word);
            length = fits && length > 0 ? length + 1 + word.length() : word.length();
        }
        return wrapped.toString();
    }
}
