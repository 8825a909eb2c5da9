package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.cluster.Execution;
import cohort.cluster.ExecutorMeasurements;
import cohort.cluster.MixedFleetException;
import cohort.cluster.ParameterAveraging;
import cohort.cluster.TrainingOutcome;
import cohort.cluster.TrainingPlan;
import cohort.cluster.TrainingState;
import cohort.cluster.TrialTable;
import cohort.cluster.Warehouse;
import cohort.linalg.BlasInfo;
import cohort.network.Parameters;
import cohort.storage.Files;
import cohort.training.Divergence;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** One training from its first state, or from a checkpoint, to the table on the terminal. */
final class TrainingRun {
    private static final int DIVERGED = 1;
    /** What shells report of a process that Ctrl-C ended. */
    private static final int STOPPED = 130;

    private final RunConfiguration run;
    private final SparkSession spark;
    private final JavaSparkContext context;
    private final Warehouse warehouse;
    private final RunFolder folder;
    private final RunResults results;
    private final PrintWriter out;
    private final PrintWriter err;

    TrainingRun(
            RunConfiguration run, SparkSession spark, Warehouse warehouse, RunFolder folder, CommandLine commandLine) {
        this.run = run;
        this.spark = spark;
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.warehouse = warehouse;
        this.folder = folder;
        this.results = new RunResults(spark, warehouse, run, run.runId());
        this.out = commandLine.getOut();
        this.err = commandLine.getErr();
    }

    /** Trains, evaluates and stores; returns the exit code. */
    int train(RunFolder.Earlier earlier) throws IOException {
        Parameters first = initialParameters();
        ParameterAveraging averaging = averaging();
        Optional<TrainingState> checkpoint = folder.open(earlier, err);
        TrainingState from = checkpoint.orElseGet(
                () -> TrainingState.initial(first, run.training().optimizer()));
        out.printf(
                Locale.ROOT,
                "%s %s: %,d parameters, %d logical workers on %d cores, %d steps of %d x %d%n",
                from.round() == 0 ? "Training" : "Resuming after round " + from.round() + ",",
                run.runId(),
                first.values().length,
                run.workers(),
                context.defaultParallelism(),
                run.training().steps(),
                run.batching().batchSize(),
                run.batching().sequenceLength());
        try {
            TrainingOutcome outcome = rounds(averaging, from);
            if (run.mixedBlas() == RunConfiguration.MixedBlas.WARN) {
                commonBlas(); // executors that came after the first job
            }
            if (outcome.divergence() != null) {
                return diverged(outcome.state(), outcome.divergence());
            }
            if (outcome.state().round() < run.plan().rounds()) {
                err.println("Stopped after round " + outcome.state().round() + " of "
                        + run.plan().rounds() + ". The same command with --resume goes on from here.");
                return STOPPED;
            }
            finish(outcome.state());
            return 0;
        } catch (Exception | FSError e) {
            err.println("Broken off. What was written to " + run.warehouse()
                    + " stays; the same command with --resume goes on.");
            int mixed = ExceptionUtils.indexOfType(e, MixedFleetException.class);
            if (mixed >= 0) {
                throw mixedFleet(ExceptionUtils.getThrowables(e)[mixed].getMessage());
            }
            if (context.sc().isStopped()) {
                throw new IllegalStateException(
                        "the cluster ended this application: its master is gone, or somebody killed it", e);
            }
            throw e;
        }
    }

    /** The averaging rounds, with a checkpoint now and then. */
    private TrainingOutcome rounds(ParameterAveraging averaging, TrainingState from) throws IOException {
        int rounds = run.plan().rounds();
        try (StopRequest stop = new StopRequest(err);
                TrainingProgress progress = new TrainingProgress(out, run.plan())) {
            return averaging.run(from, state -> {
                progress.show(state.rounds().get(state.round() - 1));
                boolean last = stop.isMade() || state.round() == rounds;
                if (last || state.round() % run.checkpointRounds() == 0) {
                    folder.checkpoint(state);
                }
                return !last;
            });
        }
    }

