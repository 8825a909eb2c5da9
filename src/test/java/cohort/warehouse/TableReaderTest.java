package cohort.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.cluster.SharedSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class TableReaderTest {
    /** All types that the tables have, of a range. */
    private static final String ALL_TYPES = """
            SELECT id, id * 0.1D AS real, CAST(id AS FLOAT) AS single, CAST(id AS INT) AS number, id % 2 = 0 AS even,
                'ü' || id AS text, TIMESTAMP'1969-12-31 23:59:59.999999Z' + make_dt_interval(0, id) AS time,
                map('z', 'last', 'a', 'first') AS groups, array(id, NULL) AS list, CAST(NULL AS STRING) AS nothing
            FROM range""";

    private final SparkSession spark = SharedSpark.session();
    private final TableReader reader = new TableReader(spark);

    @TempDir
    private Path folder;

    private String write(String query) {
        String table = folder.resolve("a%20b, 50% ü").toString();
        spark.sql(query).write().format("delta").mode(SaveMode.Append).save(table);
        return table;
    }

    private static boolean isInDriver(Dataset<Row> rows) {
        return rows.queryExecution().logical() instanceof LocalRelation;
    }

    private void assertSame(String table) {
        Dataset<Row> small = reader.read(table);
        Dataset<Row> distributed = reader.distributed(table);

        assertThat(isInDriver(small)).isTrue();
        assertThat(small.schema()).isEqualTo(distributed.schema());
        assertThat(small.orderBy("id").collectAsList())
                .isEqualTo(distributed.orderBy("id").collectAsList());
    }

    @Test
    void rowsOfASmallTableAreThoseThatSparkReads() {
        String table = write(ALL_TYPES + "(5)");
        assertSame(table);

        write(ALL_TYPES + "(100, 105)");
        DeltaTable.forPath(spark, table).delete(col("id").isin(1, 101));
        assertSame(table);
        assertThat(reader.read(table).count()).isEqualTo(8);
    }

    @Test
    void columnsKeepTheirCommentsAndFactorsTheirOrder() throws IOException {
        Table<String> table = Table.<String>named("commented")
                .with("run_id", DataTypes.StringType, "run this row belongs to", id -> id)
                .with(
                        "conditions",
                        Tables.TEXTS,
                        "factors in the task's order",
                        id -> Tables.map(List.of("z", "a", "m"), name -> name, name -> name));
        Warehouse warehouse = new Warehouse(spark, folder.toString());
        warehouse.append(table, "a", table.rows(List.of("a")));

        Dataset<Row> rows = reader.read(folder + "/commented");

        assertThat(isInDriver(rows)).isTrue();
        assertThat(rows.schema()).isEqualTo(table.schema());
        assertThat(rows.selectExpr("map_keys(conditions)").first().getList(0)).isEqualTo(List.of("z", "a", "m"));
    }

    @Test
    void rowsOfALargeTableStayInItsFiles() {
        String table = write("SELECT id, uuid() AS text FROM range(40000)");

        assertThat(isInDriver(reader.read(table))).isFalse();
        assertThat(reader.read(table).count()).isEqualTo(40_000);
    }

    @Test
    void ofATableThatCannotBeReadSparkSaysWhy() throws IOException {
        String table = write("SELECT 1 AS id");
        try (Stream<Path> files = Files.list(Path.of(table))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(() -> reader.read(table).collectAsList()).hasMessageContaining(".parquet");
    }
}
