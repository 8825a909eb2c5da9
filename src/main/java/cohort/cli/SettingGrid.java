package cohort.cli;

import cohort.cluster.SweepRecord;
import cohort.report.Figure;
import cohort.report.SettingGridFigure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
                int cell = rows.index(run) * columns.labels().size() + columns.index(run);
                sums[cell] += efficiency;
                counts[cell]++;
            }
        }
        return List.of(SettingGridFigure.of(
                "settings",
                "Mean efficiency over seeds and all other settings.",
                rows.key(),
                rows.labels(),
                columns.key(),
                columns.labels(),
                (row, column) -> {
                    int cell = row * columns.labels().size() + column;
                    return counts[cell] == 0 ? Double.NaN : sums[cell] / counts[cell];
                },
                "mean efficiency"));
    }

    /**
     * The values of a key along a side of the figure.
     *
     * @param values all different values, numbers by size
     * @param groupSize how many of them share a label
     */
    private record Axis(String key, List<String> values, int groupSize, List<String> labels) {
        int index(Row run) {
            return values.indexOf(value(run, key)) / groupSize;
        }
    }

    private static Axis axis(SweepRecord sweep, int rank) {
        String key = sweep.importance().get(rank).getAs("key");
        List<String> values = new ArrayList<>();
        for (Row run : sweep.runs()) {
            String value = value(run, key);
            if (!values.contains(value)) {
                values.add(value);
            }
        }
        boolean numbers = values.stream().allMatch(NumberUtils::isParsable);
        values.sort(numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder());
        int groupSize = values.size() <= MOST_VALUES ? 1 : (values.size() + GROUPS - 1) / GROUPS;
        List<String> labels = new ArrayList<>();
        for (int from = 0; from < values.size(); from += groupSize) {
            String first = label(values.get(from), numbers);
            String last = label(values.get(Math.min(values.size(), from + groupSize) - 1), numbers);
            labels.add(groupSize == 1 ? first : first + " to " + last);
        }
        return new Axis(key, values, groupSize, labels);
    }

    private static String value(Row run, String key) {
        Map<String, String> settings =
                run.getJavaMap(Arrays.asList(run.schema().fieldNames()).indexOf("settings"));
        return settings.get(key);
    }

    private static String label(String value, boolean isNumber) {
        return isNumber
                ? new BigDecimal(value)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                : value;
    }
}
