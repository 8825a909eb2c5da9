package cohort.cli;

import cohort.report.ReportTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows of a table as a table of a report. */
final class RowsTable {
    private final String caption;
    private final List<Row> rows;
    private final List<String> fields = new ArrayList<>();
    private final List<ReportTable.Column> columns = new ArrayList<>();

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
            fields.add(field);
            columns.add(ReportTable.Column.number(title(field), comment(field), format));
        }
        return this;
    }

    ReportTable build() {
        List<List<Object>> cells = new ArrayList<>();
        for (Row row : rows) {
            cells.add(Arrays.asList(fields.stream().map(row::<Object>getAs).toArray()));
        }
        return ReportTable.of(caption, columns, cells);
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
