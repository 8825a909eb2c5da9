package cohort.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.evaluation.EvaluationSpec;
import cohort.network.Activation;
import cohort.network.CellKind;
import cohort.network.Initialisation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.run.Experiments;
import cohort.run.RunSpec;
import cohort.run.RunStatus;
import cohort.run.TrainingPlan;
import cohort.run.Until;
import cohort.storage.ModelFile;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.training.Clipping;
import cohort.training.Loss;
import cohort.training.Optimizer;
import cohort.training.OuterStep;
import cohort.training.Reduction;
import cohort.training.Schedule;
import cohort.training.TrainingSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RunRowsTest {
    private static RunSpec run(CellKind cell, int layers, Optimizer optimizer, String initialModel) {
        NetworkSpec network = new NetworkSpec(4, 9, layers, 4, cell.of(0.2, Activation.SOFTPLUS, RecurrentBias.ONE));
        TrainingSpec training = new TrainingSpec(
                30,
                Loss.MEAN_SQUARED_ERROR,
                Reduction.SUM,
                optimizer,
                new Schedule(3e-4, Schedule.Shape.COSINE, 5, 30, 0),
                new Clipping(Clipping.Mode.NONE, 1));
        TrainingPlan plan = new TrainingPlan(
                8,
                Experiments.task(),
                Experiments.batching(Batching.Form.WINDOWS),
                network,
                training,
                3,
                10,
                new OuterStep(1, 0));
        EvaluationSpec evaluation = new EvaluationSpec(10, ChoiceRule.LAST_STEP, 0.9, 10, 0);
        return new RunSpec(
                "r", "name", plan, Initialisation.PYTORCH, initialModel, Until.THE_END, evaluation, "seed = 8");
    }

    /** The columns that say what was trained, of a row that fits the table. */
    private static Map<String, Object> described(Row row) {
        assertThat(row.size()).isEqualTo(Tables.RUNS.schema().size());
        return Stream.of("cell", "layers", "hidden", "activation", "optimizer", "learning_rate", "initial_model")
                .collect(Collectors.toMap(name -> name, name -> String.valueOf(get(row, name))));
    }

    private static Object get(Row row, String column) {
        return row.get(Tables.RUNS.schema().fieldIndex(column));
    }

    private static RunRows.End ended(RunStatus status) {
        return new RunRows.End(
                status, "", 30, List.of(), Optional.of("m.safetensors"), Optional.of("abc"), Optional.empty(), 0.5);
    }

    @Test
    void aRowSaysWhatWasTrained() {
        RunSpec leaky = run(CellKind.LEAKY, 2, new Optimizer.Adam(0.9, 0.999, 1e-8, 0.01), "");

        Row row = new RunRows(leaky, "versions").run(ended(RunStatus.TRAINED));

        assertThat(described(row))
                .isEqualTo(Map.of(
                        "cell", "leaky",
                        "layers", "2",
                        "hidden", "9",
                        "activation", "softplus",
                        "optimizer", "adamw",
                        "learning_rate", "3.0E-4",
                        "initial_model", "null"));
        assertThat(get(row, "model_digest")).isEqualTo("abc");
        assertThat(get(row, "initial_model_digest")).isNull();
        assertThat(get(row, "commit")).isEqualTo(SourceCommit.ofThisBuild().orElse(null));
    }

    @Test
    void aTrainingThatGoesOnFromAModelNamesIt() {
        RunSpec gru = run(CellKind.GRU, 1, new Optimizer.Sgd(0), "parent.safetensors");
        Parameters parent = new Parameters(gru.plan().network());
        parent.values()[3] = 0.25f;
        RunRows rows = new RunRows(gru, "versions");
        rows.beginWith(parent);

        Row row = rows.run(RunRows.End.withoutModel(RunStatus.DIVERGED, "why", 3, List.of(), Double.NaN));

        assertThat(described(row))
                .containsEntry("cell", "gru")
                .containsEntry("activation", "null")
                .containsEntry("optimizer", "sgd")
                .containsEntry("initial_model", "parent.safetensors");
        assertThat(get(row, "initial_model_digest")).isEqualTo(ModelFile.digest(parent));
        assertThat(get(row, "model_digest")).isNull();
        assertThat(get(row, "model")).isNull();
    }

    @Test
    void whatWasNotTrainedHereHasNoOptimizer() {
        RunSpec lstm = run(CellKind.LSTM, 1, new Optimizer.Adam(0.9, 0.999, 1e-8, 0), "parent.safetensors");

        Row row = new RunRows(lstm, "versions").run(ended(RunStatus.EVALUATED));

        assertThat(described(row))
                .containsEntry("cell", "lstm")
                .containsEntry("optimizer", "null")
                .containsEntry("learning_rate", "null")
                .containsEntry("initial_model", "null");
    }
}
