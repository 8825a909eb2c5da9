package cohort.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.cluster.EvaluationJob;
import cohort.cluster.Execution;
import cohort.cluster.ParameterAveraging;
import cohort.cluster.SharedSpark;
import cohort.evaluation.EvaluationSpec;
import cohort.network.Initialisation;
import cohort.network.Parameters;
import cohort.run.Experiments;
import cohort.run.FirstParameters;
import cohort.run.RunSpec;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import cohort.run.Until;
import cohort.storage.ModelFile;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.training.LearnerState;
import cohort.training.OuterStep;
import cohort.training.TrainingSpec;
import cohort.warehouse.ResultTables;
import cohort.warehouse.SweepView;
import cohort.warehouse.Table;
import cohort.warehouse.TableVersions;
import cohort.warehouse.Tables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class SweepTest {
    private static final Halving ALL_TO_THE_END = new Halving(1, 0.5);
    private static final int STEPS = 12;

    @TempDir
    private Path folder;

    private int folders;

    /** Notes what it hears; asks to stop after some runs. */
    private static final class Watcher implements Sweep.Observer {
        final List<RunResult> heard = new ArrayList<>();
        final int stopAfter;
        int missing;

        Watcher(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void begin(int runs, List<Sweep.Member> stillMissing) {
            missing = stillMissing.size();
        }

        @Override
        public void heard(RunResult result) {
            heard.add(result);
        }

        @Override
        public boolean goesOn() {
            return heard.size() < stopAfter;
        }
    }

    private static RunSpec run(long seed, double rate, String initialModel) {
        TrainingSpec training = Experiments.training(STEPS, rate);
        TrainingPlan plan = new TrainingPlan(
                seed,
                Experiments.task(),
                Experiments.batching(Batching.Form.WINDOWS),
                Experiments.network(),
                training,
                2,
                2,
                new OuterStep(0.7, 0.9));
        return new RunSpec(
                "run-" + seed + "-" + rate + initialModel,
                "test",
                plan,
                Initialisation.PYTORCH,
                initialModel,
                Until.THE_END,
                new EvaluationSpec(120, ChoiceRule.LAST_STEP, 0.9, 600, 0),
                "# nothing");
    }

    private static List<Sweep.Member> members(double[] rates, long... seeds) {
        List<Sweep.Member> members = new ArrayList<>();
        for (double rate : rates) {
            for (long seed : seeds) {
                members.add(new Sweep.Member(run(seed, rate, ""), "rate=" + rate, Map.of("rate", "" + rate)));
            }
        }
        return members;
    }

    /** As if runs had got another model since it was read. */
    private static FirstParameters firstParameters(List<Sweep.Member> members) throws IOException {
        List<RunSpec> runs = members.stream()
                .map(Sweep.Member::run)
                .filter(run -> run.initialModel().isEmpty())
                .toList();
        return FirstParameters.read(
                new cohort.storage.Files(SharedSpark.session().sparkContext().hadoopConfiguration()), runs, told -> {});
    }

    private Warehouse newWarehouse() {
        return new Warehouse(
                SharedSpark.session(), folder.resolve("warehouse " + folders++).toString());
    }

    private static Watcher sweep(Warehouse warehouse, List<Sweep.Member> members, Halving halving, int stopAfter)
            throws IOException {
        return sweep(warehouse, members, halving, stopAfter, true, Double.POSITIVE_INFINITY);
    }

    private static Watcher sweep(
            Warehouse warehouse,
            List<Sweep.Member> members,
            Halving halving,
            int stopAfter,
            boolean oneRunPerSlot,
            double timeLimit)
            throws IOException {
        Watcher watcher = new Watcher(stopAfter);
        new Sweep(
                        SharedSpark.session(),
                        warehouse,
                        "test",
                        halving,
                        Execution.ANY,
                        oneRunPerSlot,
                        "versions",
                        timeLimit,
                        firstParameters(members),
                        watcher)
                .run(members);
        return watcher;
    }

    private static List<String> rows(Warehouse warehouse, String table, String... without) throws IOException {
        return warehouse.read(ResultTables.BY_NAME.get(table)).drop(without).toJSON().collectAsList().stream()
                .sorted()
                .toList();
    }

    private static Map<String, String> statuses(Warehouse warehouse) throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        for (Row row : warehouse
                .read(Tables.RUNS)
                .select("run_id", "status", "reason", "step")
                .collectAsList()) {
            statuses.put(row.getString(0), row.getString(1) + " " + row.getLong(3) + " " + row.getString(2));
        }
        return statuses;
    }

    private static float[] model(Warehouse warehouse, RunSpec run) throws IOException {
        return ModelFile.read(
                        new cohort.storage.Files(new Configuration()),
                        run.plan().network(),
                        warehouse.modelFolder(run.runId()) + "/model.safetensors",
                        told -> {})
                .values();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunGivesTheBitsItGivesAlone(boolean oneRunPerSlot) throws IOException {
        Warehouse warehouse = newWarehouse();
        RunSpec run = run(3, 0.01, "");
        LearnerState alone = ParameterAveraging.generating(SharedSpark.context(), run.plan(), Execution.ANY)
                .run(
                        TrainingState.initial(
                                run.firstParameters(null, told -> {}),
                                run.plan().training().optimizer()),
                        state -> true)
                .state()
                .learner();
        EvaluationJob evaluation = new EvaluationJob(
                SharedSpark.context(), run, new Parameters(run.plan().network(), alone.parameters()));

        Watcher watcher = sweep(
                warehouse,
                members(new double[] {0.01}, 1, 2, 3),
                ALL_TO_THE_END,
                100,
                oneRunPerSlot,
                Double.POSITIVE_INFINITY);

        assertThat(model(warehouse, run)).isEqualTo(alone.parameters());
        RunResult result = watcher.heard.stream()
                .filter(heard -> heard.seed() == 3)
                .findFirst()
                .orElseThrow();
        assertThat(result.heldOutLoss()).isEqualTo(evaluation.heldOutLoss());
        assertThat(result.efficiency())
                .isEqualTo(evaluation.accuracy().tally().overall().efficiency());
        // The driver's Spark does not know the classes of a task of the user's own.
        String classes = new String(SerializationUtils.serialize(result), StandardCharsets.ISO_8859_1);
        assertThat(classes).contains("RunResult").doesNotContain("PerceptualDecision");
    }

    @Test
    void whatGoesWrongIsARowAndTheOthersGoOn() throws IOException {
        Warehouse warehouse = newWarehouse();
        List<Sweep.Member> members = members(new double[] {0.01, 1e30}, 1, 2);
        members.add(new Sweep.Member(run(1, 0.01, "/no/such/model"), "model", Map.of()));

        sweep(warehouse, members, ALL_TO_THE_END, 100);
        Watcher again = sweep(warehouse, members, ALL_TO_THE_END, 100);

        assertThat(statuses(warehouse)).hasSize(5).satisfies(statuses -> {
            assertThat(statuses.get("run-1-0.01")).isEqualTo("trained 12 ");
            assertThat(statuses.get("run-2-0.01")).isEqualTo("trained 12 ");
            assertThat(statuses.get("run-1-1.0E30")).matches("diverged \\d+ worker \\d at step \\d+: loss .*");
            assertThat(statuses.get("run-2-1.0E30")).startsWith("diverged");
            assertThat(statuses.get("run-1-0.01/no/such/model"))
                    .isEqualTo("failed 0 model /no/such/model was not read");
        });
        assertThat(again.missing).isZero();
        assertThat(again.heard).isEmpty();
    }

    @Test
    void aRunThatTakesTooLongIsGivenUp() throws IOException {
        Warehouse warehouse = newWarehouse();

        sweep(warehouse, members(new double[] {0.01}, 1, 2), ALL_TO_THE_END, 100, true, 0);

        assertThat(statuses(warehouse).values()).containsOnly("timed-out 2 over the time limit of 0.0 s");
        assertThat(rows(warehouse, "training_curve")).hasSize(2);
    }

    @Test
    void whatFailedIsTrainedAgainOnRequest() throws IOException {
        Warehouse warehouse = newWarehouse();
        List<Sweep.Member> members = members(new double[] {0.01, 1e30}, 1, 2);
        sweep(warehouse, members.subList(0, 1), ALL_TO_THE_END, 100, true, 0);
        Sweep again = new Sweep(
                SharedSpark.session(),
                warehouse,
                "test",
                ALL_TO_THE_END,
                Execution.ANY,
                true,
                "versions",
                Double.POSITIVE_INFINITY,
                firstParameters(members),
                new Watcher(100));

        assertThat(again.forgetFailures(members)).isEqualTo(1);
        again.run(members);

        assertThat(again.forgetFailures(members)).isZero(); // a run that diverges does so every time
        assertThat(statuses(warehouse)).hasSize(4).containsEntry("run-1-0.01", "trained 12 ");
        assertThat(rows(warehouse, "training_curve").stream().filter(row -> row.contains("run-1-0.01")))
                .hasSize(6);
    }

    @Test
    void brokenOffAndRepeatedItLeavesTheSameRowsOnce() throws IOException {
        List<Sweep.Member> members = members(new double[] {0.01, 0.02}, 1, 2, 3, 4);
        Warehouse undisturbed = newWarehouse();
        sweep(undisturbed, members, ALL_TO_THE_END, 100);
        Warehouse warehouse = newWarehouse();

        int heard = sweep(warehouse, members, ALL_TO_THE_END, 3).heard.size();
        Watcher second = sweep(warehouse, members, ALL_TO_THE_END, 100);

        assertThat(heard).isBetween(3, 7);
        assertThat(second.missing).isEqualTo(8 - heard);
        assertSameTables(warehouse, undisturbed);
    }

    /** As if the driver had been killed between two tables. */
    @Test
    void rowsOfRunsThatAreNotInTableRunsAreNotWrittenTwice() throws IOException {
        List<Sweep.Member> members = members(new double[] {0.01}, 1, 2);
        Warehouse undisturbed = newWarehouse();
        sweep(undisturbed, members, ALL_TO_THE_END, 100);
        Warehouse warehouse = newWarehouse();
        for (String table : List.of("training_curve", "condition_accuracy")) {
            List<Row> rows = undisturbed
                    .read(ResultTables.BY_NAME.get(table))
                    .where("seed = 2")
                    .collectAsList();
            warehouse.append(ResultTables.BY_NAME.get(table), Set.of("run-2-0.01"), rows);
        }

        sweep(warehouse, members, ALL_TO_THE_END, 100);

        assertSameTables(warehouse, undisturbed);
    }

    /** As if a task had been killed between the network and the rows, or while the checkpoints were deleted. */
    @Test
    void filesOfRunsThatAreNotInTableRunsChangeNothing() throws IOException {
        List<Sweep.Member> members = members(new double[] {0.01}, 1, 2);
        Warehouse undisturbed = newWarehouse();
        sweep(undisturbed, members, ALL_TO_THE_END, 100);
        Warehouse warehouse = newWarehouse();
        Path left = Files.createDirectories(Path.of(warehouse.modelFolder("run-1-0.01"), "checkpoints/round-00000004"));
        Files.writeString(left.resolve("model.safetensors"), "half");
        Files.createDirectories(Path.of(warehouse.modelFolder("run-2-0.01")));
        Files.writeString(Path.of(warehouse.model("run-2-0.01")), "damaged", StandardOpenOption.CREATE_NEW);

        sweep(warehouse, members, ALL_TO_THE_END, 100);

        assertSameTables(warehouse, undisturbed);
        for (Sweep.Member member : members) {
            assertThat(model(warehouse, member.run())).isEqualTo(model(undisturbed, member.run()));
        }
        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    @Tag("long")
    void aRemovalThatWasBrokenOffIsCompletedFirst() throws IOException {
        List<Sweep.Member> members = members(new double[] {0.01}, 1, 2);
        Warehouse warehouse = newWarehouse();
        sweep(warehouse, members, ALL_TO_THE_END, 100);
        Files.createDirectories(Path.of(warehouse.removals()));
        Files.createFile(Path.of(warehouse.removals(), "run-2-0.01"));
        warehouse.delete("runs", List.of("run-2-0.01"));

        Watcher again = sweep(warehouse, members, ALL_TO_THE_END, 100);

        assertThat(again.missing).isEqualTo(1);
        assertThat(rows(warehouse, "runs")).hasSize(2);
        assertThat(rows(warehouse, "training_curve")).hasSize(12).doesNotHaveDuplicates();
        assertThat(Path.of(warehouse.removals())).isEmptyDirectory();
    }

    private static void assertSameTables(Warehouse warehouse, Warehouse expected) throws IOException {
        String[] byNature = {"started_at", "seconds", "model", "compute_ms", "overhead_ms"};
        for (String table : List.of("runs", "training_curve", "condition_accuracy", "sweep_runs")) {
            assertThat(rows(warehouse, table, byNature)).as(table).isEqualTo(rows(expected, table, byNature));
        }
    }

    @Test
    void moreSeedsTrainOnlyTheNewOnes() throws IOException {
        Warehouse warehouse = newWarehouse();
        sweep(warehouse, members(new double[] {0.01}, 1, 2), ALL_TO_THE_END, 100);

        Watcher more = sweep(warehouse, members(new double[] {0.01}, 1, 2, 3), ALL_TO_THE_END, 100);

        assertThat(more.heard).extracting(RunResult::seed).containsExactly(3L);
        assertThat(rows(warehouse, "sweep_runs")).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void halvingStopsTheWorseAndTheOthersGoOnToTheBitsOfAnUndisturbedRun() throws IOException {
        List<Sweep.Member> members = members(new double[] {1e-9, 0.001, 0.01, 1e30}, 1, 2);
        Warehouse undisturbed = newWarehouse();
        sweep(undisturbed, members, ALL_TO_THE_END, 100);
        Warehouse warehouse = newWarehouse();

        Watcher watcher = sweep(warehouse, members, new Halving(3, 0.5), 100);

        Map<String, String> statuses = statuses(warehouse);
        assertThat(statuses).hasSize(8);
        assertThat(statuses.values())
                .filteredOn(status -> status.startsWith("diverged"))
                .hasSize(2);
        assertThat(statuses.get("run-1-1.0E-9"))
                .isEqualTo("stopped 4 stopped at rung 1 of 3: other settings did better");
        assertThat(statuses.get("run-2-0.001"))
                .isEqualTo("stopped 6 stopped at rung 2 of 3: other settings did better");
        for (long seed = 1; seed <= 2; seed++) {
            RunSpec best = run(seed, 0.01, "");
            assertThat(statuses.get(best.runId())).isEqualTo("trained 12 ");
            assertThat(model(warehouse, best)).isEqualTo(model(undisturbed, best));
        }
        assertThat(Path.of(warehouse.modelFolder("run-1-1.0E-9"))).doesNotExist();
        assertThat(watcher.heard.stream().filter(RunResult::isPaused)).hasSize(6 + 4);

        Files.createDirectories(Path.of(warehouse.modelFolder("run-1-1.0E-9"), "checkpoints")); // killed before it went
        sweep(warehouse, members, new Halving(3, 0.5), 100);
        assertThat(Path.of(warehouse.modelFolder("run-1-1.0E-9"))).doesNotExist();
    }

    @Test
    void halvingBrokenOffAndRepeatedDecidesTheSame() throws IOException {
        List<Sweep.Member> members = members(new double[] {1e-9, 0.001, 0.01, 0.02}, 1, 2);
        Halving halving = new Halving(3, 0.5);
        Warehouse undisturbed = newWarehouse();
        sweep(undisturbed, members, halving, 100);

        for (int stopAfter : new int[] {6, 11}) {
            Warehouse warehouse = newWarehouse();
            sweep(warehouse, members, halving, stopAfter);
            sweep(warehouse, members, halving, 100);

            assertThat(statuses(warehouse)).as("stopped after %d", stopAfter).isEqualTo(statuses(undisturbed));
            assertSameTables(warehouse, undisturbed);
        }
    }

    @Test
    void aSweepThatStopsRunsCannotBeExtended() throws IOException {
        Warehouse warehouse = newWarehouse();
        Halving halving = new Halving(2, 0.5);
        sweep(warehouse, members(new double[] {0.01, 0.02}, 1), halving, 100);

        assertThatThrownBy(() -> sweep(warehouse, members(new double[] {0.01, 0.02}, 1, 2), halving, 100))
                .isInstanceOf(SweepChangedException.class)
                .hasMessageContaining("give it another name");
    }

    @Test
    void viewsSumUpOverSeeds() throws IOException {
        Warehouse warehouse = newWarehouse();
        sweep(warehouse, members(new double[] {1e-9, 0.02, 1e30}, 1, 2, 3), ALL_TO_THE_END, 100);
        for (SweepView view : SweepView.values()) {
            warehouse.registerView(view);
        }

        List<Row> leaders = SharedSpark.session()
                .sql("SELECT setting, trained, failed, efficiency, rank FROM leaderboard ORDER BY rank")
                .collectAsList();
        List<Row> means = SharedSpark.session()
                .sql("SELECT accuracy, bootstrap_low, bootstrap_high, seeds, failure_rate FROM setting_accuracy")
                .collectAsList();
        Row importance = SharedSpark.session()
                .sql("SELECT key, values, runs, variance_explained FROM setting_importance")
                .collectAsList()
                .get(0);

        assertThat(leaders).hasSize(3);
        assertThat(leaders.get(2).getString(0)).isEqualTo("rate=1.0E30");
        assertThat(leaders.get(2).getLong(1)).isZero();
        assertThat(leaders.get(2).getLong(2)).isEqualTo(3);
        assertThat(means).hasSize(6).allSatisfy(row -> {
            assertThat(row.getDouble(1)).isLessThanOrEqualTo(row.getDouble(0));
            assertThat(row.getDouble(2)).isGreaterThanOrEqualTo(row.getDouble(0));
            assertThat(row.getLong(3)).isEqualTo(3);
            assertThat(row.getDouble(4)).isZero();
        });
        assertThat(importance.getString(0)).isEqualTo("rate");
        assertThat(importance.getLong(1)).isEqualTo(2);
        assertThat(importance.getLong(2)).isEqualTo(6);
        assertThat(importance.getDouble(3)).isBetween(0.0, 1.0);
    }

    @Test
    void aWarehouseOfAnotherVersionIsNoticed() throws IOException {
        Warehouse warehouse = newWarehouse();
        warehouse.append(
                Table.named("runs")
                        .with("run_id", DataTypes.StringType, "", of -> null)
                        .with("mood", DataTypes.StringType, "", of -> null),
                "none",
                List.of());

        assertThat(TableVersions.ofAnother(warehouse)).containsExactly("runs: mood");
        assertThat(Files.exists(Path.of(warehouse.table("runs")))).isTrue();
    }
}
