package cohort.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.StringTokenizer;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What is drawn on a chart: lines, points, intervals. A point with a coordinate that is not finite is left out, and a line has a gap. Where
 * the label is empty, the legend has no entry.
 */
public final class Layers {
    private static final int LEGEND_LETTERS = 24;

    /** So many points lie so near to each other that a curve from one to the next cannot be told from a line. */
    private static final int DENSE = 200;

    private Layers() {}

    /** Adds a line through points. A point without neighbours is marked, since no line leads to it. */
    static void line(XYChart chart, String label, double[] x, double[] y, Color color, BasicStroke stroke) {
        add(chart, label, x, y, color, stroke, SeriesMarkers.NONE);
        double[] alone = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            alone[i] = known(x, y, i - 1) || known(x, y, i + 1) ? Double.NaN : y[i];
        }
        points(chart, "", x, alone, color, SeriesMarkers.CIRCLE);
    }

    private static boolean known(double[] x, double[] y, int i) {
        return i >= 0 && i < x.length && Double.isFinite(x[i]) && Double.isFinite(y[i]);
    }

    /** Adds points that are joined by lines, solid or dashed. */
    public static void lineAndPoints(XYChart chart, String label, double[] x, double[] y, Color color, boolean solid) {
        add(chart, label, x, y, color, solid ? FigureStyle.SOLID : FigureStyle.DASHED, SeriesMarkers.CIRCLE);
    }

    /** Adds points. */
    static void points(XYChart chart, String label, double[] x, double[] y, Color color, Marker marker) {
        add(chart, label, x, y, color, SeriesLines.NONE, marker);
    }

    /** Adds a vertical bar from low to high at each x. */
    static void intervals(XYChart chart, String label, double[] x, double[] low, double[] high, Color color) {
        add(chart, label, ends(x, x), ends(low, high), color, FigureStyle.SOLID, SeriesMarkers.NONE);
    }

    /** Adds a horizontal bar from low to high at each y. */
    static void flatIntervals(XYChart chart, String label, double[] y, double[] low, double[] high, Color color) {
        add(chart, label, ends(low, high), ends(y, y), color, FigureStyle.SOLID, SeriesMarkers.NONE);
    }

    /** One line through all bars, with a gap after each. */
    private static double[] ends(double[] first, double[] second) {
        double[] ends = new double[3 * first.length];
        for (int i = 0; i < first.length; i++) {
            ends[3 * i] = first[i];
            ends[3 * i + 1] = second[i];
            ends[3 * i + 2] = Double.NaN;
        }
        return ends;
    }

    /** Adds an entry to the legend of a chart whose range is set, and nothing to the plot. */
    static void legend(XYChart chart, String label, Color color, BasicStroke stroke, Marker marker) {
        double left = chart.getStyler().getXAxisMin();
        double[] outside = {left - (chart.getStyler().getXAxisMax() - left)};
        add(chart, label, outside, new double[] {chart.getStyler().getYAxisMin()}, color, stroke, marker);
    }

    private static void add(
            XYChart chart, String label, double[] x, double[] y, Color color, BasicStroke stroke, Marker marker) {
        double[] drawnX = new double[x.length];
        double[] drawnY = new double[x.length];
        boolean anything = false;
        for (int i = 0; i < x.length; i++) {
            boolean known = known(x, y, i);
            drawnX[i] = known ? x[i] : Double.NaN;
            drawnY[i] = known ? y[i] : Double.NaN;
            anything |= known;
        }
        if (!anything) {
            return;
        }
        // The library wants a name of its own for each series; what is read is the label.
        XYSeries series =
                chart.addSeries("series " + chart.getSeriesCollection().size(), drawnX, drawnY);
        // One path instead of many lines: dashes may be longer than a step, and files are smaller.
        series.setSmooth(x.length >= DENSE);
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
