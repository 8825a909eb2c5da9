package cohort.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The result of a query as a table on the terminal. */
final class RowTable {
    private static final int MAX_ROWS = 1000;
    private static final int MAX_WIDTH = 80;
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private RowTable() {}

    static String render(Dataset<Row> result) {
        List<Row> rows = result.takeAsList(MAX_ROWS + 1);
        String[] names = result.columns();
        Column[] columns = new Column[names.length];
        for (int c = 0; c < names.length; c++) {
            boolean isNumber = result.schema().fields()[c].dataType() instanceof org.apache.spark.sql.types.NumericType;
            columns[c] = new Column()
                    .header(names[c])
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(isNumber ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                    .maxWidth(MAX_WIDTH, OverflowBehaviour.ELLIPSIS_RIGHT);
        }
        String[][] cells = rows.stream()
                .limit(MAX_ROWS)
                .map(row -> {
                    String[] line = new String[names.length];
                    for (int c = 0; c < names.length; c++) {
                        line[c] = text(row.get(c));
                    }
                    return line;
                })
                .toArray(String[][]::new);
        String table = AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, cells);
        return rows.size() > MAX_ROWS
                ? table + "\nThe first " + MAX_ROWS + " rows; --format csv or json prints all."
                : table;
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number)
                    ? new BigDecimal(number)
                            .round(SIX_DIGITS)
                            .stripTrailingZeros()
                            .toPlainString()
                    : Double.toString(number);
        }
        return value.toString().replace('\n', ' ');
    }
}
