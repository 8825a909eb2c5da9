package cohort.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * An axis on which the values of an experiment, coherences for instance, stand the same distance apart, since they usually double. It is
 * logarithmic from one to the next; 0, which has no logarithm, stands before them, and between it and the first there is nothing.
 */
public final class SpacedAxis {
    private static final int CURVE_STEPS = 400;
    private static final double MARGIN = 0.4;

    /** About the width of a plot with a legend; ticks may be a quarter nearer or half as far again. */
    private static final int PLOT_PIXELS = 420;

    private final double[] values;

    private SpacedAxis(double[] values) {
        this.values = values;
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
        chart.setCustomXAxisTickLabelsFormatter(this::label);
    }

    private String label(double place) {
        int index = (int) Math.round(place);
        boolean stands = Math.abs(place - index) < 1e-6 && index >= 0 && index < values.length;
        if (stands) {
            return Ticks.text(values[index]);
        }
        // The library draws no ticks at all if the ends of the axis have the same label.
        return place < 0 ? " " : "  ";
    }
}
