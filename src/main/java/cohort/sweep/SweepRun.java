package cohort.sweep;

import cohort.cluster.Failures;
import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.linalg.BlasInfo;
import cohort.network.Parameters;
import cohort.run.FirstParameters;
import cohort.run.RoundReport;
import cohort.run.RunEngine;
import cohort.run.RunFolder;
import cohort.run.RunMachine;
import cohort.run.RunSpec;
import cohort.run.RunStatus;
import cohort.run.RunTest;
import cohort.run.Stage;
import cohort.run.TrainingState;
import cohort.storage.Fence;
import cohort.storage.Files;
import cohort.warehouse.RunRows;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.util.SerializableConfiguration;

/** One run of a sweep, from its first round or its newest checkpoint to its rows. Whatever goes wrong becomes its status. */
final class SweepRun<T extends RunTest> implements RunMachine.Watcher {
    /** A run that takes longer than this has a checkpoint as often, so that nobody waits for it twice. */
    private static final long CHECKPOINT_NANOS = 60_000_000_000L;

    private final Setup setup;
    private final RunEngine<T> engine;
    private final BooleanSupplier goesOn;
    private final SweepLeg leg;
    private final RunSpec run;
    private final RunFolder folder;
    private final RunRows rows;
    private final long started = System.nanoTime();
    private long saved = started;
    private long trainingNanos;
    private long evaluationNanos;

    /**
     * What all runs of a sweep have in common.
     *
     * @param hadoop settings of the file systems
     * @param fence is asked before anything is written
     * @param models folder of the runs' folders
     * @param versions versions of Cohort, Java and Spark
     * @param timeLimitSeconds after which a run is given up
     * @param blas the BLAS every executor must have, or null if any will do
     * @param firstParameters what runs begin with
     */
    record Setup(
            SerializableConfiguration hadoop,
            Fence fence,
            String models,
            String versions,
            double timeLimitSeconds,
            BlasInfo blas,
            FirstParameters firstParameters)
            implements Serializable {
        Files files() {
            return new Files(hadoop.value());
        }
    }

    /**
     * Does a leg of a run.
     *
     * @param goesOn is asked after each round; false: somebody asked to stop
     */
    static <T extends RunTest> RunResult of(Setup setup, RunEngine<T> engine, SweepLeg leg, BooleanSupplier goesOn)
            throws IOException {
        return new SweepRun<>(setup, engine, leg, goesOn).run();
    }

    private SweepRun(Setup setup, RunEngine<T> engine, SweepLeg leg, BooleanSupplier goesOn) {
        this.setup = setup;
        this.engine = engine;
        this.goesOn = goesOn;
        this.leg = leg;
        this.run = leg.run();
        this.folder = new RunFolder(setup.files(), setup.fence(), setup.models() + "/" + run.runId(), run);
        this.rows = new RunRows(run, setup.versions());
    }

    /** Trains on to the end of the leg, evaluates and stores. */
    private RunResult run() throws IOException {
        RunMachine<T> machine = new RunMachine<>(run, engine, this);
        RunMachine.Carried carried;
        double loss;
        Optional<AccuracyTally> tally = Optional.empty();
        try {
            carried = machine.train(from(), leg.until());
            trainingNanos = System.nanoTime() - started;
            TrainingState state = carried.state();
            if (carried.divergence().isPresent()) {
                return ended(RunStatus.DIVERGED, carried.divergence().get().describe(), Optional.of(state));
            }
            if (carried.status() == RunStatus.PAUSED && state.learner().step() < leg.until()) {
                String reason = "over the time limit of " + setup.timeLimitSeconds() + " s";
                return ended(RunStatus.TIMED_OUT, reason, Optional.of(state));
            }
            if (carried.status() == RunStatus.TRAINED) {
                try (T test = machine.test(state)) {
                    tally = Optional.of(test.tally());
                    loss = test.loss();
                }
            } else {
                loss = machine.loss(state);
            }
            evaluationNanos = System.nanoTime() - started - trainingNanos;
        } catch (TaskKilledException | UncheckedIOException e) {
            throw e; // somebody asked to stop, or nothing can be stored: that is not the run's failure
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (isInterrupted()) {
                throw new TaskKilledException(); // nobody waits for the result
            }
            return ended(RunStatus.FAILED, Failures.reason(e), Optional.empty());
        }
        return tally.isPresent()
                ? finish(carried.state(), machine.network(carried.state()), loss, tally.get())
                : pause(carried.state(), loss);
    }

