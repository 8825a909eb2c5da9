package cohort.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.Iterable;
import scala.collection.Map;

/** The rows of a query as lines for other programs. Values are taken by their position, and rows come one after another. */
public final class ResultLines {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER) // Java 17 itself has digits that are not needed
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private ResultLines() {}

    /**
     * CSV as RFC 4180 has it, with the line ends of Unix: fields are quoted where they must be, quotes are doubled, nothing is
     * trimmed. Nothing between two commas is a null, "" is an empty text. Times are in UTC; lists, maps and structs are JSON.
     */
    public static void csv(Dataset<Row> result, Writer out) throws IOException {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setQuoteEscape('"');
        settings.getFormat().setComment('\0');
        settings.getFormat().setLineSeparator("\n");
        settings.setNormalizeLineEndingsWithinQuotes(false);
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setSkipEmptyLines(false);
        settings.setMaxColumns(Math.max(1, result.columns().length));
        settings.setQuotationTriggers('"', '\r', '\n', ' ', '\t');
        settings.setEmptyValue("\"\"");
        // The one column of a row may not be nothing: readers skip empty lines.
        settings.setNullValue(result.columns().length == 1 ? "\"\"" : "");
        CsvWriter lines = new CsvWriter(out, settings); // not closed, as little as what it writes to
        lines.writeRow((Object[]) result.columns());
        for (Iterator<Row> rows = result.toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            Object[] fields = new Object[row.size()];
            for (int c = 0; c < fields.length; c++) {
                fields[c] = text(row.get(c));
            }
            lines.writeRow(fields);
        }
        lines.flush();
    }

    /** A JSON object for each row. Where names are equal, the second has _2 behind it, and so on. */
    public static void json(Dataset<Row> result, Consumer<String> lines) throws IOException {
        String[] names = distinct(result.columns());
        for (Iterator<Row> rows = result.toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            lines.accept(json(generator -> writeObject(row, names, generator)));
        }
    }

    private static String[] distinct(String[] names) {
        Set<String> taken = new HashSet<>(List.of(names));
        Set<String> given = new HashSet<>();
        String[] distinct = names.clone();
        for (int c = 0; c < names.length; c++) {
            for (int n = 2; !given.add(distinct[c]); n++) {
                String numbered = names[c] + "_" + n;
                distinct[c] = taken.contains(numbered) ? names[c] : numbered;
            }
        }
        return distinct;
    }

    /** A value as it stands in a line of CSV; null for null. */
    public static String text(Object value) throws IOException {
        if (value instanceof Double number) {
            return NumberOutput.toString(number, true);
        }
        if (value instanceof Float number) {
            return NumberOutput.toString(number, true);
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Timestamp time) {
            return time.toInstant().toString();
        }
        if (value instanceof Row || value instanceof Iterable<?>) {
            return json(generator -> write(value, generator));
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value == null ? null : value.toString(); // Java's dates and times are in the form of ISO 8601
    }

    private interface Content {
        void writeTo(JsonGenerator generator) throws IOException;
    }

    private static String json(Content content) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            content.writeTo(generator);
        }
        return text.toString();
    }

    private static void writeObject(Row row, String[] names, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        for (int c = 0; c < names.length; c++) {
            generator.writeFieldName(names[c]);
            write(row.get(c), generator);
        }
        generator.writeEndObject();
    }

    /** What JSON has no number for, NaN and infinities, is a text. */
    private static void write(Object value, JsonGenerator generator) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Float number) {
            generator.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value instanceof Number whole) {
            generator.writeNumber(whole.longValue());
        } else if (value instanceof Row row) {
            writeObject(row, distinct(row.schema().fieldNames()), generator);
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (var entries = map.iterator(); entries.hasNext(); ) {
                var entry = entries.next();
                generator.writeFieldName(String.valueOf(text(entry._1())));
                write(entry._2(), generator);
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> several) {
            generator.writeStartArray();
            for (var each = several.iterator(); each.hasNext(); ) {
                write(each.next(), generator);
            }
            generator.writeEndArray();
        } else {
            generator.writeString(text(value));
        }
    }
}
