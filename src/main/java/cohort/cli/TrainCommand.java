package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.cluster.Execution;
import cohort.cluster.ExecutorMeasurements;
import cohort.cluster.ParameterAveraging;
import cohort.cluster.TrainingOutcome;
import cohort.cluster.TrainingPlan;
import cohort.cluster.TrainingState;
import cohort.cluster.TrialTable;
import cohort.cluster.Warehouse;
import cohort.linalg.BlasInfo;
import cohort.network.Parameters;
import cohort.storage.Files;
import cohort.task.RandomStreams;
import cohort.task.Split;
import cohort.training.Divergence;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `train CONF`: from trials to a trained network and its accuracy per coherence. */
@Command(name = "train", description = "Trains one network, evaluates it on held-out trials and stores both.")
final class TrainCommand implements Callable<Integer> {
    private static final int DIVERGED = 1;
    /** What shells report of a process that Ctrl-C ended. */
    private static final int STOPPED = 130;

    @Mixin
    private ConfigurationOptions options;

    @ArgGroup
    private Attempt attempt = new Attempt();

    /** What to do about an earlier attempt that did not come to its end; by default it is not touched. */
    private static final class Attempt {
        @Option(
                names = "--resume",
                description =
                        "Goes on from the newest checkpoint, if there is one, to the result of an undisturbed run.")
        private boolean resume;

        @Option(names = "--restart", description = "Discards the checkpoints of an earlier attempt.")
        private boolean restart;

        RunFolder.Earlier earlier() {
            return resume ? RunFolder.Earlier.RESUME : restart ? RunFolder.Earlier.DISCARD : RunFolder.Earlier.REFUSE;
        }
    }

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        RunConfiguration run = options.load();
        return SparkSessions.with("train " + run.name(), false, spark -> {
            Files files = new Files(spark.sparkContext().hadoopConfiguration());
            Warehouse warehouse = new Warehouse(spark, run.warehouse());
            RunFolder folder = new RunFolder(files, warehouse, run);
            if (attempt.resume && folder.isFinished()) {
                out().println("Run " + run.runId() + " is finished: " + folder.path());
                return 0;
            }
            Parameters initial = initialParameters(run, files);
            Optional<TrainingState> earlier = folder.open(attempt.earlier(), err());
            TrainingState from = earlier.orElseGet(
                    () -> TrainingState.initial(initial, run.training().optimizer()));
            return train(run, spark, warehouse, folder, from);
        });
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }

    private int train(
            RunConfiguration run, SparkSession spark, Warehouse warehouse, RunFolder folder, TrainingState from)
            throws IOException {
        RunResults results = new RunResults(spark, warehouse, run, run.runId());
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        TrainingPlan plan = run.plan();
        out().printf(
                        Locale.ROOT,
                        "%s %s: %,d parameters, %d logical workers on %d cores, %d steps of %d x %d%n",
                        from.round() == 0 ? "Training" : "Resuming after round " + from.round(),
                        run.runId(),
                        Parameters.size(run.network()),
                        plan.workers(),
                        context.defaultParallelism(),
                        plan.training().steps(),
                        plan.batching().batchSize(),
                        plan.batching().sequenceLength());

        ParameterAveraging averaging = averaging(run, spark, context, warehouse, plan);
        TrainingOutcome outcome;
        try (StopRequest stop = new StopRequest(err());
                TrainingProgress progress = new TrainingProgress(out(), plan)) {
            outcome = averaging.run(from, state -> {
                progress.show(state.rounds().get(state.round() - 1));
                boolean last = stop.isMade() || state.round() == plan.rounds();
                if (last || state.round() % run.checkpointRounds() == 0) {
                    folder.checkpoint(state);
                }
                return !last;
            });
        }
        TrainingState state = outcome.state();
        if (outcome.divergence() != null) {
            results.appendCurve(state.rounds());
            String reason = describe(outcome.divergence());
            results.appendRun(
                    new RunResults.Training("diverged", reason, state.learner().step(), state.rounds(), ""),
                    null,
                    Double.NaN);
            err().println("diverged: " + reason + "\n          Recorded in table runs. A lower"
                    + " training.optimizer.learning-rate or training.clipping.limit usually helps.");
            return DIVERGED;
        }
        if (state.round() < plan.rounds()) {
            err().println("Stopped after round " + state.round() + " of " + plan.rounds()
                    + ". The same command with --resume goes on from here.");
            return STOPPED;
        }
        finish(run, results, folder, state, new EvaluationJob(context, run.task(), run.seed(), trained(run, state)));
        out().println("Tables  " + run.warehouse() + ": " + String.join(", ", warehouse.tables()));
        out().println("        submit/local sql --warehouse " + run.warehouse()
                + " \"SELECT coherence, accuracy, efficiency FROM coherence_accuracy WHERE run_id = '" + run.runId()
                + "'\"");
        return 0;
    }

    private static Parameters trained(RunConfiguration run, TrainingState state) {
        return new Parameters(run.network(), state.learner().parameters());
    }

    /** Evaluates a trained network and stores both. */
    private void finish(
            RunConfiguration run, RunResults results, RunFolder folder, TrainingState state, EvaluationJob evaluation)
            throws IOException {
        String model = folder.writeModel(state);
        out().printf(Locale.ROOT, "Evaluating on %,d held-out trials and writing tables ...%n", run.evaluationTrials());
        out().flush();
        results.appendCurve(state.rounds());
        EvaluationJob.Result accuracy = evaluation.accuracy(run.evaluationTrials(), run.choiceRule());
        double loss = evaluation.heldOutLoss(run.lossSequences(), run.training().loss(), run.batching());
        long step = state.learner().step();
        results.appendEvaluation(accuracy, step);
        results.appendRun(
                new RunResults.Training("trained", "", step, state.rounds(), model),
                accuracy.tally().overall(run.task()),
                loss);
        folder.finish();
        out().println(AccuracyTable.render(run.task(), accuracy.tally()));
        out().printf(Locale.ROOT, "Held-out loss %.5f nats per step.%n", loss);
        out().println("Model   " + model);
    }

    /** The executors' BLAS, if it is to be the same for all. */
    private BlasInfo commonBlas(RunConfiguration run, JavaSparkContext context) {
        Map<String, BlasInfo> byExecutor = ExecutorMeasurements.blas(context);
        List<BlasInfo> kinds = byExecutor.values().stream().distinct().collect(Collectors.toList());
        boolean warn = run.mixedBlas() == RunConfiguration.MixedBlas.WARN;
        if (kinds.size() > 1) {
            String problem = "executors differ in the last bits of their matrix products: " + byExecutor
                    + "\n       Set OPENBLAS_CORETYPE to one kernel for all of them"
                    + " (--conf spark.executorEnv.OPENBLAS_CORETYPE=...)";
            if (!warn) {
                throw new UserError(problem + ", or cluster.mixed-blas=warn");
            }
            err().println("warning: " + problem);
        }
        return warn ? null : kinds.get(0);
    }

    private ParameterAveraging averaging(
            RunConfiguration run, SparkSession spark, JavaSparkContext context, Warehouse warehouse, TrainingPlan plan)
            throws IOException {
        Execution execution = new Execution(run.topology(), commonBlas(run, context));
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

    private static Parameters initialParameters(RunConfiguration run, Files files) {
        if (!run.initialModel().isEmpty()) {
            return ModelFiles.read(files, run.network(), run.initialModel());
        }
        Parameters parameters = new Parameters(run.network());
        run.initialisation().draw(parameters, RandomStreams.of(run.seed(), Split.INITIALISATION, 0));
        return parameters;
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
