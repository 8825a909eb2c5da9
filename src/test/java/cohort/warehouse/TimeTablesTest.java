package cohort.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.evaluation.AccuracyTally;
import cohort.evaluation.NoiseTally;
import cohort.evaluation.TrialOutcome;
import cohort.network.Parameters;
import cohort.run.HeldOutTrials;
import cohort.run.RunConfiguration;
import cohort.run.RunSpec;
import cohort.run.Stage;
import cohort.run.Workspaces;
import cohort.task.Answer;
import cohort.task.Condition;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Split;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TimeTablesTest {
    private static RunSpec run(String... settings) {
        List<String> all = new ArrayList<>(List.of("network.hidden=7", "evaluation.trials=250"));
        all.addAll(List.of(settings));
        return RunConfiguration.of(Settings.defaults(all)).spec();
    }

    private static final RunSpec REACTION_TIME =
            run("task.kind=perceptual-decision-reaction-time", "task.timing.stimulus=400");

    private static Object get(Row row, StructType schema, String column) {
        return row.get(schema.fieldIndex(column));
    }

    private static Object time(Row row, String column) {
        return get(row, TimeTables.RESPONSE_TIMES.schema(), column);
    }

    private static void add(AccuracyTally tally, double coherence, boolean correct, double millis) {
        Condition condition =
                new Condition(REACTION_TIME.plan().task().signature().factors(), coherence);
        Answer given = new Answer(correct ? 1 : 2, Double.NaN, 100 + millis, correct);
        tally.add(new TrialOutcome(0, condition, 25, 1, given, millis, coherence == 0 ? 0.5 : 0.9));
    }

    @Test
    void rowsAreOfStagesConditionsAndRightAndWrongAnswersBesideTheBound() {
        AccuracyTally tally = new AccuracyTally(0.5);
        add(tally, 0, true, 200);
        add(tally, 0, false, 240);
        add(tally, 6.4, true, 80);
        add(tally, 6.4, true, 120);

        List<Row> rows = new RunRows(REACTION_TIME, "v")
                .responseTimes(List.of(Stage.of(10, new AccuracyTally(0.5)), Stage.of(20, tally)));

        assertThat(rows).hasSize(3).allMatch(row -> time(row, "step").equals(20L));
        assertThat(rows)
                .extracting(row -> time(row, "condition"))
                .containsExactly("coherence=0", "coherence=0", "coherence=6.4");
        assertThat(rows).extracting(row -> time(row, "correct")).containsExactly(true, false, true);
        assertThat(rows).extracting(row -> time(row, "mean_ms")).containsExactly(200.0, 240.0, 100.0);
        assertThat(rows).extracting(row -> time(row, "sd_ms")).startsWith(null, null);
        assertThat((double) time(rows.get(0), "bound_ms"))
                .isCloseTo(
                        (double) time(rows.get(1), "bound_ms"),
                        within(1e-9)); // of no evidence right and wrong are alike
        double mean = ((double) time(rows.get(0), "bound_ms") + (double) time(rows.get(2), "bound_ms")) / 2;
        assertThat(mean).as("nearly all answers are right").isCloseTo(160, within(10.0));
        assertThat((double) time(rows.get(0), "bound_accuracy")).isCloseTo(0.5, within(1e-9));
        assertThat((double) time(rows.get(2), "bound_accuracy")).isBetween(0.7, 1.0);
    }

    @Test
    void withoutAResponseTimeThereAreNoRows() {
        RunSpec lastStep = run("task.timing.stimulus=200");
        AccuracyTally tally = tested(lastStep);

        assertThat(tally.perCondition()).isNotEmpty();
        assertThat(new RunRows(lastStep, "v").responseTimes(List.of(Stage.of(20, tally))))
                .isEmpty();
    }

    /** An untrained network's largest probability is above a third at each step; the delayed task's decision has 5 steps. */
    @Test
    void anyTaskWithAnOutputForEachChoiceHasResponseTimesByFirstCrossing() {
        RunSpec crossing =
                run("task.timing.stimulus=200", "evaluation.choice=first-crossing", "evaluation.threshold=0.2");
        List<Row> rows = new RunRows(crossing, "v").responseTimes(List.of(Stage.of(20, tested(crossing))));

        assertThat(rows).isNotEmpty().allMatch(row -> time(row, "mean_ms").equals(0.0));
        assertThat(rows).allMatch(row -> time(row, "bound_ms") == null);
    }

    @Test
    void timingTasksAndSongsReactionTimesHaveThemWithoutARule() {
        for (String kind : List.of("ready-set-go", "song-rdm-rt")) {
            assertThat(run("task.kind=" + kind).response().timedFrom()).as(kind).isPresent();
        }
        assertThat(run("task.kind=song-mante").response().timedFrom()).isEmpty();
    }

    private static Parameters first(RunSpec run) {
        Parameters parameters = new Parameters(run.plan().network());
        run.initialisation().draw(parameters, RandomStreams.of(1, Purpose.INITIALISATION, 0));
        return parameters;
    }

    private static AccuracyTally tested(RunSpec run) {
        return new HeldOutTrials(run, first(run), new Workspaces()).tally(Split.TEST);
    }

    @Test
    void kernelsAreOfTheNoiseBeforeEachChoice() {
        RunSpec run = run("task.timing.stimulus=200", "task.coherences=[0, 51.2]");
        HeldOutTrials heldOut = new HeldOutTrials(run, first(run), new Workspaces());
        NoiseTally noise = heldOut.noise(heldOut.evaluator(), 0, 250);
        noise.merge(heldOut.noise(heldOut.evaluator(), 1, 250));
        noise.merge(heldOut.noise(heldOut.evaluator(), 2, 250));

        StructType schema = TimeTables.PSYCHOPHYSICAL_KERNELS.schema();
        List<Row> rows = new RunRows(run, "v").kernels(noise);

        assertThat(rows).isNotEmpty().allMatch(row -> get(row, schema, "input").equals("stimulus"));
        long trials = rows.stream()
                .filter(row -> get(row, schema, "time_ms").equals(180.0)
                        && get(row, schema, "channel").equals(2))
                .mapToLong(row -> (long) get(row, schema, "trials"))
                .sum();
        assertThat(trials).isEqualTo(250);
        assertThat(rows).extracting(row -> get(row, schema, "time_ms")).doesNotContain(200.0);
    }
}
