package cohort.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** What all figures have in common: size, fonts, colours, axes. */
public final class FigureStyle {
    static {
        // Nothing here needs a screen, but Java looks for one and fails where DISPLAY names one that is gone. It looks
        // with the first colour or font, which is why no other class of this package has constants of its own.
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
    /** By how much the upper end of a range is pushed out, as a fraction of it. */
    private static final double UNEVEN = 0.01;

    private FigureStyle() {}

    /** The colour of the index-th of several series; they repeat after six. */
    public static Color color(int index) {
        return COLOR_BLIND_SAFE.get(index % COLOR_BLIND_SAFE.size());
    }

    /** The same, so pale that a line can be seen on it. */
    static Color pale(int index) {
        Color color = color(index);
        return new Color(
                (color.getRed() + 2 * 255) / 3, (color.getGreen() + 2 * 255) / 3, (color.getBlue() + 2 * 255) / 3);
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
    public static void rangeX(XYChart chart, double low, double high) {
        chart.getStyler().setXAxisMin(low).setXAxisMax(uneven(low, high));
    }

    /** Sets what the y axis shows. Nothing is drawn outside, and no label on the very edge. */
    public static void rangeY(XYChart chart, double low, double high) {
        chart.getStyler().setYAxisMin(low).setYAxisMax(uneven(low, high));
    }

    /** If ends and data were the same distance apart, the library would mark the data instead of round numbers. */
    private static double uneven(double low, double high) {
        return high + UNEVEN * (high - low);
    }

    /**
     * Makes the y axis logarithmic. Over one decade every round number has a label, over three 1, 2 and 5 of each, over more powers of
     * ten.
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
}
