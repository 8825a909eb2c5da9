package cohort.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table that a reader can sort by any column. Numbers sort as numbers, text as text, missing values come last either way.
 *
 * @param caption what the rows are, for instance "Runs of the sweep"
 * @param rows as many cells each as there are columns
 */
public record ReportTable(String caption, List<Column> columns, List<List<ReportTable.Cell>> rows) {
    public ReportTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        checkWidths(caption, columns, rows);
    }

    /**
     * A table of plain values.
     *
     * @param rows each value a Number, a String, a {@link Cell}, anything with a text, or null where it is missing
     */
    public static ReportTable of(String caption, List<Column> columns, List<? extends List<?>> rows) {
        checkWidths(caption, columns, rows);
        List<List<Cell>> cells = new ArrayList<>();
        for (List<?> row : rows) {
            List<Cell> line = new ArrayList<>();
            for (int c = 0; c < row.size(); c++) {
                line.add(columns.get(c).cell(row.get(c)));
            }
            cells.add(line);
        }
        return new ReportTable(caption, columns, cells);
    }

    private static void checkWidths(String caption, List<Column> columns, List<? extends List<?>> rows) {
        for (int r = 0; r < rows.size(); r++) {
            if (rows.get(r).size() != columns.size()) {
                throw new IllegalArgumentException("row " + r + " of \"" + caption + "\" has "
                        + rows.get(r).size() + " cells, not " + columns.size() + " as there are columns");
            }
        }
    }

    /**
     * What stands in a column, and how.
     *
     * @param hint unit and meaning, shown at the heading and below the table; may be empty
     * @param isNumeric whether cells stand at the right and sort by their keys
     * @param format of a number, as in {@link String#format}; "%s" writes it in full
     */
    public record Column(String name, String hint, boolean isNumeric, String format) {
        public static Column text(String name, String hint) {
            return new Column(name, hint, false, "%s");
        }

        public static Column number(String name, String hint, String format) {
            return new Column(name, hint, true, format);
        }

        private Cell cell(Object value) {
            if (value instanceof Cell cell) {
                return cell;
            }
            if (value == null) {
                return Cell.MISSING;
            }
            if (!isNumeric) {
                return new Cell(value.toString(), value.toString());
            }
            if (!(value instanceof Number number)) {
                throw new IllegalArgumentException("column \"" + name + "\" holds numbers: " + value);
            }
            // JavaScript reads numbers as Java writes them.
            return Double.isNaN(number.doubleValue())
                    ? Cell.MISSING
                    : new Cell(String.format(Locale.ROOT, format, number).replace("Infinity", "∞"), number.toString());
        }
    }

    /**
     * What is shown, and by what it sorts.
     *
     * @param text what is shown
     * @param sortKey in a column of numbers, a number as {@link Double#toString} writes it; empty where the value is missing
     */
    public record Cell(String text, String sortKey) {
        public static final Cell MISSING = new Cell("–", "");
    }
}
