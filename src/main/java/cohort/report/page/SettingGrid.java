package cohort.report.page;

import cohort.report.Figure;
import cohort.report.NumberLabels;
import cohort.report.SettingGridFigure;
import cohort.report.ValueBounds;
import cohort.sweep.SweepRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.math.NumberUtils;
import org.apache.spark.sql.Row;

/** The mean efficiency over two settings: the two that explain most of it. */
final class SettingGrid {
    /** Settings with more values were drawn at random, and are cut into as many groups of equal size. */
    private static final int MOST_VALUES = 12;

    private static final int GROUPS = 6;

    private SettingGrid() {}

    /** One figure, or none if the sweep changed fewer than two keys. */
    static List<Figure> figures(SweepRecord sweep) {
        if (sweep.importance().size() < 2) {
            return List.of();
        }
        Axis rows = axis(sweep, 0);
        Axis columns = axis(sweep, 1);
        double[] sums = new double[rows.labels().size() * columns.labels().size()];
        int[] counts = new int[sums.length];
        for (Row run : sweep.runs()) {
            Double efficiency = run.getAs("efficiency");
            if (efficiency != null) {
                int row = rows.index(run);
                int column = columns.index(run);
                if (row >= 0 && column >= 0) {
                    sums[row * columns.labels().size() + column] += efficiency;
                    counts[row * columns.labels().size() + column]++;
                }
            }
        }
        return List.of(SettingGridFigure.of(
                "settings",
                "Mean efficiency over seeds and all other settings.",
                shortKey(rows, columns),
                rows.labels(),
                shortKey(columns, rows),
                columns.labels(),
                (row, column) -> {
                    int cell = row * columns.labels().size() + column;
                    return counts[cell] == 0 ? Double.NaN : sums[cell] / counts[cell];
                },
                "mean efficiency",
                ValueBounds.ofEfficiency()));
    }

    /** The last part of a key, unless the other one ends alike. */
    private static String shortKey(Axis axis, Axis other) {
        String last = StringUtils.substringAfterLast(axis.key(), ".");
        return last.isEmpty() || other.key().endsWith("." + last) ? axis.key() : last;
    }

    /**
     * The values of a key along a side of the figure.
     *
     * @param values all different values, numbers by size
     * @param groupSize how many of them share a label
     */
    private record Axis(String key, List<String> values, int groupSize, List<String> labels) {
        /** Where a run's value stands; negative if it has none. */
        int index(Row run) {
            return Math.floorDiv(values.indexOf(value(run, key)), groupSize);
        }
    }

    private static Axis axis(SweepRecord sweep, int rank) {
        String key = sweep.importance().get(rank).getAs("key");
        List<String> values = sweep.runs().stream()
                .map(run -> value(run, key))
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        boolean numbers = values.stream().allMatch(SettingGrid::isNumber);
        values.sort(numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder());
        NumberLabels ofNumbers =
                NumberLabels.of(numbers ? values.stream().mapToDouble(Double::parseDouble) : DoubleStream.empty());
        UnaryOperator<String> label = value -> numbers ? ofNumbers.of(Double.parseDouble(value)) : value;
        int groupSize = values.size() <= MOST_VALUES ? 1 : (values.size() + GROUPS - 1) / GROUPS;
        List<String> labels = new ArrayList<>();
        for (int from = 0; from < values.size(); from += groupSize) {
            String first = label.apply(values.get(from));
            String last = label.apply(values.get(Math.min(values.size(), from + groupSize) - 1));
            labels.add(groupSize == 1 ? first : first + " to " + last);
        }
        return new Axis(key, values, groupSize, labels);
    }

    /** What the sweep set a key to in a run, a number as Java writes it: 1e-3 and 0.001 are one. Null for nothing. */
    private static String value(Row run, String key) {
        Map<String, String> settings =
                run.getJavaMap(Arrays.asList(run.schema().fieldNames()).indexOf("settings"));
        String value = settings.get(key);
        return value != null && isNumber(value) ? Double.toString(Double.parseDouble(value)) : value;
    }

    private static boolean isNumber(String value) {
        return !Double.isNaN(NumberUtils.toDouble(value, Double.NaN));
    }
}
