package cohort.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.cluster.SharedSpark;
import cohort.evaluation.AccuracyTally;
import cohort.evaluation.EvaluationSpec;
import cohort.network.Initialisation;
import cohort.network.Parameters;
import cohort.run.Experiments;
import cohort.run.RunEngine;
import cohort.run.RunSpec;
import cohort.run.RunStatus;
import cohort.run.Stage;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import cohort.run.Until;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Split;
import cohort.training.OuterStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskViewsTest {
    private static final TrainingPlan PLAN = Experiments.plan(Batching.Form.TRIALS, 1, 1, OuterStep.PLAIN);
    private static final RunSpec RUN = new RunSpec(
            "r",
            "r",
            PLAN,
            Initialisation.PYTORCH,
            "",
            Until.THE_END,
            new EvaluationSpec(90, ChoiceRule.LAST_STEP, 0.9, 60, 1),
            "seed = 5");

    @TempDir
    private Path folder;

    @Test
    void viewsShowWhatARunCameToAndTheTableItsStages() throws IOException {
        Warehouse warehouse = new Warehouse(SharedSpark.session(), folder.toString());
        TrainingState state = Experiments.initialState(PLAN);
        Parameters network = new Parameters(PLAN.network(), state.learner().parameters());
        AccuracyTally tally = new RunEngine.Slot().accuracy(RUN, network, Split.TEST);
        RunRows rows = new RunRows(RUN, "versions");
        warehouse.append(Tables.TASKS, "r", rows.tasks());
        warehouse.append(
                TestTables.CONDITION_ACCURACY, "r", rows.accuracy(List.of(Stage.of(4, tally), Stage.of(10, tally))));
        warehouse.append(
                Tables.RUNS,
                "r",
                List.of(rows.run(RunRows.End.withoutModel(RunStatus.STOPPED, "", 10, List.of(), 0.5))));

        warehouse.registerTables(warehouse.tables());
        new TaskViews(warehouse).register();

        assertThat(query("SELECT count(*), count(DISTINCT step) FROM condition_accuracy"))
                .extracting(Row::mkString)
                .containsExactly("62");
        for (String view : List.of("coherence_accuracy", "perceptual_decision_making_accuracy")) {
            assertThat(query("SELECT step, coherence, trials FROM " + view + " ORDER BY coherence"))
                    .extracting(row -> row.getLong(0) + " " + row.getDouble(1))
                    .as(view)
                    .containsExactly("10 0.0", "10 25.6", "10 51.2");
        }
    }

    private static List<Row> query(String sql) {
        return SharedSpark.session().sql(sql).collectAsList();
    }
}
