package cohort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import cohort.network.Initialisation;
import cohort.network.Parameters;
import cohort.network.RecurrentNetwork;
import cohort.task.Batching;
import cohort.task.Split;
import cohort.task.TrialSource;
import cohort.training.HeldOutLoss;
import cohort.training.OuterStep;
import cohort.training.Schedule;
import cohort.training.TrainingSpec;
import cohort.warehouse.RunRows;
import cohort.warehouse.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What rounds report of losses, where most time steps have no weight and workers differ in how many have one. */
class AveragingRoundsTest {
    private static final int WORKERS = 3;
    private static final int STEPS = 60;
    private static final Batching BATCHING = new Batching(Batching.Form.WINDOWS, 2, 3, List.of(0.0, 0.0, 0.0, 0.5));

    @Test
    void lossOfARoundIsThatOfItsCountedTimeSteps() throws IOException {
        List<RoundReport> rounds = rounds(plan(4));

        List<double[]> all = new ArrayList<>();
        for (RoundReport round : rounds) {
            List<double[]> sums = heldOut(round.step() - 4, round.step());
            all.addAll(sums);
            assertThat(round.loss()).isCloseTo(HeldOutTrials.mean(sums), withinPercentage(1e-4));
        }
        assertThat(rounds).hasSize(STEPS / 4);
        assertThat(all.stream().mapToDouble(sums -> sums[1]).distinct().count())
                .as("different weights")
                .isGreaterThan(3);
    }

    @Test
    void roundInWhichNothingCountsHasNoLossInTheTables() throws IOException {
        TrainingPlan plan = plan(1);
        List<RoundReport> rounds = rounds(plan);
        RunRows rows =
                new RunRows(new RunSpec("run", "run", plan, Initialisation.PYTORCH, "", Until.THE_END, null, ""), "");

        List<Row> curve = rows.curve(rounds);

        double last = 0;
        int empty = 0;
        for (int round = 0; round < STEPS; round++) {
            Row row = curve.get(round);
            boolean counts = heldOut(round, round + 1).stream().anyMatch(sums -> sums[1] > 0);
            assertThat(row.isNullAt(Tables.TRAINING_CURVE.schema().fieldIndex("loss")))
                    .isEqualTo(!counts);
            assertThat(row.isNullAt(Tables.TRAINING_CURVE.schema().fieldIndex("gradient_norm")))
                    .isEqualTo(!counts);
            last = counts ? rounds.get(round).loss() : last;
            empty += counts ? 0 : 1;
        }
        assertThat(empty).isBetween(1, STEPS - 1);
        for (int done = STEPS; done > STEPS - 10; done--) { // some of these end in a round in which nothing counts
            Row run = rows.run(
                    RunRows.End.withoutModel(RunStatus.STOPPED, "", done, rounds.subList(0, done), Double.NaN));
            assertThat(run.isNullAt(Tables.RUNS.schema().fieldIndex("training_loss")))
                    .isFalse();
        }
        Row run = rows.run(RunRows.End.withoutModel(RunStatus.STOPPED, "", STEPS, rounds, Double.NaN));
        assertThat(run.getDouble(Tables.RUNS.schema().fieldIndex("training_loss")))
                .isEqualTo(last);
    }

    @Test
    void anOuterStepThatOverflowsIsNoticedAlsoInTheLastRound() throws IOException {
        TrainingSpec longer = Experiments.training(10, 1);
        TrainingPlan plan = new TrainingPlan(
                Experiments.SEED,
                Experiments.task(),
                Experiments.batching(Batching.Form.WINDOWS),
                Experiments.network(),
                new TrainingSpec(
                        1,
                        longer.loss(),
                        longer.reduction(),
                        longer.optimizer(),
                        new Schedule(1e36, Schedule.Shape.CONSTANT, 0, 1, 1),
                        longer.clipping()),
                2,
                1,
                new OuterStep(1000, 0));

        TrainingOutcome outcome = AveragingRounds.run(
                plan, Experiments.initialState(plan), new SerialRounds(plan, new Workspaces()), state -> true);

        assertThat(outcome.state().round()).isZero();
        assertThat(outcome.divergence().orElseThrow().describe())
                .matches("outer step at step 1: loss [\\d.]+, .* learning rate 1000");
        assertThat(outcome.divergence().orElseThrow().rateKey()).isEqualTo("averaging.outer.learning-rate");
    }

    /** A learning rate so small that no weight changes. */
    private static TrainingPlan plan(int localSteps) {
        return new TrainingPlan(
                Experiments.SEED,
                Experiments.task(),
                BATCHING,
                Experiments.network(),
                Experiments.training(STEPS, 1e-30),
                WORKERS,
                localSteps,
                OuterStep.PLAIN);
    }

    private static List<RoundReport> rounds(TrainingPlan plan) throws IOException {
        return AveragingRounds.run(
                        plan, Experiments.initialState(plan), new SerialRounds(plan, new Workspaces()), state -> true)
                .state()
                .rounds();
    }

    /** Weighted sum of the loss, and sum of the weights, of every worker's steps from one on to another. */
    private static List<double[]> heldOut(long from, long to) {
        Parameters parameters = Experiments.initial();
        TrialSource trials = Experiments.task().trials(Experiments.SEED, Split.TRAIN);
        List<double[]> sums = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            RecurrentNetwork network = new RecurrentNetwork(parameters.spec(), 3, 2);
            network.load(parameters);
            HeldOutLoss loss = new HeldOutLoss(
                    network, Experiments.training(STEPS, 1).loss(), BATCHING.open(trials, worker, WORKERS));
            for (long step = from; step < to; step++) {
                sums.add(loss.evaluate(step));
            }
        }
        return sums;
    }
}
