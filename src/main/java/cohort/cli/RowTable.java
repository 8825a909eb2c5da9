package cohort.cli;

import cohort.export.ResultLines;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** The result of a query on the terminal: readable rather than exact, and no character of the data works on the terminal. */
final class RowTable {
    private static final int MAX_ROWS = 1000;
    /** Widest cell of a table, and of one that would be wider than a screen. */
    private static final int MAX_WIDTH = 80;

    /** A text up to this long goes on in further lines, such as a column's comment; of a longer one the beginning is shown. */
    private static final int LONGEST_WRAPPED = 3 * MAX_WIDTH;

    private static final int NARROW = 24;
    /** Columns of characters of a screen. */
    private static final int SCREEN = 120;
    /** So few rows are written below each other rather than in a table that no screen holds. */
    private static final int FEW_ROWS = 10;

    private static final int DIGITS = 6;
    private static final double SMALL = 1e-4;
    private static final double LARGE = 1e15;

    private final StructField[] fields;
    private final String[] names;
    private final String[][] cells;
    private final boolean isCut;

    private RowTable(Dataset<Row> result) {
        List<Row> rows = result.takeAsList(MAX_ROWS + 1);
        fields = result.schema().fields();
        names = Arrays.stream(fields).map(field -> printable(field.name())).toArray(String[]::new);
        isCut = rows.size() > MAX_ROWS;
        cells = rows.stream().limit(MAX_ROWS).map(RowTable::texts).toArray(String[][]::new);
    }

    /** As a table. */
    static String render(Dataset<Row> result) {
        return new RowTable(result).table(MAX_WIDTH);
    }

    /** As a table; a few rows too wide for a screen with each value in a line of its own. */
    static String renderToFit(Dataset<Row> result) {
        RowTable rows = new RowTable(result);
        String table = rows.table(MAX_WIDTH);
        if (table.indexOf('\n') <= SCREEN) {
            return table;
        }
        return rows.cells.length <= FEW_ROWS ? rows.vertical() : rows.table(NARROW);
    }

    /** With each value in a line of its own. */
    static String renderVertically(Dataset<Row> result) {
        return new RowTable(result).vertical();
    }

    private String table(int maxWidth) {
        Column[] columns = new Column[names.length];
        for (int c = 0; c < names.length; c++) {
            boolean isNumber = fields[c].dataType() instanceof NumericType;
            columns[c] = new Column()
                    .header(names[c])
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(isNumber ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                    .maxWidth(
                            maxWidth,
                            maxWidth == MAX_WIDTH && longest(c) <= LONGEST_WRAPPED
                                    ? OverflowBehaviour.NEWLINE
                                    : OverflowBehaviour.ELLIPSIS_RIGHT);
        }
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, cells) + remark();
    }

    private int longest(int column) {
        return Arrays.stream(cells).mapToInt(row -> row[column].length()).max().orElse(0);
    }

    private String vertical() {
        int width = Arrays.stream(names).mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < cells.length; r++) {
            text.append(r == 0 ? "" : "\n").append(StringUtils.rightPad("-[ row " + (r + 1) + " ]", SCREEN / 2, '-'));
            for (int c = 0; c < names.length; c++) {
                text.append('\n').append(StringUtils.rightPad(names[c], width)).append(" | ");
                text.append(StringUtils.abbreviate(cells[r][c], Math.max(NARROW, SCREEN - width - 3)));
            }
        }
        return cells.length == 0 ? "No rows." : text + remark();
    }

    private String remark() {
        return isCut ? "\nThe first " + MAX_ROWS + " rows; --format csv or json prints all." : "";
    }

    private static String[] texts(Row row) {
        String[] texts = new String[row.size()];
        for (int c = 0; c < texts.length; c++) {
            texts[c] = text(row.get(c));
        }
        return texts;
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? number(new BigDecimal(number)) : Double.toString(number);
        }
        if (value instanceof BigDecimal number) {
            return number(number);
        }
        try {
            return printable(ResultLines.text(value));
        } catch (IOException e) {
            throw new IllegalStateException(e); // a text in memory
        }
    }

    /** Six digits; more where whole numbers have more, and with a power of ten what is very small or large. */
    static String number(BigDecimal exact) {
        if (exact.signum() == 0) {
            return "0";
        }
        double size = Math.abs(exact.doubleValue());
        if (size >= SMALL && size < LARGE) {
            int whole = exact.precision() - exact.scale();
            BigDecimal rounded =
                    exact.round(new MathContext(Math.max(DIGITS, whole))).stripTrailingZeros();
            return rounded.toPlainString();
        }
        BigDecimal rounded = exact.round(new MathContext(DIGITS)).stripTrailingZeros();
        int power = rounded.precision() - rounded.scale() - 1;
        return rounded.scaleByPowerOfTen(-power).toPlainString() + "e" + power;
    }

    /** A text in one line, without what would move the terminal's cursor. */
    static String printable(String text) {
        return text.replaceAll("\\s*[\\n\\r\\t]\\s*", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
    }
}
