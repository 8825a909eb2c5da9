package cohort.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.cluster.SharedSpark;
import cohort.config.Settings;
import cohort.config.UserError;
import cohort.run.RunConfiguration;
import cohort.warehouse.RunLookup;
import cohort.warehouse.Tables;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of equal and similar names, as a warehouse collects them, and what finds and lists them. */
@Tag("spark")
class RunLookupTest {
    @TempDir
    private static Path folder;

    private static Warehouse warehouse;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static Map<String, Object> run(
            String id, String name, long seed, String status, int minute, String... set) {
        List<String> changed = new ArrayList<>(List.of(set));
        changed.addAll(List.of("name=x", "seed=" + seed));
        Map<String, Object> row = new HashMap<>();
        row.put("run_id", id);
        row.put("name", name);
        row.put("seed", seed);
        row.put("status", status);
        row.put("started_at", new Timestamp(1_770_000_000_000L + 60_000L * minute));
        row.put("step", 5L);
        row.put("workers", 1);
        row.put("parameters", 12);
        row.put("efficiency", minute / 100.0);
        row.put("config", RunConfiguration.of(Settings.defaults(changed)).spec().config());
        return row;
    }

    private static Map<String, Object> member(String sweep, String id, long seed, String rate) {
        return Map.of(
                "sweep", sweep,
                "run_id", id,
                "seed", seed,
                "setting", "learning-rate=" + rate,
                "settings",
                        scala.jdk.javaapi.CollectionConverters.asScala(
                                Map.of("training.optimizer.learning-rate", rate)));
    }

    @BeforeAll
    static void fill() throws IOException {
        warehouse = new Warehouse(
                SharedSpark.session(), folder.resolve("ware's house").toString());
        StoredRows.appendRuns(
                warehouse,
                run("motion-seed1-aaaaaaaa", "motion", 1, "trained", 10),
                run("motion-seed1-bbbbbbbb", "motion", 1, "trained", 30, "network.hidden=7", "task.sigma=2.50"),
                run("motion-seed-7-cccccccc", "motion", -7, "diverged", 20, "network.hidden=7"),
                run("motion-2-seed1-dddddddd", "motion-2", 1, "trained", 40),
                run("noisy", "motion", 1, "evaluated", 90),
                run("foreign", "only-evaluated", 1, "evaluated", 91),
                run("it's 100%_`\\ run", "odd", 3, "trained", 1),
                run("rates-seed1-11111111", "rates", 1, "trained", 50),
                run("rates-seed2-22222222", "rates", 2, "failed", 51),
                run("twice", "trained-twice", 2, "trained", 2),
                run("twice", "trained-twice", 2, "trained", 2),
                Map.of("run_id", "bare"));
        StoredRows.append(
                warehouse,
                "sweep_runs",
                Tables.SWEEP_RUNS.schema(),
                member("rates", "rates-seed1-11111111", 1, "0.5"),
                member("rates", "rates-seed2-22222222", 2, "0.25"),
                member("rates", "rates-seed3-33333333", 3, "0.25"));
        Path begun = Path.of(warehouse.modelFolder("motion-seed8-eeeeeeee"), "checkpoints", "run.conf");
        Files.createDirectories(begun.getParent());
        Files.writeString(
                begun, (String) run("", "", 8, "", 0, "network.hidden=9").get("config"));
        Files.createDirectories(Path.of(warehouse.modelFolder("rates-seed3-33333333"), "checkpoints"));
    }

    private String find(String text) throws IOException {
        err.getBuffer().setLength(0);
        return new RunLookup(warehouse, new PrintWriter(err, true)).find(text).getAs("run_id");
    }

