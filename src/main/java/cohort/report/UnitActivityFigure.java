package cohort.report;

import java.util.Arrays;
import java.util.List;

/** What all units do in the course of a trial. */
public final class UnitActivityFigure {
    private static final int PLOT_HEIGHT = 330;
    private static final double BRIGHTEST = 0.995;
    private static final String LARGEST = " The end of the scale also stands for the half percent beyond it.";

    private UnitActivityFigure() {}

    /**
     * Draws the units' mean activity over time. Activity that is never negative goes from 0 to its 99.5 % quantile; otherwise blue is
     * negative and red positive.
     *
     * @param name file name without ending
     * @param activity mean over trials of h at (step, unit)
     * @param steps of a trial, at least 1
     * @param order units from the top to the bottom of the figure, [units], at least one
     * @param dtMillis length of a step in ms
     * @param periods of the trials; those without a step are left out
     */
    public static Figure of(
            String name,
            String caption,
            Cells activity,
            int steps,
            int[] order,
            double dtMillis,
            List<PeriodSpan> periods) {
        ColorScale scale = scale(ColorScale.values(order.length, steps, (row, step) -> activity.at(step, order[row])));
        return of(name, caption, activity, steps, order, dtMillis, periods, scale, "unit, sorted by selectivity", "");
    }

    /** The scale of all figures that show these values. */
    static ColorScale scale(double[] values) {
        double brightest = ColorScale.quantileOfSizes(values, BRIGHTEST);
        return Arrays.stream(values).min().orElse(0) < 0
                ? ColorScale.diverging(brightest)
                : ColorScale.sequential(0, brightest);
    }

    /**
     * The same on a scale that other figures share.
     *
     * @param unitTitle what stands at the axis of units
     * @param leftOut what is to be said of units that are not in the order; empty for nothing
     */
    static Figure of(
            String name,
            String caption,
            Cells activity,
            int steps,
            int[] order,
            double dtMillis,
            List<PeriodSpan> periods,
            ColorScale scale,
            String unitTitle,
            String leftOut) {
        int[] units = order.clone();
        Cells sorted = (row, step) -> activity.at(step, units[row]);
        HeatMap map = new HeatMap(
                new HeatMap.Values(units.length, steps, sorted, scale, "activity h", leftOut),
                HeatMap.Axis.ofTime(steps, dtMillis),
                new HeatMap.Axis(unitTitle, HeatMap.ranks(units.length, 6)),
                PLOT_HEIGHT,
                periods,
                false);
        return map.figure(name, caption + LARGEST);
    }
}
