package cohort.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.cluster.SharedSpark;
import cohort.run.Names;
import cohort.storage.Ownership;
import cohort.storage.TakenOverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class WarehouseTest {
    @TempDir
    private Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() {
        warehouse = new Warehouse(
                SharedSpark.session(), folder.resolve("ware house").toString());
    }

    private static List<Row> curve(String runId) {
        return List.of(RowFactory.create(runId, 1L, 1, 100L, 0.5, 1.0, 0.01, 3200L, 12.0, 3.0));
    }

    @Test
    void isEmptyBeforeAnythingIsWritten() throws IOException {
        assertThat(warehouse.tables()).isEmpty();
    }

    @Test
    void aTableThatIsBeingMadeIsNotThereYet() throws IOException {
        Files.createDirectories(folder.resolve("ware house/runs/_delta_log"));
        Files.writeString(folder.resolve("ware house/runs/_delta_log/.00000000000000000000.json.1.tmp"), "");

        assertThat(warehouse.tables()).isEmpty();
        assertThat(warehouse.hasRun("a")).isFalse();
    }

    @Test
    void appendingTheSameRunTwiceAddsNothing() throws IOException {
        warehouse.append(Tables.TRAINING_CURVE, "a", curve("a"));
        warehouse.append(Tables.TRAINING_CURVE, "b", curve("b"));
        warehouse.append(Tables.TRAINING_CURVE, "a", curve("a"));

        warehouse.registerTables(warehouse.tables());
        assertThat(warehouse.tables()).containsExactly("training_curve");
        assertThat(SharedSpark.session()
                        .sql("SELECT run_id FROM training_curve ORDER BY run_id")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("a", "b");
    }

    @Test
    void rowsAreReplacedWhereAConditionHoldsAndTheTableIsMadeIfThereIsNone() throws IOException {
        replaceCurve("a");
        warehouse.append(Tables.TRAINING_CURVE, "b", curve("b"));
        replaceCurve("a");

        assertThat(warehouse.read(Tables.TRAINING_CURVE).orderBy("run_id").collectAsList())
                .containsExactly(curve("a").get(0), curve("b").get(0));
    }

    @Test
    void anIdIsNeverReadAsACondition() throws IOException {
        List<String> odd = List.of("b", "it's", "\\", "\\' OR true --", "a%_", "`", "\"\n$1 é");
        warehouse.append(
                Tables.TRAINING_CURVE,
                odd,
                odd.stream().flatMap(id -> curve(id).stream()).toList());
        for (String id : odd) {
            replaceCurve(id);
        }
        assertThat(runIds()).containsExactlyInAnyOrderElementsOf(odd);

        warehouse.delete("training_curve", List.of("\\' OR true --", "a__", "') OR ('1'='1"));

        assertThat(runIds()).containsExactlyInAnyOrder("b", "it's", "\\", "a%_", "`", "\"\n$1 é");
    }

    private List<String> runIds() throws IOException {
        return warehouse.read(Tables.TRAINING_CURVE).collectAsList().stream()
                .map(row -> row.<String>getAs("run_id"))
                .toList();
    }

    private void replaceCurve(String runId) throws IOException {
        warehouse.replace(
                Tables.TRAINING_CURVE,
                Map.of("run_id", runId),
                SharedSpark.context().parallelize(curve(runId)));
    }

    @Test
    void aTableOfAnEarlierVersionIsReadAndGetsItsNewColumnsWithTheNextRow() throws IOException {
        StructType earlier = new StructType(Arrays.stream(Tables.RUNS.schema().fields())
                .filter(column -> !List.of("cell", "learning_rate", "commit").contains(column.name()))
                .toArray(StructField[]::new));
        warehouse.append(table("runs", earlier), "old", List.of(run(earlier, "old")));

        assertThat(TableVersions.ofAnother(warehouse)).isEmpty();
        assertThat(cells()).containsExactly(RowFactory.create("old", null, null));
        warehouse.append(Tables.RUNS, "new", List.of(run(Tables.RUNS.schema(), "new")));

        assertThat(cells()).containsExactly(RowFactory.create("new", "gru", 2.5), RowFactory.create("old", null, null));
        warehouse.registerTables(List.of("runs"));
        assertThat(SharedSpark.session()
                        .sql("SELECT run_id FROM runs WHERE cell IS NULL")
                        .collectAsList())
                .containsExactly(RowFactory.create("old"));
        assertThat(TableVersions.ofAnother(warehouse)).isEmpty();
    }

    /** By them other readers of the tables count rows, and see which files are no longer part of the table. */
    @Test
    void everyFileOfATableHasItsNumberOfRows() throws IOException {
        warehouse.append(Tables.TRAINING_CURVE, "a", curve("a"));
        replaceCurve("a");

        List<Row> files = SharedSpark.session()
                .read()
                .json(warehouse.table("training_curve") + "/_delta_log/*.json")
                .where("add IS NOT NULL")
                .select("add.stats")
                .collectAsList();

        assertThat(files)
                .hasSize(2)
                .allSatisfy(file -> assertThat(file.getString(0)).contains("\"numRecords\":1"));
    }

    @Test
    void aColumnOfAnotherTypeIsOfAnotherVersion() throws IOException {
        StructType other = new StructType()
                .add("run_id", DataTypes.StringType)
                .add("seed", DataTypes.StringType)
                .add("hue", DataTypes.StringType);
        warehouse.append(table("training_curve", other), "none", List.of());

        assertThat(TableVersions.ofAnother(warehouse)).containsExactly("training_curve: hue, seed");
    }

    private static Table<Object> table(String name, StructType columns) {
        Table<Object> table = Table.named(name);
        for (StructField column : columns.fields()) {
            table.with(column.name(), column.dataType(), "", of -> null);
        }
        return table;
    }

    private List<Row> cells() throws IOException {
        return warehouse
                .read(Tables.RUNS)
                .orderBy("run_id")
                .select("run_id", "cell", "learning_rate")
                .collectAsList();
    }

    private static Row run(StructType schema, String runId) {
        Map<String, Object> values = Map.of("run_id", runId, "cell", "gru", "learning_rate", 2.5);
        return RowFactory.create(
                Arrays.stream(schema.fieldNames()).map(values::get).toArray());
    }

    @Test
    void whatAnotherWriterHasAppendedMeanwhileIsLeftOut() throws IOException {
        Warehouse other = new Warehouse(SharedSpark.session(), warehouse.root());
        List<Row> both = List.of(curve("a").get(0), curve("b").get(0));
        assertThat(warehouse.written("training_curve", Set.of("a", "b", "c"))).isEmpty();
        other.append(Tables.TRAINING_CURVE, "a", curve("a"));
        other.append(Tables.TRAINING_CURVE, "d", curve("d"));

        warehouse.append(Tables.TRAINING_CURVE, Set.of("a", "b"), both);
        other.append(
                Tables.TRAINING_CURVE, Set.of("a", "b"), SharedSpark.context().parallelize(both));

        assertThat(warehouse.written("training_curve", Set.of("a", "b", "c"))).containsExactlyInAnyOrder("a", "b");
        assertThat(warehouse.read(Tables.TRAINING_CURVE).orderBy("run_id").collectAsList())
                .containsExactly(
                        curve("a").get(0), curve("b").get(0), curve("d").get(0));
    }

    @Test
    void whatWasDeletedIsAppendedAgain() throws IOException {
        warehouse.append(Tables.TRAINING_CURVE, "a", curve("a"));
        warehouse.delete("training_curve", List.of("a"));
        warehouse.append(Tables.TRAINING_CURVE, "a", curve("a"));

        assertThat(warehouse.read(Tables.TRAINING_CURVE).collectAsList()).isEqualTo(curve("a"));
    }

    @Test
    void filesOfDeletedRowsGoAlsoWhereTheFolderIsARelativePath() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Warehouse relative = new Warehouse(
                SharedSpark.session(),
                here.relativize(folder.resolve("ware house")).toString());
        relative.append(Tables.TRAINING_CURVE, "a", curve("a"));
        relative.append(Tables.TRAINING_CURVE, "b", curve("b"));
        relative.delete("training_curve", List.of("a"));

        relative.vacuum("training_curve");

        assertThat(runIds()).containsExactly("b");
        try (Stream<Path> files = Files.list(folder.resolve("ware house/training_curve"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(1);
        }
    }

    @Test
    void whoIsNotTheOwnerAnyMoreWritesNothing() throws Exception {
        try (Ownership first = warehouse.claim("trained", List.of("a"), waiting -> {})) {
            Warehouse held = warehouse.heldBy(first);
            held.append(Tables.TRAINING_CURVE, "a", curve("a"));
            try (Stream<Path> marks = Files.list(folder.resolve("ware house/.owners"))) {
                for (Path mark : marks.toList()) {
                    Files.delete(mark);
                }
            }

            assertThatThrownBy(() -> held.append(Tables.TRAINING_CURVE, "b", curve("b")))
                    .isInstanceOf(TakenOverException.class)
                    .hasMessageStartingWith("run a was taken over");
            assertThatThrownBy(() -> new RunRemoval(held).remove(List.of("a"))).isInstanceOf(TakenOverException.class);
        }
        assertThat(warehouse.read(Tables.TRAINING_CURVE).collectAsList()).isEqualTo(curve("a"));
    }

    @Test
    void sqlExplainsEveryColumn() throws IOException {
        warehouse.append(Tables.TRAINING_CURVE, "a", curve("a"));
        warehouse.registerTables(warehouse.tables());

        List<Row> described =
                SharedSpark.session().sql("DESCRIBE training_curve").collectAsList();

        assertThat(described).hasSize(Tables.TRAINING_CURVE.schema().size());
        assertThat(described).allSatisfy(row -> assertThat(row.getString(2)).isNotBlank());
    }

    @Test
    void everyColumnOfEveryTableHasAComment() {
        List<Table<?>> tables = new ArrayList<>(ResultTables.BY_NAME.values());
        tables.add(TrialRow.TABLE);
        for (Table<?> table : tables) {
            for (StructField column : table.schema().fields()) {
                assertThat(column.getComment().isDefined()).as(column.name()).isTrue();
            }
        }
    }

    @Test
    void noTableOfTrialsCanHaveTheNameOfATableOrView() {
        List<String> names = new ArrayList<>(ResultTables.BY_NAME.keySet());
        Arrays.stream(SweepView.values()).forEach(view -> names.add(view.label()));
        names.addAll(List.of(Tables.OF_SCALING, Warehouse.MODELS, Warehouse.SWEEPS, "coherence" + TaskViews.ENDING));

        assertThat(names)
                .allSatisfy(
                        name -> assertThat(Names.problemOfTable(name)).as(name).isPresent());
    }
}
