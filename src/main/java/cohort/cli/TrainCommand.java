package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.cluster.ParameterAveraging;
import cohort.cluster.TrainingOutcome;
import cohort.cluster.TrainingPlan;
import cohort.cluster.TrialTable;
import cohort.cluster.Warehouse;
import cohort.network.Parameters;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.task.RandomStreams;
import cohort.task.Split;
import cohort.training.Divergence;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `train CONF`: from trials to a trained network and its accuracy per coherence. */
@Command(name = "train", description = "Trains one network, evaluates it on held-out trials and stores both.")
final class TrainCommand implements Callable<Integer> {
    private static final int DIVERGED = 1;

    @Mixin
    private ConfigurationOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        RunConfiguration run = options.load();
        return SparkSessions.with("train " + run.name(), false, spark -> {
            Files files = new Files(spark.sparkContext().hadoopConfiguration());
            Warehouse warehouse = new Warehouse(spark, run.warehouse());
            String folder = warehouse.modelFolder(run.runId());
            if (files.exists(folder + "/run.conf")) {
                throw new UserError("run " + run.runId() + " is in the warehouse already: " + folder
                        + "\n       Look at it:  submit/local sql --warehouse " + run.warehouse()
                        + " \"SELECT * FROM coherence_accuracy WHERE run_id = '" + run.runId() + "'\""
                        + "\n       Train again: give it another name, --set name=again");
            }
            files.deleteFolder(folder); // of a run that did not come to its end
            try {
                files.createFolder(folder); // now, and not when there is a network to lose
            } catch (IOException e) {
                throw new UserError("warehouse = " + run.warehouse() + ": " + e.getMessage(), e);
            }
            return train(run, spark, warehouse, files, folder);
        });
    }

    private int train(RunConfiguration run, SparkSession spark, Warehouse warehouse, Files files, String folder)
            throws IOException {
        PrintWriter out = command.commandLine().getOut();
        RunResults results = new RunResults(spark, warehouse, run, run.runId());
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        TrainingPlan plan = run.plan();
        Parameters initial = initialParameters(run, files);
        out.printf(
                Locale.ROOT,
                "Training %s: %,d parameters, %d logical workers on %d cores, %d steps of %d x %d%n",
                run.runId(),
                initial.values().length,
                plan.workers(),
                context.defaultParallelism(),
                plan.training().steps(),
                plan.batching().batchSize(),
                plan.batching().sequenceLength());

        TrainingOutcome outcome;
        try (TrainingProgress progress = new TrainingProgress(out, plan)) {
            outcome = averaging(run, spark, context, warehouse, plan).run(initial, progress::show);
        }
        long step = outcome.state().step();
        if (outcome.divergence() != null) {
            results.appendCurve(outcome.rounds());
            String reason = describe(outcome.divergence());
            results.appendRun(
                    new RunResults.Training("diverged", reason, step, outcome.rounds(), ""), null, Double.NaN);
            command.commandLine()
                    .getErr()
                    .println("diverged: " + reason + "\n          Recorded in table runs. A lower"
                            + " training.optimizer.learning-rate or training.clipping.limit usually helps.");
            return DIVERGED;
        }

        Parameters trained = new Parameters(run.network(), outcome.state().parameters());
        Map<String, String> metadata = Map.of(
                "run_id", run.runId(),
                "round", Integer.toString(outcome.rounds().size()),
                "step", Long.toString(step));
        files.write(folder + "/model.safetensors", ModelFile.model(trained, metadata));
        files.write(
                folder + "/optimizer.safetensors",
                ModelFile.optimizer(run.network(), outcome.state(), outcome.outerVelocity(), metadata));

        out.printf(Locale.ROOT, "Evaluating on %,d held-out trials and writing tables ...%n", run.evaluationTrials());
        out.flush();
        results.appendCurve(outcome.rounds());
        EvaluationJob evaluation = new EvaluationJob(context, run.task(), run.seed(), trained);
        EvaluationJob.Result accuracy = evaluation.accuracy(run.evaluationTrials(), run.choiceRule());
        double loss =
                evaluation.heldOutLoss(run.lossSequences(), plan.training().loss(), plan.batching());
        results.appendEvaluation(accuracy, step);
        results.appendRun(
                new RunResults.Training("trained", "", step, outcome.rounds(), folder + "/model.safetensors"),
                accuracy.tally().overall(run.task()),
                loss);
        files.write(folder + "/run.conf", run.resolved().getBytes(StandardCharsets.UTF_8));

        out.println(AccuracyTable.render(run.task(), accuracy.tally()));
        out.printf(Locale.ROOT, "Held-out loss %.5f nats per step.%n", loss);
        out.println("Model   " + folder + "/model.safetensors");
        out.println("Tables  " + run.warehouse() + ": " + String.join(", ", warehouse.tables()));
        out.println("        submit/local sql --warehouse " + run.warehouse()
                + " \"SELECT coherence, accuracy, efficiency FROM coherence_accuracy WHERE run_id = '" + run.runId()
                + "'\"");
        return 0;
    }

    private static ParameterAveraging averaging(
            RunConfiguration run, SparkSession spark, JavaSparkContext context, Warehouse warehouse, TrainingPlan plan)
            throws IOException {
        if (run.table().isEmpty()) {
            return ParameterAveraging.generating(context, plan);
        }
        List<String> tables = warehouse.tables();
        if (!tables.contains(run.table())) {
            throw new UserError("data.table = " + run.table() + ": there is no such table in " + run.warehouse()
                    + "; there are " + tables + ". Make it with `generate`.");
        }
        try {
            return ParameterAveraging.reading(context, plan, new TrialTable(spark, warehouse.table(run.table())));
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
