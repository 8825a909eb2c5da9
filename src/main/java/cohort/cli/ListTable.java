package cohort.cli;

import cohort.warehouse.ListLine;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What `list` prints on a terminal. */
final class ListTable {
    private static final int WIDTH = 120;
    private static final int PADDING = 2;
    /** Room for what differs, even where ids are long: they wrap then. */
    private static final int LEAST_DIFFERS = 12;

    private static final int MOST_STATUS = 16;

    private static final DateTimeFormatter BEGUN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] HEADERS = {"run or sweep", "seed", "status", "begun (UTC)", "efficiency", "differs"};

    private ListTable() {}

    static String render(List<ListLine> lines) {
        String[][] cells = lines.stream().map(ListTable::cells).toArray(String[][]::new);
        int[] widths = new int[HEADERS.length];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            widths[c] = Stream.concat(Stream.of(HEADERS[c]), Stream.of(cells).map(row -> row[column]))
                    .mapToInt(String::length)
                    .max()
                    .orElseThrow();
        }
        widths[2] = Math.min(widths[2], MOST_STATUS);
        int room = WIDTH - HEADERS.length * (PADDING + 1) - 1 - widths[1] - widths[2] - widths[3] - widths[4];
        widths[0] = Math.min(widths[0], room - Math.min(widths[5], LEAST_DIFFERS));
        widths[5] = Math.min(widths[5], room - widths[0]);
        Column[] columns = new Column[HEADERS.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = new Column()
                    .header(HEADERS[c])
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(c == 1 || c == 4 ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                    .maxWidth(widths[c] + PADDING, OverflowBehaviour.NEWLINE);
        }
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, cells);
    }

    private static String[] cells(ListLine line) {
        String called = line.runId() == null ? "sweep " + line.sweep() : line.runId();
        boolean saysName = line.runId() == null || line.runId().startsWith(line.name() + "-seed");
        return Stream.of(
                        saysName ? called : called + " (" + line.name() + ")",
                        line.seed() == null ? "" : line.seed().toString(),
                        line.status(),
                        line.begun() == null ? "" : BEGUN.format(line.begun().toInstant()),
                        line.efficiency() == null
                                ? ""
                                : String.format(
                                        Locale.ROOT, line.runId() == null ? "best %.3f" : "%.3f", line.efficiency()),
                        line.differs())
                .map(RowTable::printable)
                .toArray(String[]::new);
    }
}
