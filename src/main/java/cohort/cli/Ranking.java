package cohort.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** The best settings of a sweep on the terminal: rows of view leaderboard, no wider than a terminal. */
final class Ranking {
    private static final int WIDTH = 100;
    /** Of a column besides its text. */
    private static final int FRAME = 3;

    private static final int NARROWEST_SETTING = 20;

    private Ranking() {}

    /** A column, and how wide its widest text is. */
    private record Field(String header, HorizontalAlign align, Function<Row, String> text) {
        int width(List<Row> rows) {
            return rows.stream().mapToInt(row -> text.apply(row).length()).reduce(header.length(), Math::max);
        }
    }

    static String render(List<Row> leaders) {
        List<Field> fields = new ArrayList<>();
        fields.add(right("rank", row -> row.getAs("rank").toString()));
        fields.add(new Field("setting", HorizontalAlign.LEFT, row -> row.getAs("setting")));
        fields.add(right("trained", row -> row.getAs("trained") + " of " + row.getAs("runs")));
        fields.add(right("efficiency", Ranking::efficiency));
        fields.add(right("worst", row -> format("%.3f", row.getAs("worst_efficiency"))));
        fields.add(right("no response", row -> noResponse(row.getAs("no_response"))));
        fields.add(right("loss", row -> format("%.5f", row.getAs("held_out_loss"))));
        int others = fields.stream()
                .filter(field -> field.align() == HorizontalAlign.RIGHT)
                .mapToInt(field -> field.width(leaders) + FRAME)
                .sum();
        int room = Math.max(NARROWEST_SETTING, WIDTH - 1 - others - FRAME);
        List<ColumnData<Row>> columns = fields.stream()
                .map(field -> new Column()
                        .header(field.header())
                        .headerAlign(field.align())
                        .dataAlign(field.align())
                        .maxWidth(field.align() == HorizontalAlign.LEFT ? room + 2 : WIDTH, OverflowBehaviour.NEWLINE)
                        .with(field.text()))
                .toList();
        return AsciiTable.builder()
                .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
                .data(leaders, columns)
                .asString();
    }

    private static Field right(String header, Function<Row, String> text) {
        return new Field(header, HorizontalAlign.RIGHT, text);
    }

    private static String efficiency(Row row) {
        Double error = row.getAs("efficiency_sem");
        return format("%.3f", row.getAs("efficiency")) + (error == null ? "" : format(" ± %.3f", error));
    }

    private static String noResponse(Double rate) {
        return rate != null && rate == 1 ? "always" : format("%.1f %%", rate == null ? null : 100 * rate);
    }

    private static String format(String format, Double value) {
        return value == null ? "" : String.format(Locale.ROOT, format, value);
    }
}
