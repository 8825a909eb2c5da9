package cohort.report;

import java.util.List;

/** The recurrent weights as a matrix. */
public final class WeightFigure {
    private static final double STRONGEST = 0.995;

    private WeightFigure() {}

    /**
     * Draws recurrent weights, rows and columns in the same order: blue inhibits, red excites. Weights beyond the 99.5 % quantile of
     * their sizes have the colour of that quantile, so that a few strong ones do not turn all others white.
     *
     * @param name file name without ending
     * @param weights weight at (to unit, from unit)
     * @param order units from the top to the bottom and from left to right, [units], at least one
     */
    public static Figure of(String name, String caption, Cells weights, int[] order) {
        return of(name, caption, weights, order, "unit, sorted by selectivity");
    }

    /**
     * The same with another title.
     *
     * @param unitTitle what stands at both axes, behind "from" and "to"
     */
    static Figure of(String name, String caption, Cells weights, int[] order, String unitTitle) {
        int[] units = order.clone();
        Cells sorted = (to, from) -> weights.at(units[to], units[from]);
        double[] values = ColorScale.values(units.length, units.length, sorted);
        ColorScale scale = ColorScale.diverging(ColorScale.quantileOfSizes(values, STRONGEST));
        List<HeatMap.Tick> ranks = HeatMap.ranks(units.length, 6);
        HeatMap map = new HeatMap(
                new HeatMap.Values(units.length, units.length, sorted, scale, "weight"),
                new HeatMap.Axis("from " + unitTitle, ranks),
                new HeatMap.Axis("to " + unitTitle, ranks),
                0,
                List.of(),
                false);
        return map.figure(name, caption);
    }
}
