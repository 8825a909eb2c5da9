package cohort.report.page;

import cohort.report.NumberLabels;
import cohort.report.ReportTable;
import cohort.report.ReportTable.Cell;
import cohort.task.Factor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows of a table as a table of a report. */
final class RowsTable {
    private final String caption;
    private final List<Row> rows;
    private final List<ReportTable.Column> columns = new ArrayList<>();
    private final List<Function<Row, Object>> cells = new ArrayList<>();

    RowsTable(String caption, List<Row> rows) {
        this.caption = caption;
        this.rows = rows;
    }

    /** Adds a column of text. */
    RowsTable text(String field) {
        columns.add(ReportTable.Column.text(title(field), comment(field)));
        cells.add(row -> row.getAs(field));
        return this;
    }

    /** Adds columns of numbers in a format of {@link String#format}. */
    RowsTable numbers(String format, String... names) {
        for (String field : names) {
            add(field, format, value -> value);
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

    /** Adds columns of numbers, each only if there is one. */
    RowsTable numbersIfAny(String format, String... names) {
        for (String field : names) {
            if (rows.stream().anyMatch(row -> row.getAs(field) != null)) {
                numbers(format, field);
            }
        }
        return this;
    }

    /**
     * Adds a column for each factor of the rows' conditions.
     *
     * @param known factors, which have units and meanings
     */
    RowsTable conditions(List<Factor> known) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(conditions(row).keySet()));
        for (String name : names) {
            Factor factor = known.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElse(new Factor(name, "", ""));
            NumberLabels labels = NumberLabels.of(
                    rows.stream().mapToDouble(row -> conditions(row).getOrDefault(name, Double.NaN)));
            columns.add(ReportTable.Column.number(title(name), factor.meaning(), "%s"));
            cells.add(row -> {
                Double value = conditions(row).get(name);
                return value == null ? null : new Cell(labels.with(value, factor.unit()), value.toString());
            });
        }
        return this;
    }

    private static Map<String, Double> conditions(Row row) {
        return row.getJavaMap(row.fieldIndex("conditions"));
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
        columns.add(ReportTable.Column.number(title(field), comment(field), format));
        cells.add(row -> {
            Object value = row.getAs(field);
            return value == null ? null : cell.apply(value);
        });
        return this;
    }

    ReportTable build() {
        List<List<Object>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<Object> line = new ArrayList<>();
            cells.forEach(cell -> line.add(cell.apply(row)));
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