    private int diverged(TrainingState state, Divergence divergence) {
        String reason = describe(divergence);
        results.appendCurve(state.rounds());
        results.appendRun(
                new RunResults.Training("diverged", reason, state.learner().step(), state.rounds(), ""),
                null,
                Double.NaN);
        err.println("diverged: " + reason + "\n          Recorded in table runs. A lower"
                + " training.optimizer.learning-rate or training.clipping.limit usually helps.");
        return DIVERGED;
    }

    /** Evaluates the trained network and stores both. */
    private void finish(TrainingState state) throws IOException {
        String model = folder.writeModel(state);
        out.printf(Locale.ROOT, "Evaluating on %,d held-out trials and writing tables ...%n", run.evaluationTrials());
        out.flush();
        results.appendCurve(state.rounds());
        Parameters trained = new Parameters(run.network(), state.learner().parameters());
        EvaluationJob evaluation = new EvaluationJob(context, run.task(), run.seed(), trained);
        EvaluationJob.Result accuracy = evaluation.accuracy(run.evaluationTrials(), run.choiceRule());
        double loss = evaluation.heldOutLoss(run.lossSequences(), run.training().loss(), run.batching());
        long step = state.learner().step();
        results.appendEvaluation(accuracy, step);
        results.appendRun(
                new RunResults.Training("trained", "", step, state.rounds(), model),
                accuracy.tally().overall(run.task()),
                loss);
        folder.finish();

        out.println(AccuracyTable.render(run.task(), accuracy.tally()));
        out.printf(Locale.ROOT, "Held-out loss %.5f nats per step.%n", loss);
        out.println("Model   " + model);
        out.println("Tables  " + run.warehouse() + ": " + String.join(", ", warehouse.tables()));
        out.println("        submit/local sql --warehouse " + run.warehouse()
                + " \"SELECT coherence, accuracy, efficiency FROM coherence_accuracy WHERE run_id = '" + run.runId()
                + "'\"");
    }

    private ParameterAveraging averaging() throws IOException {
        TrainingPlan plan = run.plan();
        Execution execution = new Execution(run.topology(), commonBlas());
        if (run.table().isEmpty()) {
            return ParameterAveraging.generating(context, plan, execution);
        }
        List<String> tables = warehouse.tables();
        if (!tables.contains(run.table())) {
            throw new UserError("data.table = " + run.table() + ": there is no such table in " + run.warehouse()
                    + "; there are " + tables + ". Make it with `generate`.");
        }
        try {
            return ParameterAveraging.reading(
                    context, plan, execution, new TrialTable(spark, warehouse.table(run.table())));
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    /** The executors' BLAS, if it is to be the same for all. */
    private BlasInfo commonBlas() {
        Map<String, BlasInfo> byExecutor = ExecutorMeasurements.blas(context);
        List<BlasInfo> kinds = byExecutor.values().stream().distinct().collect(Collectors.toList());
        boolean warn = run.mixedBlas() == RunConfiguration.MixedBlas.WARN;
        if (kinds.size() > 1) {
            UserError problem = mixedFleet(byExecutor.toString());
            if (!warn) {
                throw problem;
            }
            err.println("warning: " + problem.getMessage());
        }
        return warn ? null : kinds.get(0);
    }

    private static UserError mixedFleet(String what) {
        return new UserError("executors differ in the last bits of their matrix products: " + what
                + "\n       Set OPENBLAS_CORETYPE to one kernel for all of them"
                + " (--conf spark.executorEnv.OPENBLAS_CORETYPE=...), or cluster.mixed-blas=warn");
    }

    private Parameters initialParameters() {
        if (!run.initialModel().isEmpty()) {
            return ModelFiles.read(
                    new Files(spark.sparkContext().hadoopConfiguration()), run.network(), run.initialModel());
        }
        return run.drawnParameters();
    }

    private static String describe(Divergence divergence) {
        return String.format(
                Locale.ROOT,
                "worker %d at step %d: loss %.4g, gradient norm %.4g, learning rate %.4g",
                divergence.worker(),
                divergence.step(),
                divergence.loss(),
                divergence.gradientNorm(),
                divergence.learningRate());
    }
}
