package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.cluster.RunRows;
import cohort.cluster.Tables;
import cohort.cluster.Warehouse;
import cohort.evaluation.Accuracy;
import cohort.experiment.RunConfiguration;
import cohort.experiment.UserError;
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
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        EvaluationJob.Result test;
        double loss;
        try (EvaluationJob evaluation = new EvaluationJob(context, run.spec(), parameters)) {
            test = evaluation.accuracy();
            loss = evaluation.heldOutLoss();
            if (runId != null) {
                RunRows rows = new RunRows(run.spec().withId(runId), Versions.line());
                rows.append(warehouse, test, 0);
                Accuracy overall = test.tally().overall(run.plan().task());
                Row row = rows.run(new RunRows.End("evaluated", "", 0, List.of(), path, overall, loss));
                warehouse.append("runs", runId, List.of(row), Tables.RUNS);
            }
        }
        out.println(AccuracyTable.render(run.plan().task(), test.tally()));
        out.printf(Locale.ROOT, "Held-out loss %.5f nats per step. Model %s%n", loss, path);
        return 0;
    }
}
