package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.export.ResultLines;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class ResultLinesTest {
    private static Dataset<Row> sql(String query) {
        return SharedSpark.session().sql(query);
    }

    private static String csv(String query) throws IOException {
        StringWriter out = new StringWriter();
        ResultLines.csv(sql(query), out);
        return out.toString();
    }

    private static List<String> json(String query) throws IOException {
        List<String> lines = new ArrayList<>();
        ResultLines.json(sql(query), lines::add);
        return lines;
    }

    @Test
    void fieldsOfCsvAreQuotedWhereTheyMustBeAndNothingIsLost() throws IOException {
        assertThat(csv(
                        "SELECT 1 AS `round(x, 2)`, 'a,b' AS `say \"x\"`, 'c\\\\d' AS plain, 'say \"y\"' AS q, ' e ' AS blank,"
                                + " concat('f', chr(13), 'g') AS cr, concat('h', chr(10)) AS lf, '#i' AS hash"))
                .isEqualTo("\"round(x, 2)\",\"say \"\"x\"\"\",plain,q,blank,cr,lf,hash\n"
                        + "1,\"a,b\",c\\d,\"say \"\"y\"\"\",\" e \",\"f\rg\",\"h\n\",#i\n");
    }

    @Test
    void columnsOfEqualNamesAndNullsKeepTheirPlaces() throws IOException {
        assertThat(csv("SELECT 1 AS a, 2 AS a, NULL AS b, '' AS b, (SELECT 3), (SELECT 4)"))
                .isEqualTo("a,a,b,b,scalarsubquery(),scalarsubquery()\n1,2,,\"\",3,4\n");
        assertThat(csv("SELECT * FROM VALUES ('x'), (NULL), ('y') AS t(a)")).isEqualTo("a\nx\n\"\"\ny\n");
    }

    @Test
    void numbersHaveAllDigitsAndNoMoreInEveryCountry() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(csv("SELECT 2e23, 0.1D + 0.2D, float(0.1), 1e-300, double('NaN'), double('-Infinity'), 1.50BD,"
                            + " 9007199254740993L, true"))
                    .endsWith("\n2.0E23,0.30000000000000004,0.1,1.0E-300,NaN,-Infinity,1.50,9007199254740993,true\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void timesAreInUtcAndListsAreJson() throws IOException {
        assertThat(
                        csv(
                                "SELECT timestamp '2026-03-01 05:06:07.008 Asia/Tokyo' AS t, date '2026-03-01' AS d, x'00ff' AS b,"
                                        + " array(1, NULL) AS l, map('k', double('NaN')) AS m, named_struct('a', 'q\"', 'b', NULL) AS s"))
                .isEqualTo(
                        "t,d,b,l,m,s\n2026-02-28T20:06:07.008Z,2026-03-01,AP8=,\"[1,null]\",\"{\"\"k\"\":\"\"NaN\"\"}\","
                                + "\"{\"\"a\"\":\"\"q\\\"\"\"\",\"\"b\"\":null}\"\n");
    }

    @Test
    void aLineOfJsonIsAnObjectWithEveryColumn() throws IOException {
        List<String> lines =
                json("SELECT NULL AS a, 1 AS b, 2 AS b, 3 AS b_2, 4 AS b, double('Infinity') AS c, concat('x', chr(27))"
                        + " AS d, array(named_struct('e', 1.5D, 'f', map('g', CAST(NULL AS INT)))) AS l");

        assertThat(lines)
                .containsExactly(
                        "{\"a\":null,\"b\":1,\"b_3\":2,\"b_2\":3,\"b_4\":4,\"c\":\"Infinity\",\"d\":\"x\\u001B\","
                                + "\"l\":[{\"e\":1.5,\"f\":{\"g\":null}}]}");
        JsonNode parsed = new ObjectMapper().readTree(lines.get(0));
        assertThat(parsed.get("d").textValue()).isEqualTo("x\u001B");
        assertThat(json("SELECT * FROM range(3)")).containsExactly("{\"id\":0}", "{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void numbersOnTheTerminalAreShort() {
        String[][] written = {
            {"0.000000000000000000867", "8.67e-19"},
            {"-0.0000999999999", "-1e-4"},
            {"0.0001", "0.0001"},
            {"0.123456789", "0.123457"},
            {"12345678.25", "12345678"},
            {"999999999999999", "999999999999999"},
            {"-1234567890123456789", "-1.23457e18"},
            {"1e300", "1e300"},
            {"-0.0", "0"},
            {"2.50", "2.5"},
            {"100", "100"}
        };
        for (String[] number : written) {
            assertThat(RowTable.number(new BigDecimal(number[0]))).isEqualTo(number[1]);
        }
    }
}
