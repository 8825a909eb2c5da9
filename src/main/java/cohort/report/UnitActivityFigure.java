package cohort.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What all units do in the course of a trial. */
public final class UnitActivityFigure {
    private static final int PLOT_HEIGHT = 330;
    private static final double BRIGHTEST = 0.995;

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
        int[] units = order.clone();
        Cells sorted = (row, step) -> activity.at(step, units[row]);
        double[] values = ColorScale.values(units.length, steps, sorted);
        double lowest = Arrays.stream(values).min().orElse(0);
        ColorScale scale = lowest < 0
                ? ColorScale.diverging(ColorScale.quantileOfSizes(values, BRIGHTEST))
                : ColorScale.sequential(0, ColorScale.quantileOfSizes(values, BRIGHTEST));
        List<HeatMap.Tick> times = new ArrayList<>();
        for (double time : Ticks.between(0, steps * dtMillis, 8)) {
            times.add(new HeatMap.Tick(time / dtMillis, Ticks.text(time)));
        }
        HeatMap map = new HeatMap(
                new HeatMap.Values(units.length, steps, sorted, scale, "h"),
                new HeatMap.Axis("time from the start of the trial (ms)", times),
                new HeatMap.Axis("unit, sorted by selectivity", HeatMap.ranks(units.length, 6)),
                PLOT_HEIGHT,
                periods,
                false);
        return map.figure(name, caption, true);
    }
}
