package cohort.export;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class ExportedTablesTest {
    private static final SparkSession SPARK = SharedSpark.session();
    private static final String TEXT = "a {\n  b = \"c\", # \\ \"\"\n}\r\n  ";

    @TempDir
    private Path temporary;

    @Test
    void rowsOfTheRunAreInOneFileOfEachKindInTheOrderOfTheirColumns() throws IOException {
        Path root = temporary.resolve("a warehouse");
        StructType texts = StructType.fromDDL(
                "run_id string, n int, x double, yes boolean, at timestamp, what string, settings map<string, string>");
        Timestamp at = Timestamp.from(Instant.parse("2026-01-02T03:04:05.006Z"));
        append(
                root,
                "texts",
                texts,
                RowFactory.create("r", 2, 0.1, true, at, TEXT, Map.of("k", "1, 2")),
                RowFactory.create("other", 1, 1.0, true, at, "other", Map.of()),
                RowFactory.create("r", 3, 1e-300, false, at, "", Map.of()),
                RowFactory.create("r", 1, null, null, null, null, null));
        StructType lists = StructType.fromDDL("run_id string, step int, rates array<float>");
        append(
                root,
                "lists",
                lists,
                RowFactory.create("r", 1, new float[] {3, 4}),
                RowFactory.create("r", 0, new float[] {1, 2}));
        append(root, "nothing", lists, RowFactory.create("other", 0, new float[] {1}));
        append(root, "trials", StructType.fromDDL("seed int"), RowFactory.create(1));

        Path folder = temporary.resolve("a folder");
        List<String> withoutCsv = new ExportedTables(SPARK, new Warehouse(SPARK, root.toString())).write("r", folder);

        assertThat(withoutCsv).containsExactly("lists");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("texts.csv", "texts.parquet", "lists.parquet");
        assertThat(Files.readString(folder.resolve("texts.csv")))
                .isEqualTo("run_id,n,x,yes,at,what,settings\n"
                        + "r,1,,,,,\n"
                        + "r,2,0.1,true,2026-01-02T03:04:05.006Z,\"" + TEXT.replace("\"", "\"\"")
                        + "\",\"{\"\"k\"\":\"\"1, 2\"\"}\"\n"
                        + "r,3,1.0E-300,false,2026-01-02T03:04:05.006Z,\"\",{}\n");
        List<Row> read =
                SPARK.read().parquet(folder.resolve("texts.parquet").toString()).collectAsList();
        assertThat(read).extracting(row -> row.getInt(1)).containsExactly(1, 2, 3);
        assertThat(read.get(1).getTimestamp(4)).isEqualTo(at);
        assertThat(read.get(1).getString(5)).isEqualTo(TEXT);
        assertThat(read.get(1).getJavaMap(6)).isEqualTo(Map.of("k", "1, 2"));
        assertThat(SPARK.read()
                        .parquet(folder.resolve("lists.parquet").toString())
                        .collectAsList())
                .extracting(row -> row.getList(2))
                .containsExactly(List.of(1f, 2f), List.of(3f, 4f));
    }

    private static void append(Path root, String table, StructType schema, Row... rows) {
        SPARK.createDataFrame(List.of(rows), schema)
                .write()
                .format("delta")
                .save(root.resolve(table).toString());
    }
}
