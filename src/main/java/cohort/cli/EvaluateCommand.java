package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.config.Counted;
import cohort.config.SetOption;
import cohort.config.Settings;
import cohort.config.Shell;
import cohort.config.UserError;
import cohort.config.UserPath;
import cohort.run.Names;
import cohort.run.RunConfiguration;
import cohort.run.RunSpec;
import cohort.run.Stage;
import cohort.storage.Files;
import cohort.storage.Ownership;
import cohort.warehouse.RunLookup;
import cohort.warehouse.RunName;
import cohort.warehouse.RunRemoval;
import cohort.warehouse.RunRows;
import cohort.warehouse.StoredRun;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.TimeTables;
import cohort.warehouse.Versions;
import cohort.warehouse.Warehouse;
import com.typesafe.config.ConfigUtil;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `evaluate CONF|RUN`: the accuracy per condition of a model there is already. */
@Command(
        name = "evaluate",
        description =
                "Evaluates a model on held-out trials: that of a configuration or a run, or any safetensors file of"
                        + " its shape. With --set task... a run is tested under other conditions than it was trained in.")
final class EvaluateCommand implements Callable<Integer> {
    /** Some hundred gigabytes for the tutorial's network: surely a slip of the finger. */
    private static final long MOST_RECORDED = 10_000_000;

