package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cohort.cluster.SharedSpark;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Queries of the files sql/*.txt, on a warehouse with a folder beside it. */
@Tag("spark")
class SqlCommandTest {
    private static final SparkSession SPARK = SharedSpark.session();
    private static final String MARK = "cohort.marked";
    /** Of the reading queries so many are only understood, and then one is carried out. */
    private static final int EACH = 15;

    /** A task with coherences, for the views that have them as a column. */
    private static final Map<String, Object> TASK = Map.of(
            "run_id",
            "a",
            "task",
            "dots",
            "factors",
            CollectionConverters.asScala(Map.of("coherence", "strength, %")),
            "evidence",
            "coherence");

    @TempDir
    private static Path folder;

    private static Path root;
    private static Path beside;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void makeWarehouse() throws IOException {
        root = folder.resolve("warehouse");
        beside = folder.resolve("beside");
        Warehouse warehouse = new Warehouse(SPARK, root.toString());
        warehouse.append(
                Tables.RUNS, "a", List.of(row(Tables.RUNS.schema(), "a", 1L), row(Tables.RUNS.schema(), "b", 2L)));
        warehouse.append(Tables.TASKS, "a", List.of(StoredRows.row(Tables.TASKS.schema(), TASK)));
        warehouse.append(
                TestTables.CONDITION_ACCURACY, "a", List.of(row(TestTables.CONDITION_ACCURACY.schema(), "a", 1L)));
        Files.createDirectories(root.resolve("models/a"));
        SPARK.range(3).write().format("delta").save(beside.resolve("other").toString());
        SPARK.range(3).write().parquet(beside.resolve("plain").toString());
        Files.writeString(beside.resolve("secret.csv"), "a,b\n1,2\n");
        Files.createSymbolicLink(root.resolve("link"), beside.resolve("other"));
    }

    private static Row row(StructType table, String runId, long seed) {
        Map<String, Object> values = Map.of(
                "run_id",
                runId,
                "seed",
                seed,
                "status",
                "trained",
                "step",
                20L,
                "config",
                "a {\n  b = 1\n}",
                "task",
                TASK.get("task"),
                "conditions",
                CollectionConverters.asScala(Map.of("coherence", 6.4)),
                "accuracy",
                0.75);
        return RowFactory.create(
                Arrays.stream(table.fieldNames()).map(values::get).toArray());
    }

    @BeforeEach
    void unmark() {
        System.clearProperty(MARK);
    }

