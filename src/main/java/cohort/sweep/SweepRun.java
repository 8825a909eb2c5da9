package cohort.sweep;

import cohort.cluster.Failures;
import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.linalg.BlasInfo;
import cohort.network.Parameters;
import cohort.run.FirstParameters;
import cohort.run.RoundReport;
import cohort.run.RunEngine;
import cohort.run.RunFiles;
import cohort.run.RunSpec;
import cohort.run.RunStatus;
import cohort.run.TrainingOutcome;
import cohort.run.TrainingState;
import cohort.storage.Fence;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.warehouse.RunRows;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** One run of a sweep, from its first round or its newest checkpoint to its rows. Whatever goes wrong becomes its status. */
final class SweepRun {
    /** A run that takes longer than this has a checkpoint as often, so that nobody waits for it twice. */
    private static final long CHECKPOINT_NANOS = 60_000_000_000L;

    private final Setup setup;
    private final RunEngine engine;
    private final SweepLeg leg;
    private final RunSpec run;
    private final RunFiles folder;
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

    /** Does a leg of a run. */
    static RunResult of(Setup setup, RunEngine engine, SweepLeg leg) throws IOException {
        return new SweepRun(setup, engine, leg).run();
    }

    private SweepRun(Setup setup, RunEngine engine, SweepLeg leg) {
        this.setup = setup;
        this.engine = engine;
        this.leg = leg;
        this.run = leg.run();
        this.folder = new RunFiles(setup.files(), setup.fence(), setup.models() + "/" + run.runId(), run);
        this.rows = new RunRows(run, setup.versions());
    }

    /** Trains on to the end of the leg, evaluates and stores. */
    private RunResult run() throws IOException {
        TrainingState state;
        Parameters trained;
        AccuracyTally tally = null;
        double loss;
        try {
            TrainingOutcome outcome = train();
            state = outcome.state();
            trainingNanos = System.nanoTime() - started;
            if (outcome.divergence() != null) {
                return ended(RunStatus.DIVERGED, outcome.divergence().describe(), state);
            }
            if (state.learner().step() < leg.until()) {
                return ended(RunStatus.TIMED_OUT, "over the time limit of " + setup.timeLimitSeconds() + " s", state);
            }
            trained = new Parameters(run.plan().network(), state.learner().parameters());
            loss = engine.loss(run, trained);
            if (isAtItsEnd(state)) {
                tally = engine.accuracy(run, trained);
            }
            evaluationNanos = System.nanoTime() - started - trainingNanos;
        } catch (TaskKilledException | UncheckedIOException e) {
            throw e; // somebody asked to stop, or nothing can be stored: that is not the run's failure
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (TaskContext.get() != null && TaskContext.get().isInterrupted()) {
                throw new TaskKilledException(); // nobody waits for the result
            }
            return ended(RunStatus.FAILED, Failures.reason(e), null);
        }
        return tally == null ? pause(state, loss) : finish(state, trained, loss, tally);
    }

    private TrainingOutcome train() throws IOException {
        TrainingState from = folder.newest(refused -> {}).orElse(null);
        if (from == null || !run.initialModel().isEmpty()) {
            Parameters first = setup.firstParameters().of(run);
            rows.beginWith(first);
            if (from == null) {
                from = TrainingState.initial(first, run.plan().training().optimizer());
            }
        }
        return from.learner().step() >= leg.until()
                ? new TrainingOutcome(from, null)
                : engine.train(run.plan(), from, this::goesOn);
    }

    private boolean goesOn(TrainingState state) {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException();
        }
        if (System.nanoTime() - started > setup.timeLimitSeconds() * 1e9
                || state.learner().step() >= leg.until()) {
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

    private boolean isAtItsEnd(TrainingState state) {
        return state.learner().step() == run.plan().training().steps();
    }

    /** Waits for others; the row is what the run gets if it is not called up again. */
    private RunResult pause(TrainingState state, double loss) throws IOException {
        folder.checkpoint(state);
        RunRows.End end = RunRows.End.withoutModel(
                RunStatus.STOPPED, leg.reasonToStop(), state.learner().step(), state.rounds(), loss);
        return result(RunStatus.PAUSED, end, List.of(), List.of());
    }

    private RunResult finish(TrainingState state, Parameters trained, double loss, AccuracyTally tally)
            throws IOException {
        String model = folder.writeModel(state);
        folder.deleteCheckpoints();
        long step = state.learner().step();
        Accuracy accuracy = tally.overall();
        RunRows.End end = new RunRows.End(
                RunStatus.TRAINED, "", step, state.rounds(), model, ModelFile.digest(trained), accuracy, loss);
        return result(RunStatus.TRAINED, end, rows.accuracy(tally, step), rows.choices(tally, step));
    }

    /** A run that is not trained to its end, and will not be; null: nothing is known of where it stood. */
    private RunResult ended(RunStatus status, String reason, TrainingState state) {
        long step = state == null ? 0 : state.learner().step();
        List<RoundReport> rounds = state == null ? List.of() : state.rounds();
        return result(status, RunRows.End.withoutModel(status, reason, step, rounds, Double.NaN), List.of(), List.of());
    }

    private RunResult result(RunStatus status, RunRows.End end, List<Row> accuracyRows, List<Row> choiceRows) {
        Accuracy accuracy = end.accuracy();
        return new RunResult(
                run,
                status,
                end.reason(),
                end.step(),
                end.heldOutLoss(),
                accuracy == null || accuracy.trials() == 0 ? Double.NaN : accuracy.efficiency(),
                end.rounds().stream().mapToLong(RoundReport::sequences).sum(),
                trainingNanos,
                evaluationNanos,
                System.nanoTime() - started - trainingNanos - evaluationNanos,
                rows.tasks(),
                rows.curve(end.rounds()),
                accuracyRows,
                choiceRows,
                rows.run(end));
    }
}