    @Parameters(
            index = "0",
            paramLabel = "CONF|RUN",
            description = "Configuration file, or where there is no such file " + RunName.FORMS + ".")
    private String subject;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Changes a key of the configuration, or for the test one of the run's; may be given several"
                    + " times.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--warehouse",
            paramLabel = "DIR",
            description = "Folder of the tables. Default: the one that CONF names; for a RUN, warehouse.")
    private String folder;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model to evaluate, ours or PyTorch's. Default: the one that `train CONF` left.")
    private String model;

    @Option(
            names = "--store",
            paramLabel = "RUN_ID",
            description =
                    "Also append the results to the tables under this new run id; column changed of table runs says"
                            + " what was changed for the test.")
    private String runId;

    @Option(
            names = "--record",
            paramLabel = "N",
            description =
                    "Also keep what the units do in the first N held-out trials, in the place of what was recorded"
                            + " before: table activity, of the run itself or of --store. Of an LSTM that is h, not c.")
    private Long record;

    @Option(
            names = "--kernel",
            description =
                    "Also keep the psychophysical kernel, the mean noise before each choice, in the place of what was kept before: table"
                            + " psychophysical_kernels, of the run itself or of --store.")
    private boolean hasKernel;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        if (record != null && (record < 1 || record > MOST_RECORDED)) {
            throw new UserError("--record " + record + ": must be from 1 to " + MOST_RECORDED);
        }
        if (keeps() && model != null && runId == null) {
            throw new UserError((record != null ? "--record keeps the activity" : "--kernel keeps the kernel")
                    + " of a model from elsewhere under a run id: give one with --store");
        }
        if (runId != null) {
            Names.problemOfRun(runId).ifPresent(problem -> {
                throw new UserError("--store " + UserError.quoted(runId) + ": " + problem);
            });
        }
        String file = model == null ? null : UserPath.of("--model", model);
        if (folder != null) {
            overrides.add("warehouse=" + ConfigUtil.quoteString(UserPath.of("--warehouse", folder)));
        }
        if (!isRun()) {
            RunConfiguration run = RunConfiguration.of(Settings.load(new File(subject), overrides));
            return SparkSessions.with("evaluate " + run.name(), true, spark -> {
                Files files = new Files(spark.sparkContext().hadoopConfiguration());
                Warehouse warehouse = new Warehouse(spark, run.warehouse());
                return evaluate(
                        file != null
                                ? EvaluationTarget.file(
                                        files, run, file, command.commandLine().getErr())
                                : EvaluationTarget.of(
                                        files,
                                        warehouse,
                                        run,
                                        command.commandLine().getErr()),
                        warehouse,
                        spark);
            });
        }
        if (model != null) {
            throw new UserError(
                    "--model is for a configuration; " + subject + " is no file, and a run has its network");
        }
        String place = Settings.defaults(overrides.stream()
                        .filter(text ->
                                SetOption.of(text).key().equals("warehouse")) // other keys may be of the run's task
                        .toList())
                .path("warehouse");
        return SparkSessions.with("evaluate", true, spark -> {
            Files files = new Files(spark.sparkContext().hadoopConfiguration());
            Warehouse warehouse = new Warehouse(spark, place);
            WarehouseOption.requireFolder(warehouse);
            Row row = find(warehouse);
            List<String> changes = new ArrayList<>(List.of("warehouse=" + ConfigUtil.quoteString(place)));
            changes.addAll(overrides);
            RunConfiguration run = StoredRun.configuration(row, changes);
            EvaluationTarget.requireSameTraining(row, run);
            return evaluate(EvaluationTarget.of(files, warehouse, row, run), warehouse, spark);
        });
    }

    private Row find(Warehouse warehouse) throws IOException {
        try {
            return new RunLookup(warehouse, command.commandLine().getErr()).find(subject);
        } catch (UserError e) {
            throw new UserError(
                    "no configuration file " + UserError.quoted(subject) + " is there, and " + e.getMessage(), e);
        }
    }

    /** Whether the subject is meant to be a run: there is no such file, and it looks like none. */
    private boolean isRun() {
        return !new File(subject).isFile() && !subject.contains(File.separator) && !subject.endsWith(".conf");
    }

    /** Whether something is kept besides the results of the test. */
    private boolean keeps() {
        return record != null || hasKernel;
    }

    private int evaluate(EvaluationTarget target, Warehouse warehouse, SparkSession spark) throws IOException {
        WarehouseOption.requireFolder(warehouse);
        if (runId == null && !keeps()) {
            return evaluateHeld(target, warehouse, spark);
        }
        String written = runId != null ? runId : target.trained().orElseThrow();
        PrintWriter err = command.commandLine().getErr();
        try (Ownership ownership = Owners.ofRuns(warehouse, "evaluated", List.of(written), err)) {
            return evaluateHeld(target, warehouse.heldBy(ownership), spark);
        }
    }

    private int evaluateHeld(EvaluationTarget target, Warehouse warehouse, SparkSession spark) throws IOException {
        requireStorable(target, warehouse);
        RunConfiguration run = target.run();
        if (hasKernel) {
            KernelTask.require(run);
        }
        PrintWriter out = command.commandLine().getOut();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        EvaluationJob.Result test;
        double loss;
        try (EvaluationJob evaluation = new EvaluationJob(context, run.spec(), target.network())) {
            test = evaluation.accuracy();
            loss = evaluation.heldOutLoss();
            if (runId != null) {
                store(target, test, loss, warehouse);
            }
            if (keeps()) {
                RunSpec written = run.spec()
                        .withId(runId != null ? runId : target.trained().orElseThrow());
                if (record != null) {
                    record(evaluation, written, warehouse);
                }
                if (hasKernel) {
                    keepKernel(evaluation, written, warehouse, context);
                }
            }
        }
        out.println(AccuracyTable.render(run.plan().task(), test.tally()));
        out.printf(
                Locale.ROOT,
                "Held-out loss %.5f %s. Model %s%n",
                loss,
                run.plan().training().loss().unit(),
                target.path());
        target.changes()
                .ifPresent(changes -> out.println("Run " + target.trained().orElseThrow() + " with " + changes));
        return 0;
    }

    private void requireStorable(EvaluationTarget target, Warehouse warehouse) throws IOException {
        if (runId != null && (warehouse.hasRun(runId) || warehouse.files().exists(warehouse.modelFolder(runId)))) {
            throw new UserError("run " + runId + " is in " + warehouse.root() + " already: choose another --store");
        }
        if (keeps() && runId == null && !target.isSameInEachTrial()) {
            throw new UserError((record != null ? "--record would keep the activity" : "--kernel would keep the kernel")
                    + " under other conditions as that of run "
                    + target.trained().orElseThrow() + ": give it a run id of its own with --store");
        }
    }

    private void store(EvaluationTarget target, EvaluationJob.Result test, double loss, Warehouse warehouse)
            throws IOException {
        new RunRemoval(warehouse).removeRows(runId); // of who was killed before table runs, maybe of another model
        RunSpec spec = target.run().spec().withId(runId);
        RunRows rows = new RunRows(spec, Versions.line());
        rows.changeForTest(target.changes());
        rows.append(warehouse, test.outcomes(), test.tally(), List.of(Stage.of(0, test.tally())));
        RunRows.End end = RunRows.End.evaluated(
                target.path(), target.network(), test.tally().overall(), loss);
        warehouse.append(Tables.RUNS, runId, List.of(rows.run(end)));
    }

    /** What was kept of the run before is replaced. */
    private void keepKernel(EvaluationJob evaluation, RunSpec run, Warehouse warehouse, JavaSparkContext context)
            throws IOException {
        List<Row> rows = new RunRows(run, Versions.line()).kernels(evaluation.noise());
        warehouse.replace(
                TimeTables.PSYCHOPHYSICAL_KERNELS, Map.of("run_id", run.runId()), context.parallelize(rows, 1));
        command.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "Kept the psychophysical kernel of run %s: submit/local %s%n",
                        run.runId(),
                        Shell.line("report", run.runId(), "--warehouse", warehouse.root()));
    }

    /** What was recorded of the run before is replaced. */
    private void record(EvaluationJob evaluation, RunSpec run, Warehouse warehouse) throws IOException {
        warehouse.replace(
                TestTables.ACTIVITY,
                Map.of("run_id", run.runId()),
                evaluation.activity(record).flatMap(new RunRows(run, Versions.line()).activity()));
        command.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "Recorded %s of run %s: submit/local %s%n",
                        Counted.of(record, "trial"),
                        run.runId(),
                        Shell.line("sql", "--warehouse", warehouse.root(), "DESCRIBE activity"));
    }
}
