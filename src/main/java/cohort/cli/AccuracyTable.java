package cohort.cli;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.report.NumberLabels;
import cohort.task.Task;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import org.apache.commons.statistics.interval.Interval;

/** The accuracy per coherence as a table on the terminal. */
final class AccuracyTable {
    private static final String[] HEADERS = {
        "coherence", "trials", "accuracy", "95 % interval", "no response", "ideal observer", "efficiency"
    };

    private AccuracyTable() {}

    static String render(Task task, AccuracyTally tally) {
        List<String[]> rows = new ArrayList<>();
        NavigableMap<Double, Accuracy> perCoherence = tally.perCoherence(task);
        NumberLabels coherences = NumberLabels.of(perCoherence.keySet().stream().mapToDouble(Double::doubleValue));
        perCoherence.forEach((coherence, accuracy) -> rows.add(row(coherences.percent(coherence), accuracy)));
        rows.add(row("all > 0", tally.overall(task)));
        List<Column> columns = new ArrayList<>();
        for (String header : HEADERS) {
            columns.add(new Column()
                    .header(header)
                    .headerAlign(HorizontalAlign.RIGHT)
                    .dataAlign(HorizontalAlign.RIGHT));
        }
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                columns.toArray(Column[]::new),
                rows.toArray(String[][]::new));
    }

    private static String[] row(String name, Accuracy accuracy) {
        if (accuracy.trials() == 0) {
            return new String[] {name, "0", "-", "-", "-", "-", "-"};
        }
        Interval interval = accuracy.wilson();
        return new String[] {
            name,
            format("%,d", accuracy.trials()),
            format("%.4f", accuracy.accuracy()),
            format("%.4f - %.4f", interval.getLowerBound(), interval.getUpperBound()),
            format("%.2f %%", 100 * accuracy.noResponseRate()),
            format("%.4f", accuracy.ideal()),
            Double.isNaN(accuracy.efficiency()) ? "-" : format("%.3f", accuracy.efficiency())
        };
    }

    private static String format(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String format(String format, Object first, Object second) {
        return String.format(Locale.ROOT, format, first, second);
    }
}
