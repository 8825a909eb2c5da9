package cohort.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What came of a sweep over two settings. */
public final class SettingGridFigure {
    private static final int MOST_NUMBERS = 100;
    private static final int LARGEST_CELL = 36;
    private static final int SMALLEST_CELL = 14;
    private static final int USUAL_HEIGHT = 340;

    private SettingGridFigure() {}

    /**
     * The same of a value without bounds.
     *
     * @see #of(String, String, String, List, String, List, Cells, String, ValueBounds)
     */
    public static Figure of(
            String name,
            String caption,
            String rowTitle,
            List<String> rows,
            String columnTitle,
            List<String> columns,
            Cells values,
            String valueLabel) {
        return of(name, caption, rowTitle, rows, columnTitle, columns, values, valueLabel, ValueBounds.none());
    }

    /**
     * Draws a value over two settings. Up to {@value #MOST_NUMBERS} cells also show it as a number.
     *
     * @param name file name without ending
     * @param rowTitle the setting of the rows, for instance "learning rate"
     * @param rows its values from top to bottom, at least one
     * @param columnTitle the setting of the columns
     * @param columns its values from left to right, at least one
     * @param values value at (row, column), for instance the mean over seeds; NaN where there was no run
     * @param valueLabel what it is, with its unit: "mean efficiency"
     * @param bounds cells below the lowest drawn have a triangle, and the colour of the scale's lower end
     */
    public static Figure of(
            String name,
            String caption,
            String rowTitle,
            List<String> rows,
            String columnTitle,
            List<String> columns,
            Cells values,
            String valueLabel,
            ValueBounds bounds) {
        double[] known = ColorScale.values(rows.size(), columns.size(), values);
        ColorScale scale = ColorScale.sequential(
                Arrays.stream(known).min().orElse(0), Arrays.stream(known).max().orElse(1), bounds.lowestDrawn());
        int cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, USUAL_HEIGHT / rows.size()));
        boolean numbers = rows.size() * columns.size() <= MOST_NUMBERS;
        HeatMap map = new HeatMap(
                new HeatMap.Values(rows.size(), columns.size(), values, scale, valueLabel),
                new HeatMap.Axis(columnTitle, ticks(columns)),
                new HeatMap.Axis(rowTitle, ticks(rows)),
                Math.max(110, cell * rows.size()),
                List.of(),
                numbers);
        boolean missing = known.length < rows.size() * columns.size();
        String beyond = scale.isCut() ? " ▼: below " + Ticks.text(bounds.lowestDrawn()) + "." : "";
        return map.figure(name, caption + beyond + (missing ? " Grey: no result." : ""));
    }

    private static List<HeatMap.Tick> ticks(List<String> labels) {
        return IntStream.range(0, labels.size())
                .mapToObj(i -> new HeatMap.Tick(i + 0.5, labels.get(i)))
                .toList();
    }
}
