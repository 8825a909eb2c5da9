package cohort.run;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.evaluation.EvaluationSpec;
import cohort.network.Initialisation;
import cohort.network.Parameters;
import cohort.storage.Fence;
import cohort.storage.Files;
import cohort.task.Batching;
import cohort.task.ChoiceRule;
import cohort.task.Split;
import cohort.training.OuterStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two workers of a small network, in twenty rounds of two steps, on the calling thread. */
class RunMachineTest {
    private static final int ROUNDS = 20;
    private static final TrainingPlan PLAN = new TrainingPlan(
            Experiments.SEED,
            Experiments.task(),
            Experiments.batching(Batching.Form.TRIALS),
            Experiments.network(),
            Experiments.training(2 * ROUNDS, 0.02),
            2,
            2,
            OuterStep.PLAIN);

    @TempDir
    private Path folder;

    private final RunEngine.Slot engine = new RunEngine.Slot();

    /** Keeps everything; breaks off after some rounds. */
    private static final class Watcher implements RunMachine.Watcher {
        final List<TrainingState> states = new ArrayList<>();
        final List<Stage> stages = new ArrayList<>();
        private final int most;

        Watcher(int most) {
            this.most = most;
        }

        @Override
        public boolean afterRound(TrainingState state) {
            states.add(state);
            return states.size() < most;
        }

        @Override
        public void stage(Stage stage) {
            stages.add(stage);
        }
    }

    private static RunSpec run(Until until, int every) {
        EvaluationSpec evaluation = new EvaluationSpec(150, ChoiceRule.LAST_STEP, 0.9, 600, every);
        return new RunSpec("r", "r", PLAN, Initialisation.PYTORCH, "", until, evaluation, "");
    }

    private RunMachine.Carried carry(RunSpec run, TrainingState from, Watcher watcher) throws IOException {
        return new RunMachine<>(run, engine, watcher).train(from);
    }

    private static TrainingState first() {
        return Experiments.initialState(PLAN);
    }

    private static Parameters network(TrainingState state) {
        return new Parameters(PLAN.network(), state.learner().parameters());
    }

    /** The figure after a round, looked at by other means. */
    private double figure(Until.Figure figure, TrainingState state) {
        RunSpec run = run(Until.THE_END, 0);
        HeldOutTrials heldOut = new HeldOutTrials(run, network(state), new Workspaces());
        return switch (figure) {
            case NONE -> 0;
            case LOSS -> -heldOut.loss();
            case EFFICIENCY -> heldOut.tally(Split.VALIDATION).overall().efficiency();
            case ACCURACY -> heldOut.tally(Split.VALIDATION).overall().accuracy();
            case WORST_CONDITION ->
                heldOut
                        .tally(Split.VALIDATION)
                        .perCondition()
                        .tailMap(
                                heldOut.tally(Split.VALIDATION).perCondition().firstKey(),
                                false) // at a coherence of 0 nobody can do better than chance
                        .values()
                        .stream()
                        .mapToDouble(Accuracy::accuracy)
                        .min()
                        .orElseThrow();
        };
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aTrainingEndsAtTheFirstLookAtWhichItsFigureHasReachedTheBound(Until.Figure figure) throws IOException {
        Watcher whole = new Watcher(ROUNDS);
        carry(run(Until.THE_END, 0), first(), whole);
        double[] figures = whole.states.stream()
                .mapToDouble(state -> figure(figure, state))
                .toArray();
        double bound = figures[8]; // of round 9, at which it looks
        int expected = 3;
        while (figures[expected - 1] < bound) {
            expected += 3;
        }
        Until until = new Until(figure, figure == Until.Figure.LOSS ? -bound : bound, 3);

        Watcher watcher = new Watcher(ROUNDS);
        RunMachine.Carried carried = carry(run(until, 0), first(), watcher);

        assertThat(carried.status()).isEqualTo(RunStatus.TRAINED);
        assertThat(carried.state().round()).isEqualTo(expected).isLessThanOrEqualTo(9);
        assertThat(carried.state().learner().step()).isEqualTo(2L * expected);
        assertThat(network(carried.state()).values())
                .isEqualTo(network(whole.states.get(expected - 1)).values());
    }

    /** Who is killed between the look and the end finds out again, and trains no further. */
    @Test
    void aStateThatHasReachedTheBoundGoesNoFurther() throws IOException {
        Watcher whole = new Watcher(ROUNDS);
        carry(run(Until.THE_END, 0), first(), whole);
        Until until = new Until(Until.Figure.LOSS, 100, 4);

        assertThat(carry(run(until, 0), whole.states.get(7), new Watcher(ROUNDS))
                        .state()
                        .round())
                .isEqualTo(8);
        assertThat(carry(run(until, 0), whole.states.get(8), new Watcher(ROUNDS))
                        .state()
                        .round())
                .as("it looks after every fourth round")
                .isEqualTo(12);
    }

    @Test
    void stagesAreTestsOfTheNetworksBetween() throws IOException {
        Watcher watcher = new Watcher(ROUNDS);

        RunMachine.Carried carried = carry(run(Until.THE_END, 5), first(), watcher);

        assertThat(carried.state().round()).isEqualTo(ROUNDS);
        assertThat(watcher.stages).extracting(Stage::step).as("not at the end").containsExactly(10L, 20L, 30L);
        Stage second = Stage.of(20, engine.accuracy(run(Until.THE_END, 5), network(watcher.states.get(9)), Split.TEST));
        assertThat(watcher.stages.get(1)).isEqualTo(second);
    }

    @Test
    void whoBreaksOffFindsItPausedAndGoesOnToTheSameBits() throws IOException {
        RunSpec run = run(Until.THE_END, 0);
        RunMachine.Carried whole = carry(run, first(), new Watcher(ROUNDS));

        RunMachine.Carried half = carry(run, first(), new Watcher(7));
        RunMachine.Carried rest = carry(run, half.state(), new Watcher(ROUNDS));

        assertThat(half.status()).isEqualTo(RunStatus.PAUSED);
        assertThat(rest.status()).isEqualTo(RunStatus.TRAINED);
        assertThat(network(rest.state()).values())
                .isEqualTo(network(whole.state()).values());
    }

    @Test
    void stagesAreKeptInTheRunsFolderUntilItEnds() throws IOException {
        RunSpec run = run(Until.THE_END, 5);
        RunFolder files = new RunFolder(
                new Files(new Configuration()), Fence.NONE, folder.resolve("r").toString(), run);
        Watcher watcher = new Watcher(ROUNDS);
        TrainingState end = carry(run, first(), watcher).state();
        for (Stage stage : watcher.stages) {
            files.writeStage(stage);
        }
        files.writeStage(watcher.stages.get(0)); // whoever goes on from a checkpoint comes by again
        AccuracyTally tested = engine.accuracy(run, network(end), Split.TEST);
        Stage last = Stage.of(40, tested);

        List<Stage> all = new ArrayList<>(watcher.stages);
        all.add(last);
        assertThat(files.stages(end, tested)).isEqualTo(all);
        TrainingState earlier = watcher.states.get(11);
        assertThat(files.stages(earlier, tested))
                .extracting(Stage::step)
                .as("what came after the end of a shorter training is left out")
                .containsExactly(10L, 20L, 24L);
        files.deleteCheckpoints();
        assertThat(files.stages(end, tested)).containsExactly(last);
    }
}