    private TrainingState from() throws IOException {
        Optional<TrainingState> newest = folder.newest(refused -> {});
        if (newest.isPresent() && run.initialModel().isEmpty()) {
            return newest.get();
        }
        Parameters first = setup.firstParameters().of(run);
        rows.beginWith(first);
        return newest.orElseGet(
                () -> TrainingState.initial(first, run.plan().training().optimizer()));
    }

    private static boolean isInterrupted() {
        return TaskContext.get() != null && TaskContext.get().isInterrupted();
    }

    @Override
    public boolean afterRound(TrainingState state) {
        if (isInterrupted() || !goesOn.getAsBoolean()) {
            throw new TaskKilledException();
        }
        if (System.nanoTime() - started > setup.timeLimitSeconds() * 1e9) {
            return false;
        }
        if (System.nanoTime() - saved > CHECKPOINT_NANOS) {
            try {
                folder.checkpoint(state);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            saved = System.nanoTime();
        }
        return true;
    }

    @Override
    public void stage(Stage stage) throws IOException {
        folder.writeStage(stage);
    }

    /** Waits for others; the row is what the run gets if it is not called up again. */
    private RunResult pause(TrainingState state, double loss) throws IOException {
        folder.checkpoint(state);
        RunRows.End end = RunRows.End.withoutModel(
                RunStatus.STOPPED, leg.reasonToStop(), state.learner().step(), state.rounds(), loss);
        return result(RunStatus.PAUSED, end, List.of());
    }

    private RunResult finish(TrainingState state, Parameters network, double loss, AccuracyTally tally)
            throws IOException {
        List<Stage> stages = folder.stages(state, tally);
        String model = folder.writeModel(state);
        folder.deleteCheckpoints();
        RunRows.End end = RunRows.End.trained(state, model, network, tally.overall(), loss);
        return result(RunStatus.TRAINED, end, stages);
    }

    /** A run that is not trained to its end, and will not be; without a state nothing is known of where it stood. */
    private RunResult ended(RunStatus status, String reason, Optional<TrainingState> state) {
        long step = state.map(at -> at.learner().step()).orElse(0L);
        List<RoundReport> rounds = state.map(TrainingState::rounds).orElse(List.of());
        return result(status, RunRows.End.withoutModel(status, reason, step, rounds, Double.NaN), List.of());
    }

    private RunResult result(RunStatus status, RunRows.End end, List<Stage> stages) {
        double fraction = (double) end.step() / run.plan().training().steps();
        return new RunResult(
                run.runId(),
                run.seed(),
                SweepPacks.flops(run),
                status == RunStatus.TRAINED ? 1 : fraction,
                status,
                end.reason(),
                end.step(),
                end.heldOutLoss(),
                end.accuracy()
                        .filter(accuracy -> accuracy.trials() > 0)
                        .map(Accuracy::efficiency)
                        .orElse(Double.NaN),
                end.rounds().stream().mapToLong(RoundReport::sequences).sum(),
                trainingNanos,
                evaluationNanos,
                System.nanoTime() - started - trainingNanos - evaluationNanos,
                rows.tasks(),
                rows.curve(end.rounds()),
                rows.accuracy(stages),
                rows.choices(stages),
                rows.responseTimes(stages),
                rows.run(end));
    }
}
