package cohort.cli;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.report.ConditionLabels;
import cohort.task.Condition;
import cohort.task.Factor;
import cohort.task.Task;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import org.apache.commons.statistics.interval.Interval;

/** The accuracy per condition as a table on the terminal. */
final class AccuracyTable {
    private static final List<String> FIGURES =
            List.of("trials", "accuracy", "95 % interval", "no response", "ideal observer", "efficiency");

    /** More conditions than this are summed up, and the tables have them. */
    private static final int MOST_ROWS = 60;

    private AccuracyTable() {}

    static String render(Task task, AccuracyTally tally) {
        List<String> factors = new ArrayList<>(
                task.signature().factors().stream().map(Factor::name).toList());
        NavigableMap<Condition, Accuracy> perCondition = tally.perCondition();
        ConditionLabels labels = ConditionLabels.of(task.signature().factors(), perCondition.keySet());
        List<String[]> rows = new ArrayList<>();
        if (factors.isEmpty()) {
            factors.add(""); // the row that sums up
        } else if (perCondition.size() <= MOST_ROWS) {
            perCondition.forEach((condition, accuracy) -> rows.add(row(labels.values(condition), accuracy)));
        }
        List<String> all = new ArrayList<>(Collections.nCopies(factors.size(), ""));
        all.set(0, task.psychometry().isPresent() ? "all > 0" : "all");
        rows.add(row(all, tally.overall()));
        List<Column> columns = new ArrayList<>();
        factors.forEach(factor -> columns.add(column(factor)));
        FIGURES.forEach(figure -> columns.add(column(figure)));
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                columns.toArray(Column[]::new),
                rows.toArray(String[][]::new));
    }

    private static Column column(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT);
    }

    private static String[] row(List<String> condition, Accuracy accuracy) {
        List<String> row = new ArrayList<>(condition);
        if (accuracy.trials() == 0) {
            row.add("0");
            row.addAll(Collections.nCopies(FIGURES.size() - 1, "-"));
            return row.toArray(String[]::new);
        }
        Interval interval = accuracy.wilson();
        row.add(format("%,d", accuracy.trials()));
        row.add(format("%.4f", accuracy.accuracy()));
        double low = Math.max(0, interval.getLowerBound()); // which rounding may leave a hair below 0
        row.add(format("%.4f - %.4f", low, interval.getUpperBound()));
        row.add(format("%.2f %%", 100 * accuracy.noResponseRate()));
        row.add(Double.isNaN(accuracy.ideal()) ? "-" : format("%.4f", accuracy.ideal()));
        row.add(Double.isNaN(accuracy.efficiency()) ? "-" : format("%.3f", accuracy.efficiency()));
        return row.toArray(String[]::new);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
