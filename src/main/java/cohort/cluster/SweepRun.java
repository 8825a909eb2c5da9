package cohort.cluster;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.linalg.BlasInfo;
import cohort.network.Parameters;
import cohort.storage.Files;
import java.io.IOException;
import java.io.Serializable;
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

    /**
     * What all runs of a sweep have in common.
     *
     * @param hadoop settings of the file systems
     * @param models folder of the runs' folders
     * @param versions versions of Cohort, Java and Spark
     * @param timeLimitSeconds after which a run is given up
     * @param blas the BLAS every executor must have, or null if any will do
     */
    record Setup(
            SerializableConfiguration hadoop, String models, String versions, double timeLimitSeconds, BlasInfo blas)
            implements Serializable {
        Files files() {
            return new Files(hadoop.value());
        }
    }

    /** Does a leg of a run. */
    static RunResult of(Setup setup, RunEngine engine, SweepLeg leg) {
        return new SweepRun(setup, engine, leg).run();
    }

    private SweepRun(Setup setup, RunEngine engine, SweepLeg leg) {
        this.setup = setup;
        this.engine = engine;
        this.leg = leg;
        this.run = leg.run();
        this.folder = new RunFiles(setup.files(), setup.models() + "/" + run.runId(), run);
        this.rows = new RunRows(run, setup.versions());
    }

    /**
     * Does a leg: trains on to its end, and evaluates.
     *
     * @return with the row of the run; should it have to wait, the row it gets if it is not called up again
     */
    private RunResult run() {
        try {
            TrainingState from = folder.newest(refused -> {}).orElse(null);
            if (from == null) {
                Parameters first = run.firstParameters(setup.files());
                from = TrainingState.initial(first, run.plan().training().optimizer());
            }
            TrainingOutcome outcome = from.learner().step() >= leg.until()
                    ? new TrainingOutcome(from, null)
                    : engine.train(run.plan(), from, state -> goesOn(state));
            return result(outcome);
        } catch (TaskKilledException e) {
            throw e; // somebody asked to stop
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (TaskContext.get() != null && TaskContext.get().isInterrupted()) {
                throw new TaskKilledException(); // nobody waits for the result
            }
            return ended(RunResult.FAILED, Failures.reason(e), 0, List.of());
        }
    }

    private boolean goesOn(TrainingState state) throws IOException {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException();
        }
        if (isOverdue() || state.learner().step() >= leg.until()) {
            return false;
        }
        if (System.nanoTime() - saved > CHECKPOINT_NANOS) {
            folder.checkpoint(state);
            saved = System.nanoTime();
        }
        return true;
    }

    private boolean isOverdue() {
        return System.nanoTime() - started > setup.timeLimitSeconds() * 1e9;
    }

    private RunResult result(TrainingOutcome outcome) throws IOException {
        TrainingState state = outcome.state();
        long step = state.learner().step();
        if (outcome.divergence() != null) {
            return ended(RunResult.DIVERGED, outcome.divergence().describe(), step, state.rounds());
        }
        long trainingNanos = System.nanoTime() - started;
        Parameters trained =
                new Parameters(run.plan().network(), state.learner().parameters());
        if (step < run.plan().training().steps()) {
            if (step < leg.until()) {
                return ended(
                        RunResult.TIMED_OUT,
                        "over the time limit of " + setup.timeLimitSeconds() + " s after step " + step,
                        step,
                        state.rounds());
            }
            folder.checkpoint(state);
            double loss = engine.loss(run, trained);
            Row row = rows.run(
                    new RunRows.End(RunResult.STOPPED, leg.reasonToStop(), step, state.rounds(), "", null, loss));
            return result(
                    RunResult.PAUSED,
                    leg.reasonToStop(),
                    state.rounds(),
                    step,
                    loss,
                    null,
                    List.of(),
                    row,
                    trainingNanos);
        }
        AccuracyTally tally = engine.accuracy(run, trained);
        double loss = engine.loss(run, trained);
        Accuracy accuracy = tally.overall(run.plan().task());
        String model = folder.writeModel(state);
        folder.finish();
        Row row = rows.run(new RunRows.End(RunResult.TRAINED, "", step, state.rounds(), model, accuracy, loss));
        return result(
                RunResult.TRAINED,
                "",
                state.rounds(),
                step,
                loss,
                accuracy,
                rows.accuracy(tally, step),
                row,
                trainingNanos);
    }

    /** A run that is not trained to its end, and will not be. */
    private RunResult ended(String status, String reason, long step, List<RoundReport> rounds) {
        Row row = rows.run(new RunRows.End(status, reason, step, rounds, "", null, Double.NaN));
        return result(status, reason, rounds, step, Double.NaN, null, List.of(), row, System.nanoTime() - started);
    }

    private RunResult result(
            String status,
            String reason,
            List<RoundReport> rounds,
            long step,
            double loss,
            Accuracy accuracy,
            List<Row> accuracyRows,
            Row row,
            long trainingNanos) {
        return new RunResult(
                run,
                status,
                reason,
                step,
                loss,
                accuracy == null || accuracy.trials() == 0 ? Double.NaN : accuracy.efficiency(),
                rounds.stream().mapToLong(RoundReport::sequences).sum(),
                trainingNanos,
                System.nanoTime() - started - trainingNanos,
                rows.curve(rounds),
                accuracyRows,
                row);
    }
}
