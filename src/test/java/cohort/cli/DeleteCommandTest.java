package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.storage.OwnedException;
import cohort.storage.Ownership;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and sweeps that share tables, and what is left of them when some are deleted. */
@Tag("spark")
@Tag("long") // each deletion rewrites and vacuums five tables
class DeleteCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Warehouse warehouse(String name) {
        return new Warehouse(
                SharedSpark.session(), folder.resolve("it's `" + name + "`").toString());
    }

    private int delete(Warehouse warehouse, String... subjects) {
        List<String> arguments = new ArrayList<>(List.of("delete", "--yes", "--warehouse", warehouse.root()));
        arguments.addAll(List.of(subjects));
        return Cohort.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    private static Map<String, Object> row(String id, Object... more) {
        Map<String, Object> row = new HashMap<>(Map.of("run_id", id));
        for (int i = 0; i < more.length; i += 2) {
            row.put((String) more[i], more[i + 1]);
        }
        return row;
    }

    /** Runs of one name, the first of them the oldest, with a folder and a row in each table. */
    @SuppressWarnings("unchecked")
    private static void fill(Warehouse warehouse, String... ids) throws IOException {
        for (String table : List.of("training_curve", "activity", "psychometric_fits")) {
            StoredRows.append(
                    warehouse,
                    table,
                    StoredRows.TABLES.get(table),
                    List.of(ids).stream().map(DeleteCommandTest::row).toArray(Map[]::new));
        }
        List<Map<String, Object>> runs = new ArrayList<>();
        for (String id : ids) {
            runs.add(row(
                    id,
                    "name",
                    "motion",
                    "seed",
                    1L,
                    "status",
                    "trained",
                    "started_at",
                    new Timestamp(1000L * runs.size())));
        }
        StoredRows.appendRuns(warehouse, runs.toArray(Map[]::new));
        for (String id : ids) {
            if (!id.contains("/")) {
                Path model = Path.of(warehouse.model(id));
                Files.createDirectories(model.getParent());
                Files.writeString(model, "weights");
            }
        }
    }

    private static void addSweep(Warehouse warehouse, String sweep, String... ids) throws IOException {
        for (String id : ids) {
            StoredRows.append(
                    warehouse, "sweep_runs", Tables.SWEEP_RUNS.schema(), row(id, "sweep", sweep, "setting", "a"));
        }
        Map<String, Object> ofSetting = new HashMap<>();
        ofSetting.put("sweep", sweep);
        ofSetting.put("setting", "a");
        StoredRows.append(warehouse, "psychometric_fits", TestTables.PSYCHOMETRIC_FITS.schema(), ofSetting);
        Files.createDirectories(Path.of(warehouse.sweep(sweep)));
    }

    /** Ids in a table; whatever file of it one looks into. */
    private static Set<String> inFiles(Warehouse warehouse, String table) {
        Set<String> ids = new TreeSet<>();
        for (Row row : SharedSpark.session()
                .read()
                .schema(StoredRows.TABLES.get(table))
                .parquet(warehouse.table(table))
                .collectAsList()) {
            String id = row.getAs("run_id");
            ids.add(id != null ? id : "all of " + row.getAs("sweep"));
        }
        return ids;
    }

    @Test
    void nothingOfARunIsLeftInTablesFilesAndFolders() throws IOException {
        Warehouse warehouse = warehouse("one");
        fill(warehouse, "motion-seed1-aaaaaaaa", "motion-seed1-bbbbbbbb", "../../outside");
        Path outside = Files.writeString(folder.resolve("outside"), "");
        addSweep(warehouse, "both", "motion-seed1-aaaaaaaa", "motion-seed1-bbbbbbbb");

        assertThat(delete(warehouse, "motion@2", "../../outside"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).contains("Deleted 2 runs: 10 rows");
        for (String table : List.of("runs", "training_curve", "activity", "sweep_runs", "psychometric_fits")) {
            assertThat(inFiles(warehouse, table)).as(table).containsExactly("motion-seed1-aaaaaaaa");
        }
        assertThat(folder.resolve("it's `one`/models"))
                .isDirectoryContaining(path -> path.endsWith("motion-seed1-aaaaaaaa"));
        assertThat(Path.of(warehouse.modelFolder("motion-seed1-bbbbbbbb"))).doesNotExist();
        assertThat(outside).exists();
        assertThat(Path.of(warehouse.sweep("both"))).exists();
        assertThat(delete(warehouse, "motion-seed1-bbbbbbbb")).isEqualTo(2);
        assertThat(err.toString()).contains("no run or sweep motion-seed1-bbbbbbbb");
    }

    @Test
    void aSweepGoesWithItsRunsButThoseOfAnotherSweep() throws IOException {
        Warehouse warehouse = warehouse("sweeps");
        fill(warehouse, "x-seed1-00000001", "x-seed2-00000002", "x-seed3-00000003");
        addSweep(warehouse, "few", "x-seed1-00000001", "x-seed2-00000002");
        addSweep(warehouse, "many", "x-seed2-00000002", "x-seed3-00000003");
        Files.createDirectories(Path.of(warehouse.modelFolder("y-seed1-00000009"), "checkpoints"));

        assertThat(delete(warehouse, "few", "y-seed1-00000009"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).contains("1 run of few will stay");
        assertThat(inFiles(warehouse, "runs")).containsExactly("x-seed2-00000002", "x-seed3-00000003");
        assertThat(inFiles(warehouse, "psychometric_fits"))
                .containsExactly("all of many", "x-seed2-00000002", "x-seed3-00000003");
        assertThat(warehouse.read(Tables.SWEEP_RUNS).select("sweep").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("many");
        assertThat(Path.of(warehouse.sweep("few"))).doesNotExist();
        assertThat(Path.of(warehouse.modelFolder("y-seed1-00000009"))).doesNotExist();
    }

    @Test
    void brokenOffTheSameCommandGoesOnWithTheSameRun() throws IOException {
        Warehouse warehouse = warehouse("broken");
        fill(warehouse, "motion-seed1-aaaaaaaa", "motion-seed1-bbbbbbbb");
        Path commit = Path.of(warehouse.table("activity"), "_delta_log", "00000000000000000000.json");
        String whole = Files.readString(commit);
        Path checksum = commit.resolveSibling("." + commit.getFileName() + ".crc");
        Files.deleteIfExists(checksum);
        Files.writeString(commit, "damaged");

        assertThat(delete(warehouse, "motion")).isEqualTo(1);
        assertThat(inFiles(warehouse, "runs")).as("data files go last").hasSize(2);
        Files.writeString(commit, whole);
        assertThat(delete(warehouse, "motion")).as(err.toString()).isZero();

        assertThat(out.toString()).contains("was begun before", "motion-seed1-bbbbbbbb");
        for (String table : List.of("runs", "training_curve", "activity", "psychometric_fits")) {
            assertThat(inFiles(warehouse, table)).as(table).containsExactly("motion-seed1-aaaaaaaa");
        }
        assertThat(delete(warehouse, "motion")).as("now it is the newest").isZero();
        assertThat(warehouse.read(Tables.RUNS).collectAsList()).isEmpty();
    }

    @Test
    void whatSomebodyWorksOnIsNotDeleted() throws IOException, OwnedException {
        Warehouse warehouse = warehouse("owned");
        fill(warehouse, "motion-seed1-aaaaaaaa");
        try (Ownership training = warehouse.claim("trained", List.of("motion-seed1-aaaaaaaa"), waiting -> {})) {
            assertThat(training.isHeld()).isTrue();

            assertThat(delete(warehouse, "motion")).isEqualTo(2);
        }
        assertThat(err.toString()).contains("run motion-seed1-aaaaaaaa is being trained by");
        assertThat(inFiles(warehouse, "training_curve")).containsExactly("motion-seed1-aaaaaaaa");
        assertThat(Path.of(warehouse.model("motion-seed1-aaaaaaaa"))).exists();
    }
}
