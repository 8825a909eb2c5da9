package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.cluster.RunResult;
import cohort.cluster.RunRows;
import cohort.cluster.RunSpec;
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
import java.util.Map;
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
    /** Some hundred gigabytes for the tutorial's network: surely a slip of the finger. */
    private static final long MOST_RECORDED = 10_000_000;

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

    @Option(
            names = "--record",
            paramLabel = "N",
            description =
                    "Also keep what the units do in the first N held-out trials, in the place of what was recorded"
                            + " before: table activity, of the run itself or of --store. Of an LSTM that is h, not c.")
    private Long record;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        RunConfiguration run = options.load();
        if (record != null && (record < 1 || record > MOST_RECORDED)) {
            throw new UserError("--record " + record + ": must be from 1 to " + MOST_RECORDED);
        }
        if (record != null && model != null && runId == null) {
            throw new UserError(
                    "--record keeps the activity of a model from elsewhere under a run id: give one with --store");
        }
        return SparkSessions.with("evaluate " + run.name(), true, spark -> evaluate(run, spark));
    }

    private int evaluate(RunConfiguration run, SparkSession spark) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Files files = new Files(spark.sparkContext().hadoopConfiguration());
        Warehouse warehouse = new Warehouse(spark, run.warehouse());
        String path = model != null ? model : warehouse.model(run.runId());
        if (model == null && !files.exists(path)) {
            throw new UserError("run " + run.runId() + " has no network in " + run.warehouse()
                    + " yet: train it first, or name a file with --model");
        }
        Parameters parameters;
        try {
            parameters = ModelFile.read(
                    files, run.plan().network(), path, command.commandLine().getErr()::println);
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
                String digest = ModelFile.digest(parameters);
                Row row = rows.run(new RunRows.End(RunResult.EVALUATED, "", 0, List.of(), path, digest, overall, loss));
                warehouse.append("runs", runId, List.of(row), Tables.RUNS);
            }
            if (record != null) {
                record(evaluation, run.spec().withId(runId == null ? run.runId() : runId), warehouse);
            }
        }
        out.println(AccuracyTable.render(run.plan().task(), test.tally()));
        out.printf(
                Locale.ROOT,
                "Held-out loss %.5f %s. Model %s%n",
                loss,
                run.plan().training().loss().unit(),
                path);
        return 0;
    }

    /** What was recorded of the run before is replaced. */
    private void record(EvaluationJob evaluation, RunSpec run, Warehouse warehouse) throws IOException {
        warehouse.replace(
                "activity",
                Map.of("run_id", run.runId()),
                evaluation.activity(record).flatMap(new RunRows(run, Versions.line()).activity()),
                Tables.ACTIVITY);
        command.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "Recorded %,d trials of run %s: submit/local sql --warehouse %s \"DESCRIBE activity\"%n",
                        record,
                        run.runId(),
                        warehouse.root());
    }
}
