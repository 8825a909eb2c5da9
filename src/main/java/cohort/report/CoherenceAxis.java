package cohort.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * An axis on which the coherences of an experiment stand the same distance apart. It is logarithmic from one to the next; 0, which has no
 * logarithm, stands before them, and between it and the first there is nothing.
 */
final class CoherenceAxis {
    private static final int CURVE_STEPS = 400;
    private static final double MARGIN = 0.4;

    /** About the width of a plot with a legend; ticks may be a quarter nearer or half as far again. */
    private static final int PLOT_PIXELS = 420;

    private final double[] coherences;

    private CoherenceAxis(double[] coherences) {
        this.coherences = coherences;
    }

    /** @param percent in any order, also repeated; what is not finite or negative is left out */
    static CoherenceAxis of(DoubleStream percent) {
        return new CoherenceAxis(percent.filter(c -> c >= 0 && c < Double.POSITIVE_INFINITY)
                .map(c -> c + 0.0)
                .distinct()
                .sorted()
                .toArray());
    }

    double low() {
        return -MARGIN;
    }

    double high() {
        return Math.max(coherences.length - 1, 0) + MARGIN;
    }

    /** Where a coherence in percent stands; NaN where there is nothing. */
    double place(double percent) {
        int at = Arrays.binarySearch(coherences, percent);
        if (at >= 0) {
            return at;
        }
        int above = -at - 1;
        if (above == 0 || above == coherences.length || coherences[above - 1] == 0) {
            return Double.NaN;
        }
        double from = coherences[above - 1];
        return above - 1 + Math.log(percent / from) / Math.log(coherences[above] / from);
    }

    /** Coherences above 0 in percent, ascending, near enough for a smooth curve; empty if there are none. */
    double[] grid() {
        double[] positive = Arrays.stream(coherences).filter(c -> c > 0).toArray();
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
    void apply(XYChart chart, double yLow, double yHigh) {
        FigureStyle.range(chart, low(), high(), yLow, yHigh);
        chart.getStyler().setXAxisTickMarkSpacingHint((int) (PLOT_PIXELS / (high() - low())));
        chart.setCustomXAxisTickLabelsFormatter(this::label);
    }

    private String label(double place) {
        int index = (int) Math.round(place);
        boolean stands = Math.abs(place - index) < 1e-6 && index >= 0 && index < coherences.length;
        if (stands) {
            return Ticks.text(coherences[index]);
        }
        // The library draws no ticks at all if the ends of the axis have the same label.
        return place < 0 ? " " : "  ";
    }
}
