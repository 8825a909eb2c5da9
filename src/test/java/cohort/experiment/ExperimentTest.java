package cohort.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.cluster.EvaluationJob;
import cohort.cluster.Execution;
import cohort.cluster.ParameterAveraging;
import cohort.cluster.SharedSpark;
import cohort.config.UserError;
import cohort.network.Parameters;
import cohort.run.TrainingState;
import cohort.warehouse.TestTables;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a notebook does, beside what the commands do. */
@Tag("spark")
class ExperimentTest {
    private final Experiment experiment =
            Experiment.of("conf/notebook-adam.conf", "network.hidden=20", "training.steps=70", "evaluation.trials=250");

    private Parameters trained() throws IOException {
        Trainer trainer = experiment.trainer(experiment.network());
        trainer.train(30);
        trainer.train(40);
        assertThat(trainer.step()).isEqualTo(70);
        return trainer.network();
    }

    @Test
    void theTrainerGivesTheBitsOfTheCommand() throws IOException {
        var plan = experiment.configuration().plan();
        TrainingState first =
                TrainingState.initial(experiment.network(), plan.training().optimizer());
        TrainingState end = ParameterAveraging.generating(SharedSpark.context(), plan, Execution.ANY)
                .run(first, state -> true)
                .state();

        assertThat(trained().values()).isEqualTo(end.learner().parameters());
    }

    @Test
    void trainingLowersTheLossAndLeavesTheFirstNetworkAlone() throws IOException {
        Parameters first = experiment.network();
        float[] before = first.values().clone();
        Trainer trainer = experiment.trainer(first);

        double beginning = trainer.train(10);
        trainer.train(50);

        assertThat(trainer.train(10)).isLessThan(0.5 * beginning);
        assertThat(first.values()).isEqualTo(before);
    }

    @Test
    void outcomesAreTheRowsOfTheTable() throws IOException {
        Parameters network = trained();

        Dataset<Row> outcomes = experiment.outcomes(SharedSpark.session(), network);

        assertThat(outcomes.schema()).isEqualTo(TestTables.TRIAL_OUTCOMES.schema());
        assertThat(outcomes.count()).isEqualTo(250);
        double accuracy = outcomes.where("conditions['coherence'] > 0")
                .agg(functions.avg(functions.col("correct").cast("double")))
                .first()
                .getDouble(0);
        try (EvaluationJob job = new EvaluationJob(
                SharedSpark.context(), experiment.configuration().spec(), network)) {
            assertThat(accuracy).isCloseTo(job.accuracy().tally().overall().accuracy(), within(1e-12));
        }
    }

    @Test
    void mistakesAreTold() {
        assertThatThrownBy(() -> Experiment.of("conf/none.conf"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.conf");
        assertThatThrownBy(() -> Experiment.of("conf/notebook-adam.conf", "network.hiden=3"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("network.hidden");
        assertThatThrownBy(() -> {
                    Experiment wild = Experiment.of("conf/notebook-adam.conf", "training.optimizer.learning-rate=1e35");
                    wild.trainer(wild.network()).train(20);
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("step");
    }
}