    private static List<String> queries(String file) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/sql/" + file)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replace("\\n", "\n")
                        .replace("W/", root + "/")
                        .replace("B/", beside + "/")
                        .replace("touch M", "touch " + beside.resolve("made")))
                .toList();
    }

    private int run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("sql", "--warehouse", root.toString()));
        command.addAll(List.of(arguments));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Cohort.run(new PrintWriter(out, true), new PrintWriter(err, true), command.toArray(String[]::new));
    }

    /** Every file with its size and what is in it. */
    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.toList()) {
                files.put(
                        folder.relativize(path).toString(),
                        Files.isRegularFile(path)
                                ? Files.size(path) + " " + DigestUtils.sha256Hex(Files.readAllBytes(path))
                                : "");
            }
        }
        return files;
    }

    private void assertRefused(String query) {
        assertThat(run(query)).as(query + "\n" + out).isEqualTo(2);
        assertThat(err.toString()).as(query).startsWith("error: ").doesNotContain("\tat ");
        assertThat(err.toString().lines().count()).as(query + err).isLessThanOrEqualTo(2);
        assertThat(err.toString().lines()).as(query).allMatch(line -> line.length() < 300);
        assertThat(out.toString()).as(query).isEmpty();
    }

    @Test
    void nothingIsWrittenOrRunOrReadElsewhere() throws IOException {
        Map<String, String> before = files();
        List<String> queries = queries("refused.txt");
        assertThat(queries).hasSizeGreaterThan(200);
        for (String query : queries) {
            assertRefused(query);
            assertThat(System.getProperty(MARK)).as(query).isNull();
        }
        for (int q = 0; q < queries.size(); q += EACH) { // in another dress
            assertRefused("-- why\n/* SELECT */ " + queries.get(q).replace(" ", "\n  ") + "\n;");
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whatReadsIsUnderstoodAndChangesNothing() throws IOException {
        Map<String, String> before = files();
        Warehouse warehouse = new Warehouse(SPARK, root.toString());
        warehouse.registerAll();
        List<String> queries = queries("reading.txt");
        assertThat(queries).hasSizeGreaterThan(60);
        for (int q = 0; q < queries.size(); q++) {
            String query = queries.get(q);
            if (q % EACH == 0) {
                assertThat(run(query)).as(query + "\n" + err).isZero();
            } else {
                assertThatCode(() -> new ReadingQuery(SPARK, warehouse, query, false).rows())
                        .as(query)
                        .doesNotThrowAnyException();
            }
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    @Tag("long")
    void whatReadsIsAnsweredInEveryFormat() throws IOException {
        Map<String, String> before = files();
        SoftAssertions all = new SoftAssertions();
        for (String query : queries("reading.txt")) {
            for (String format : List.of("table", "vertical", "csv", "json")) {
                all.assertThat(run("--format", format, query))
                        .as(query + "\n" + err)
                        .isZero();
                all.assertThat(out.toString()).as(format + ": " + query).isNotBlank();
            }
        }
        all.assertAll();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void queriesOfTheDocumentationAreAnswered() throws IOException {
        Path documented = folder.resolve("documented");
        Warehouse warehouse = new Warehouse(SPARK, documented.toString());
        for (Map.Entry<String, StructType> table : StoredRows.TABLES.entrySet()) {
            Map<String, Object> row = table.getKey().equals("tasks") ? TASK : Map.of("run_id", "a");
            StoredRows.append(warehouse, table.getKey(), table.getValue(), row);
        }
        int queries = 0;
        for (String document : List.of(
                "README.md",
                "docs/behaviour.md",
                "docs/fits.md",
                "docs/runs.md",
                "docs/speed.md",
                "docs/sweeps.md",
                "docs/tables.md")) {
            Matcher query = Pattern.compile("submit/local sql (?:--\\S+ \\S+ )*\"([^\"]*)\"")
                    .matcher(Files.readString(Path.of(document)));
            while (query.find()) {
                if (!query.group(1).equals("QUERY")) {
                    out.getBuffer().setLength(0);
                    err.getBuffer().setLength(0);
                    assertThat(Cohort.run(
                                    new PrintWriter(out, true),
                                    new PrintWriter(err, true),
                                    "sql",
                                    "--warehouse",
                                    documented.toString(),
                                    query.group(1)))
                            .as(document + ": " + query.group(1) + "\n" + err)
                            .isZero();
                    queries++;
                }
            }
        }
        assertThat(queries).isGreaterThan(6);
    }

    @Test
    void filesElsewhereAreReadOnDemandButNotWritten() {
        assertThat(run("--files", "--format", "csv", "SELECT _c1 FROM csv.`" + beside.resolve("secret.csv") + "`"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo("_c1\nb\n2\n");
        assertThat(run("SELECT _c1 FROM csv.`" + beside.resolve("secret.csv") + "`"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("secret.csv", "--files");
        assertThat(run("--files", "DELETE FROM delta.`" + beside.resolve("other") + "`"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("delete from table");
    }

    @Test
    void aQueryMayBeginWithADashAndAnOptionIsNoQuery() {
        assertThat(run("--format", "csv", "-- why = not\nSELECT 3 AS n"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo("n\n3\n");
        assertThat(run("-why\nSELECT 1")).isEqualTo(2);
        assertThat(run("--formt", "csv", "SELECT 1")).isEqualTo(2);
        assertThat(err.toString()).contains("--formt");
        assertThat(run("SELECT 1", "FROM runs")).isEqualTo(2);
        assertThat(err.toString()).contains("quotes");
        assertThat(run(" \n")).isEqualTo(2);
        assertThat(err.toString()).contains("empty");
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertThat(run("SELECT nothing FROM nowhere")).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere").doesNotContain("\tat ");
    }

    @Test
    void whatFailsOnItsValuesIsAMistakeToo() {
        for (String query : List.of(
                "SELECT raise_error('no')",
                "SELECT 1 / 0",
                "SELECT CAST(run_id AS INT) FROM runs",
                "SELECT * FROM runs VERSION AS OF 0",
                "SELECT * FROM walks",
                "SELECT sed FROM runs",
                "SELEC 1")) {
            assertRefused(query);
        }
    }

    @Test
    void aFewWideRowsAreWrittenBelowEachOther() {
        assertThat(run("SELECT * FROM runs ORDER BY run_id")).as(err.toString()).isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 120);
        assertThat(out.toString()).contains("-[ row 1 ]-", "-[ row 2 ]-", "| a { b = 1 }");
        assertThat(run("SELECT run_id, seed FROM runs ORDER BY run_id")).isZero();
        assertThat(out.toString()).contains("| run_id |").doesNotContain("-[ row");
        assertThat(run("--format", "vertical", "SELECT run_id, seed FROM runs ORDER BY run_id"))
                .isZero();
        assertThat(out.toString()).contains("\nseed   | 2");
    }

    @Test
    void whatIsPrintedIsUtf8WithoutCharactersThatWorkOnTheTerminal() {
        assertThat(run("SELECT concat('a', chr(27), '[31m', chr(7), 'b', decode(x'C285', 'UTF-8'), 'ü') AS `x\ty`"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("a?[31m?b?ü");
        assertThat(out.toString().chars().filter(c -> Character.isISOControl(c) && c != '\n'))
                .isEmpty();
    }
}