    private void assertRefused(String text, String... words) {
        assertThatThrownBy(() -> find(text))
                .as(text)
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(words)
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(300));
    }

    @Test
    void ofSeveralRunsOfANameTheNewestIsMeantAndSaid() throws IOException {
        assertThat(find("motion")).isEqualTo("motion-seed1-bbbbbbbb");
        assertThat(err.toString().lines())
                .containsExactly(
                        "3 runs are called motion; this is the newest, motion-seed1-bbbbbbbb;"
                                + " others: motion-seed-7-cccccccc, motion-seed1-aaaaaaaa",
                        "run motion-seed8-eeeeeeee was broken off, and is not meant");

        assertThat(find("motion:1")).isEqualTo("motion-seed1-bbbbbbbb");
        assertThat(err.toString()).contains("2 runs", "motion with seed 1", "the other: motion-seed1-aaaaaaaa");
    }

    @Test
    void whatMeansOneRunOnlyIsTakenWithoutAWord() throws IOException {
        Map<String, String> meant = Map.ofEntries(
                Map.entry("motion-seed1-aaaaaaaa", "motion-seed1-aaaaaaaa"),
                Map.entry("motion-seed1-a", "motion-seed1-aaaaaaaa"),
                Map.entry("motion@1", "motion-seed1-bbbbbbbb"),
                Map.entry("motion@2", "motion-seed-7-cccccccc"),
                Map.entry("motion@3", "motion-seed1-aaaaaaaa"),
                Map.entry("motion:1@2", "motion-seed1-aaaaaaaa"),
                Map.entry("motion:-7", "motion-seed-7-cccccccc"),
                Map.entry("motion-2", "motion-2-seed1-dddddddd"),
                Map.entry("noisy", "noisy"),
                Map.entry("only-evaluated", "foreign"),
                Map.entry("it's 100%_`\\ run", "it's 100%_`\\ run"),
                Map.entry("it's", "it's 100%_`\\ run"),
                Map.entry("trained-twice", "twice"),
                Map.entry("twi", "twice"));
        for (Map.Entry<String, String> entry : meant.entrySet()) {
            assertThat(find(entry.getKey())).as(entry.getKey()).isEqualTo(entry.getValue());
            assertThat(err.toString()).as(entry.getKey()).isEmpty();
        }
    }

    @Test
    void aRunThatIsNotFinishedIsFoundByWhoCanDoSomethingWithIt() throws IOException {
        RunLookup lookup = new RunLookup(warehouse, new PrintWriter(err, true));

        assertThat(lookup.findId("motion:8")).isEqualTo("motion-seed8-eeeeeeee");
        assertThat(lookup.findId("motion-seed8")).isEqualTo("motion-seed8-eeeeeeee");
        assertThat(err.toString()).isEmpty();
        assertThat(lookup.findId("motion")).isEqualTo("motion-seed8-eeeeeeee");
        assertThat(err.toString()).contains("4 runs are called motion");
        assertRefused("motion:8", "motion-seed8-eeeeeeee is not finished: it was broken off");
        assertRefused("motion-seed8", "motion-seed8-eeeeeeee is not finished: it was broken off");
    }

    @Test
    void whatMeansNoRunOrSeveralIsRefusedWithWhatThereIs() {
        assertRefused("motion-seed1", "motion-seed1-aaaaaaaa", "motion-seed1-bbbbbbbb", "whole id");
        assertRefused("motion:5", "motion with seed 5", "seed 1, -7");
        assertRefused("motion@4", "3 runs are called motion");
        assertRefused("motion@0", "@1 is the newest");
        assertRefused("motoin", "did you mean motion?");
        assertRefused("MOTION-2", "did you mean motion-2");
        assertRefused("", "name");
        assertRefused("bare", "no seed, name, status", "config");
        for (String text : List.of(
                "x' OR '1'='1",
                "%",
                "_",
                "`",
                "motio?",
                ".*",
                "motion:99999999999999999999",
                "\\",
                "\"",
                "a\u001b[2Jb",
                "é".repeat(20_000))) {
            assertRefused(text, "no run or sweep");
        }
    }

    private int list(String... more) {
        List<String> arguments = new ArrayList<>(List.of("list", "--warehouse", warehouse.root()));
        arguments.addAll(List.of(more));
        return Cohort.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    @Test
    void aListShowsWhatDiffersBetweenRunsOfANameAndASweepInALine() {
        assertThat(list()).as(err.toString()).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains("motion-seed1-bbbbbbbb", " 1 ", "trained", "2026-", "0.300", "hidden=7, sigma=2.5"));
        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line).contains("motion-seed8-eeeeeeee", " 8 ", "broken off", "hidden=9, sigma=1"));
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("\\| motion-2-seed1-dddddddd .* 0.400 \\| +\\|"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains("sweep rates", "1 of 3 trained,", "best 0.510", "learning-rate; 3 seeds"));
        assertThat(out.toString()).contains("noisy (motion)").doesNotContain("rates-seed");
    }

    @Test
    void theRunsOfANameOrSweepAreListedOneByOne() {
        assertThat(list("rates", "--format", "json")).as(err.toString()).isZero();

        assertThat(out.toString().lines().toList())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"name\":\"rates\"",
                                "\"seed\":2",
                                "\"run_id\":\"rates-seed2-22222222\"",
                                "\"sweep\":\"rates\"",
                                "\"status\":\"failed\"",
                                "\"differs\":\"learning-rate=0.25\""));

        assertThat(list("ratse")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean rates");
    }

    @Test
    void aWarehouseThatIsNoneIsSaidSo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (String[] bad :
                new String[][] {{"", "--warehouse"}, {folder + "/none", "no runs in"}, {file.toString(), "file"}}) {
            err.getBuffer().setLength(0);
            assertThat(Cohort.run(new PrintWriter(out), new PrintWriter(err, true), "list", "--warehouse", bad[0]))
                    .as(bad[0])
                    .isEqualTo(2);
            assertThat(err.toString()).startsWith("error: ").contains(bad[1]).doesNotContain("Exception");
        }
    }
}
