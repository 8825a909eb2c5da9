package cohort.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * An axis on which the values of an experiment, strengths of evidence for instance, stand the same distance apart, since they usually double. It is
 * logarithmic from one to the next; 0, which has no logarithm, stands before them, and between it and the first there is nothing.
 */
public final class SpacedAxis {
    private static final int CURVE_STEPS = 400;
    private static final double MARGIN = 0.4;

    /** About the width of a plot with a legend; lines may be a quarter nearer or half as far again. */
    private static final int PLOT_PIXELS = 360;

    private final double[] values;
    private final NumberLabels labels;

    private SpacedAxis(double[] values) {
        this.values = values;
        this.labels = NumberLabels.of(Arrays.stream(values));
    }

    /**
     * The axis of these values.
     *
     * @param values in any order, also repeated; what is not finite or negative is left out
     */
    public static SpacedAxis of(DoubleStream values) {
        return new SpacedAxis(values.filter(value -> value >= 0 && value < Double.POSITIVE_INFINITY)
                // 0 and -0 are the same place.
                .map(value -> value + 0.0)
                .distinct()
                .sorted()
                .toArray());
    }

    double low() {
        return -MARGIN;
    }

    double high() {
        return Math.max(values.length - 1, 0) + MARGIN;
    }

    /** Where a value stands, in the units of the chart; NaN where there is nothing. */
    public double place(double value) {
        int at = Arrays.binarySearch(values, value);
        if (at >= 0) {
            return at;
        }
        int above = -at - 1;
        if (above == 0 || above == values.length || values[above - 1] == 0) {
            return Double.NaN;
        }
        double from = values[above - 1];
        return above - 1 + Math.log(value / from) / Math.log(values[above] / from);
    }

    /** Values above 0, ascending, near enough for a smooth curve; empty if there are none. */
    double[] grid() {
        double[] positive = Arrays.stream(values).filter(value -> value > 0).toArray();
        if (positive.length == 0) {
            return positive;
        }
        double first = positive[0];
        double last = positive[positive.length - 1];
        double[] grid = IntStream.rangeClosed(0, CURVE_STEPS)
                .mapToDouble(i -> first * Math.pow(last / first, (double) i / CURVE_STEPS))
                .toArray();
        // Rounding must not push the end off the axis.
        grid[CURVE_STEPS] = last;
        return grid;
    }

    /** Makes this the chart's x axis. */
    public void apply(XYChart chart) {
        FigureStyle.rangeX(chart, low(), high());
        chart.getStyler().setXAxisTickMarkSpacingHint((int) (PLOT_PIXELS / Math.max(2, high() - low())));
        // Of many labels the library draws every second one, if any; and none if those at both ends are the same. It
        // only keeps
        // the room for them.
        chart.setCustomXAxisTickLabelsFormatter(place -> place < 0 ? "0" : "1");
        chart.getStyler().setXAxisTickLabelsColor(Color.WHITE);
        chart.addAnnotation(new Marks());
    }

    /** Labels of the values, as many as there is room for, and the break between 0 and the first value that has a logarithm. */
    private final class Marks extends Annotation {
        private static final int GAP = 6;
        private static final int BELOW = 13;
        private static final double HALF_GAP = 3;
        private static final double HALF_HEIGHT = 6;
        private static final double SLANT = 3;

        Marks() {
            super(false);
        }

        @Override
        public void paint(Graphics2D canvas) {
            double y = chart.getScreenYFromChart(chart.getStyler().getYAxisMin());
            double free = Double.POSITIVE_INFINITY;
            for (int i = values.length - 1; i >= 0; i--) {
                double x = chart.getScreenXFromChart(i);
                double half = Labels.width(labels.of(values[i]), FigureStyle.TEXT) / 2;
                if (x + half + GAP <= free) {
                    Labels.draw(canvas, labels.of(values[i]), FigureStyle.TEXT, FigureStyle.INK, x, y + BELOW, 0.5);
                    free = x - half;
                }
            }
            if (values.length > 1 && values[0] == 0) {
                paintBreak(canvas, chart.getScreenXFromChart(0.5), y);
            }
        }

        private static void paintBreak(Graphics2D canvas, double x, double y) {
            canvas.setColor(Color.WHITE);
            canvas.fill(new Rectangle2D.Double(x - HALF_GAP, y - HALF_HEIGHT, 2 * HALF_GAP, 2 * HALF_HEIGHT));
            canvas.setColor(FigureStyle.GREY);
            canvas.setStroke(FigureStyle.THIN);
            for (double side : new double[] {-HALF_GAP, HALF_GAP}) {
                canvas.draw(new Line2D.Double(x + side - SLANT, y + HALF_HEIGHT, x + side + SLANT, y - HALF_HEIGHT));
            }
        }
    }
}
