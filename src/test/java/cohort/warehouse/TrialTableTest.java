package cohort.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.cluster.Execution;
import cohort.cluster.ParameterAveraging;
import cohort.cluster.SharedSpark;
import cohort.run.Experiments;
import cohort.run.TrainingOutcome;
import cohort.run.TrainingPlan;
import cohort.task.Batching;
import cohort.task.Duration;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.task.library.decision.PerceptualDecisionMaking;
import cohort.task.parts.FixationMode;
import cohort.training.OuterStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class TrialTableTest {
    @TempDir
    private static Path folder;

    /** 200 trials, whole and as conditions. */
    private static TrialTable trials;

    private static TrialTable conditions;

    @BeforeAll
    static void generate() {
        trials = generate("trials", 200, false, 3);
        conditions = generate("conditions", 200, true, 2);
    }

    private static TrialTable generate(String name, long trials, boolean conditionsOnly, int partitions) {
        TrialTable table =
                new TrialTable(SharedSpark.session(), folder.resolve(name).toString());
        table.generate(Experiments.task(), Experiments.SEED, Split.TRAIN, trials, conditionsOnly, partitions);
        return table;
    }

    private static Dataset<Row> read(String name) {
        return SharedSpark.session()
                .read()
                .format("delta")
                .load(folder.resolve(name).toString())
                .orderBy("trial");
    }

    private static TrainingOutcome train(TrainingPlan plan, ParameterAveraging averaging) throws IOException {
        return averaging.run(Experiments.initialState(plan), state -> true);
    }

    @Test
    void sameRowsForAnyNumberOfPartitions() {
        generate("one", 101, false, 1);
        generate("seven", 101, false, 7);

        List<Row> rows = read("one").collectAsList();
        assertThat(rows).hasSize(101);
        assertThat(read("seven").collectAsList()).isEqualTo(rows);
    }

    @Test
    void aRowIsTheTrialOfItsSeedSplitAndIndex() {
        TrialSource source = Experiments.task().trials(Experiments.SEED, Split.TRAIN);
        Trial trial = new Trial(source.signature());

        for (Row row : read("trials").limit(12).collectAsList()) {
            source.read(row.getAs("trial"), trial);
            assertThat(row.<Integer>getAs("answer")).isEqualTo(trial.answer());
            assertThat(row.<String>getAs("condition"))
                    .isEqualTo(trial.condition().label());
            assertThat(row.<String, Double>getJavaMap(row.fieldIndex("conditions")))
                    .isEqualTo(trial.condition().asMap());
            List<Integer> ends = row.getList(row.fieldIndex("period_ends"));
            assertThat(ends).hasSize(4).endsWith(trial.steps());
            requireSame(row, "inputs", trial.inputs(), trial.steps() * 4);
            requireSame(row, "targets", trial.targets(), trial.steps() * 4);
            requireSame(row, "weights", trial.weights(), trial.steps());
        }
    }

    private static void requireSame(Row row, String column, float[] expected, int size) {
        List<Float> values = row.getList(row.fieldIndex(column));
        assertThat(values).hasSize(size);
        for (int i = 0; i < size; i++) {
            assertThat(values.get(i)).isEqualTo(expected[i]);
        }
    }

    @Test
    void everyColumnSaysWhatItIs() {
        for (var field : read("trials").schema().fields()) {
            assertThat(field.getComment().isDefined()).as(field.name()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Batching.Form.class)
    void trainingOnATableGivesTheBitsOfTrainingOnTheFly(Batching.Form form) throws IOException {
        TrainingPlan plan = Experiments.plan(form, 2, 4, OuterStep.PLAIN);

        TrainingOutcome read =
                train(plan, ParameterAveraging.on(SharedSpark.context(), plan, Execution.ANY, trials.shards(plan)));
        TrainingOutcome generated =
                train(plan, ParameterAveraging.generating(SharedSpark.context(), plan, Execution.ANY));

        assertThat(read.state().learner().parameters())
                .isEqualTo(generated.state().learner().parameters());
    }

    @Test
    void aTableOfConditionsIsEnoughToTrainOn() throws IOException {
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, 2, 4, OuterStep.PLAIN);

        TrainingOutcome read =
                train(plan, ParameterAveraging.on(SharedSpark.context(), plan, Execution.ANY, conditions.shards(plan)));
        TrainingOutcome generated =
                train(plan, ParameterAveraging.generating(SharedSpark.context(), plan, Execution.ANY));

        assertThat(read.state().learner().parameters())
                .isEqualTo(generated.state().learner().parameters());
        assertThat(read("conditions").where("inputs is not null").isEmpty()).isTrue();
    }

    @Test
    void tooFewTrialsAreRefusedWithTheNumberNeeded() {
        TrainingPlan plan = Experiments.plan(Batching.Form.TRIALS, 2, 4, OuterStep.PLAIN);
        TrialTable table = generate("few", 59, false, 1);

        assertThatThrownBy(() -> ParameterAveraging.on(SharedSpark.context(), plan, Execution.ANY, table.shards(plan)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds 59")
                .hasMessageContaining("may need 60");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTableOfAnotherTaskIsRefused(boolean conditionsOnly) {
        PerceptualDecisionMaking task = Experiments.task();
        PerceptualDecisionMaking other = new PerceptualDecisionMaking(
                task.dtMillis(),
                task.ringSize(),
                task.coherencesPercent(),
                task.sigma(),
                FixationMode.FIXATION_ONLY,
                new Duration.Constant(80),
                task.stimulus(),
                task.delay(),
                task.decision());
        TrialTable table = new TrialTable(
                SharedSpark.session(), folder.resolve("other " + conditionsOnly).toString());
        table.generate(other, Experiments.SEED, Split.TRAIN, 200, conditionsOnly, 2);
        TrainingPlan plan = Experiments.plan(Batching.Form.WINDOWS, 2, 4, OuterStep.PLAIN);

        assertThatThrownBy(() -> ParameterAveraging.on(SharedSpark.context(), plan, Execution.ANY, table.shards(plan)))
                .hasMessageContaining("other task settings");
    }
}
