package cohort.cli;

import cohort.report.NumberLabels;
import cohort.report.ReportTable;
import cohort.report.ReportTable.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows of a table as a table of a report. */
final class RowsTable {
    private final String caption;
    private final List<Row> rows;
    private final List<String> fields = new ArrayList<>();
    private final List<ReportTable.Column> columns = new ArrayList<>();
    private final Map<String, Function<Object, Object>> cells = new HashMap<>();

    RowsTable(String caption, List<Row> rows) {
        this.caption = caption;
        this.rows = rows;
    }

    /** Adds a column of text. */
    RowsTable text(String field) {
        fields.add(field);
        columns.add(ReportTable.Column.text(title(field), comment(field)));
        return this;
    }

    /** Adds columns of numbers in a format of {@link String#format}. */
    RowsTable numbers(String format, String... names) {
        for (String field : names) {
            add(field, format, Function.identity());
        }
        return this;
    }

    /** Adds columns of counts, each only if one of them is not 0. */
    RowsTable countsIfAny(String... names) {
        for (String field : names) {
            if (rows.stream().anyMatch(row -> row.<Number>getAs(field).longValue() != 0)) {
                numbers("%,d", field);
            }
        }
        return this;
    }

    /** Adds a column of percentages that name their rows. */
    RowsTable percentages(String field) {
        NumberLabels labels = NumberLabels.of(rows.stream().mapToDouble(row -> row.<Double>getAs(field)));
        return add(field, "%s", value -> new Cell(labels.percent((Double) value), value.toString()));
    }

    /** Adds a column of fractions, written in percent. */
    RowsTable fractions(String format, String field) {
        return add(field, "%s", value -> percent(format, (Double) value));
    }

    /** A fraction, written in percent. */
    static Cell percent(String format, double fraction) {
        return new Cell(String.format(Locale.ROOT, format, 100 * fraction) + " %", Double.toString(fraction));
    }

    private RowsTable add(String field, String format, Function<Object, Object> cell) {
        fields.add(field);
        columns.add(ReportTable.Column.number(title(field), comment(field), format));
        cells.put(field, cell);
        return this;
    }

    ReportTable build() {
        List<List<Object>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<Object> line = new ArrayList<>();
            for (String field : fields) {
                Object value = row.getAs(field);
                line.add(
                        value == null
                                ? null
                                : cells.getOrDefault(field, Function.identity()).apply(value));
            }
            lines.add(line);
        }
        return ReportTable.of(caption, columns, lines);
    }

    private static String title(String field) {
        return field.replace('_', ' ');
    }

    /** What the warehouse says of the column, with its unit. */
    private String comment(String field) {
        if (rows.isEmpty()) {
            return "";
        }
        StructType schema = rows.get(0).schema();
        return schema.apply(field).getComment().getOrElse(() -> "");
    }
}
