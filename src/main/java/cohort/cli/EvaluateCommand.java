package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.cluster.RunRows;
import cohort.cluster.Tables;
import cohort.cluster.Warehouse;
import cohort.evaluation.AccuracyTally;
import cohort.network.Parameters;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `evaluate CONF`: the accuracy per coherence of a model there is already. */
@Command(
        name = "evaluate",
        description = "Evaluates a model on held-out trials: the run's own, or any safetensors file of its shape.")
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model to evaluate, ours or PyTorch's. Default: the one that `train CONF` left.")
    private String model;

    @Option(
            names = "--store",
            paramLabel = "RUN_ID",
            description = "Also append the results to the tables under this new run id.")
    private String runId;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        RunConfiguration run = options.load();
        return SparkSessions.with("evaluate " + run.name(), true, spark -> evaluate(run, spark));
    }

    private int evaluate(RunConfiguration run, SparkSession spark) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Files files = new Files(spark.sparkContext().hadoopConfiguration());
        Warehouse warehouse = new Warehouse(spark, run.warehouse());
        String path = model != null ? model : warehouse.modelFolder(run.runId()) + "/model.safetensors";
        Parameters parameters;
        try {
            parameters = ModelFile.read(files, run.plan().network(), path);
        } catch (IOException e) {
            throw new UserError(e.getMessage(), e);
        }
        if (runId != null && warehouse.hasRun(runId)) {
            throw new UserError("run " + runId + " is in " + run.warehouse() + " already: choose another --store");
        }
        EvaluationJob evaluation = new EvaluationJob(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                run.plan().task(),
                run.seed(),
                parameters);
        EvaluationJob.Result accuracy =
                evaluation.accuracy(run.evaluation().trials(), run.evaluation().choice());
        double loss = evaluation.heldOutLoss(
                run.evaluation().lossSequences(),
                run.plan().training().loss(),
                run.plan().batching());
        if (runId != null) {
            RunRows rows = new RunRows(run.spec().withId(runId), Versions.line());
            AccuracyTally tally = accuracy.tally();
            warehouse.append("trial_outcomes", runId, accuracy.outcomes().map(rows.outcomes(0)), Tables.TRIAL_OUTCOMES);
            warehouse.append("coherence_accuracy", runId, rows.accuracy(tally, 0), Tables.COHERENCE_ACCURACY);
            Row row = rows.run(new RunRows.End(
                    "evaluated",
                    "",
                    0,
                    List.of(),
                    path,
                    tally.overall(run.plan().task()),
                    loss));
            warehouse.append("runs", runId, List.of(row), Tables.RUNS);
        }
        out.println(AccuracyTable.render(run.plan().task(), accuracy.tally()));
        out.printf(Locale.ROOT, "Held-out loss %.5f nats per step. Model %s%n", loss, path);
        return 0;
    }
}
