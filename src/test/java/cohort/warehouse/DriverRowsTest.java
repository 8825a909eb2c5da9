package cohort.warehouse;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.cluster.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class DriverRowsTest {
    private static final StructType ID = Table.<Integer>named("ids")
            .with("id", IntegerType, "a number", id -> id)
            .schema();

    /** What the kernel takes for parts of an address. */
    private static final String NAME = "Müller's table, 50% #1 a%20b";

    @TempDir
    private Path folder;

    private final DriverRows writer =
            new DriverRows(SharedSpark.session().sparkContext().hadoopConfiguration());

    private boolean append(long version, int... ids) throws IOException {
        List<Row> rows =
                IntStream.of(ids).mapToObj(id -> (Row) RowFactory.create(id)).toList();
        return writer.append(table(), version, ID, rows);
    }

    private org.apache.hadoop.fs.Path table() {
        return new org.apache.hadoop.fs.Path(folder.resolve(NAME).toUri());
    }

    private Dataset<Row> read() {
        return SharedSpark.session().read().format("delta").load(table().toString());
    }

    @Test
    void sparkReadsWhatIsAppended() throws IOException {
        for (int version = -1; version < 24; version++) { // past two checkpoints of the log
            assertThat(append(version, version, version + 100)).isTrue();
        }

        assertThat(read().schema()).isEqualTo(ID);
        assertThat(read().selectExpr("count(*)", "sum(id)", "max(id)").first())
                .isEqualTo(RowFactory.create(50L, 2L * IntStream.range(-1, 24).sum() + 2500, 123));
        assertThat(Files.readString(folder.resolve(NAME + "/_delta_log/00000000000000000007.json")))
                .as("paths in a table, which may be moved with its folder")
                .contains("\"add\":{\"path\":")
                .doesNotContain("file:", "Müller");
        try (var data = Files.list(folder.resolve(NAME))) {
            assertThat(data.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(25);
        }
        try (var log = Files.list(folder.resolve(NAME + "/_delta_log"))) {
            assertThat(log.filter(file -> file.toString().endsWith(".checkpoint.parquet")))
                    .hasSize(2);
        }
    }

    @Test
    void everyTypeOfTheTablesComesBack() throws IOException {
        Timestamp time = new Timestamp(1_796_000_000_123L);
        var groups = Tables.map(List.of("a", "b"), name -> name, name -> name + "!");
        Table<Optional<Object[]>> all = Table.<Optional<Object[]>>named("all")
                .with("time", TimestampType, "", row -> row.map(values -> values[0]))
                .with("map", Tables.TEXTS, "", row -> row.map(values -> values[1]))
                .with("list", Tables.TASKS.schema().apply("periods").dataType(), "", row -> row.map(v -> v[2]))
                .with("text", StringType, "", row -> row.map(values -> values[3]));
        List<Row> rows = all.rows(List.of(
                Optional.of(new Object[] {time, groups, new String[] {"x", "y"}, "a 'b' \"c\" ü"}), Optional.empty()));

        writer.append(table(), -1, all.schema(), rows);

        List<Row> back = read().orderBy("text").collectAsList();
        assertThat(back.get(0)).isEqualTo(RowFactory.create(null, null, null, null));
        assertThat(back.get(1).getTimestamp(0)).isEqualTo(time);
        assertThat(back.get(1).getJavaMap(1)).isEqualTo(Map.of("a", "a!", "b", "b!"));
        assertThat(back.get(1).getList(2)).isEqualTo(List.of("x", "y"));
        assertThat(back.get(1).getString(3)).isEqualTo("a 'b' \"c\" ü");
    }

    @Test
    void nothingIsWrittenWhereSomebodyElseHas() throws IOException {
        append(-1, 1);
        append(0, 2);

        assertThatThrownBy(() -> append(0, 3)).isInstanceOf(ConcurrentModificationException.class);
        assertThatThrownBy(() -> append(-1, 3)).isInstanceOf(ConcurrentModificationException.class);
        assertThat(read().count()).isEqualTo(2);
    }

    @Test
    void otherColumnsAreLeftToSpark() throws IOException {
        append(-1, 1);
        StructType wider = ID.add("name", StringType);

        assertThat(writer.append(table(), 0, wider, List.of(RowFactory.create(2, "b"))))
                .isFalse();
        assertThat(read().count()).isEqualTo(1);
    }
}
