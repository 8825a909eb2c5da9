package cohort.report;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * An axis on which the coherences of an experiment stand the same distance apart, 0 included. Between two of them it is logarithmic, or
 * linear if one is 0.
 */
final class CoherenceAxis {
    private static final int STEPS_BETWEEN = 40;
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

    /** Where a coherence in percent stands; NaN outside of the experiment's. */
    double place(double percent) {
        for (int i = 0; i < coherences.length; i++) {
            if (percent == coherences[i]) {
                return i;
            }
            if (i > 0 && percent > coherences[i - 1] && percent < coherences[i]) {
                double from = coherences[i - 1];
                double fraction =
                        from > 0 ? Math.log(percent / from) / Math.log(coherences[i] / from) : percent / coherences[i];
                return i - 1 + fraction;
            }
        }
        return Double.NaN;
    }

    /** Coherences in percent, near enough for a smooth curve. */
    double[] grid() {
        if (coherences.length == 0) {
            return new double[0];
        }
        return IntStream.rangeClosed(0, (coherences.length - 1) * STEPS_BETWEEN)
                .mapToDouble(this::gridCoherence)
                .toArray();
    }

    private double gridCoherence(int step) {
        int below = step / STEPS_BETWEEN;
        double fraction = (step % STEPS_BETWEEN) / (double) STEPS_BETWEEN;
        if (fraction == 0) {
            return coherences[below];
        }
        double from = coherences[below];
        double to = coherences[below + 1];
        return from > 0 ? from * Math.pow(to / from, fraction) : fraction * to;
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
        return stands ? Ticks.text(coherences[index]) : " ";
    }
}
