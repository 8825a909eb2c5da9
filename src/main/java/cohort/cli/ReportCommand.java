package cohort.cli;

import cohort.config.Counted;
import cohort.config.Shell;
import cohort.config.UserError;
import cohort.network.Parameters;
import cohort.report.ReportPage;
import cohort.report.page.Compared;
import cohort.report.page.ComparisonReport;
import cohort.report.page.RunReport;
import cohort.report.page.SweepReport;
import cohort.run.RunConfiguration;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.sweep.SweepFits;
import cohort.sweep.SweepRecord;
import cohort.sweep.SweepStatus;
import cohort.warehouse.RunLookup;
import cohort.warehouse.RunName;
import cohort.warehouse.RunRecord;
import cohort.warehouse.StoredRun;
import cohort.warehouse.Tables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `report RUN|SWEEP`: a page with figures, tables, and how to make them again. */
@Command(
        name = "report",
        description =
                "Writes a page with the figures and tables of a run, of a sweep, or of several side by side: one file that needs"
                        + " no network.")
final class ReportCommand implements Callable<Integer> {
    /** Of a folder; file systems take no more than 255 bytes. */
    private static final int LONGEST_NAME = 120;

    @picocli.CommandLine.Parameters(
            arity = "1..*",
            paramLabel = "RUN|SWEEP",
            description = "A sweep's name, or " + RunName.FORMS + ". Several are compared on one page.")
    private List<String> subjects;

    @Mixin
    private WarehouseOption from;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder to write to. Default: reports/ and the id of the run or the names.")
    private Path to;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        from.folder(); // looked at now, before Spark has started
        folder("").requireWritable();
        return SparkSessions.with("report", true, session -> {
            SparkSession spark = forSmallTables(session);
            Warehouse warehouse = from.open(spark);
            List<String> different = subjects.stream().distinct().toList();
            if (different.size() > 1) {
                comparison(spark, warehouse, different);
            } else if (members(warehouse, different.get(0)) > 0) {
                new RunLookup(warehouse, command.commandLine().getErr()).sayRunsBeside(different.get(0));
                sweep(spark, warehouse, different.get(0));
            } else {
                run(spark, warehouse, different.get(0));
            }
            return 0;
        });
    }

    /** For tables of some thousand rows, to compile code for a query, to plan it anew as it runs and to cut it up takes longer than to do it. */
    private static SparkSession forSmallTables(SparkSession session) {
        SparkSession spark = session.newSession();
        spark.conf().set("spark.sql.codegen.wholeStage", "false");
        spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        spark.conf().set("spark.sql.shuffle.partitions", "1");
        spark.conf().set("spark.databricks.delta.snapshotPartitions", "1");
        return spark;
    }

    /** How many runs the sweep of this name has, whether or not they have ended; 0 if there is no such sweep. */
    private static long members(Warehouse warehouse, String name) throws IOException {
        return warehouse
                .read(Tables.SWEEP_RUNS)
                .where(functions.col("sweep").equalTo(name))
                .count();
    }

    private void comparison(SparkSession spark, Warehouse warehouse, List<String> names) throws IOException {
        List<Compared> all = new ArrayList<>();
        for (String name : names) {
            if (members(warehouse, name) > 0) {
                SweepRecord sweep = sweepRecord(spark, warehouse, name);
                all.add(Compared.of(name, sweep, configuration(sweep)));
            } else {
                Row run = find(warehouse, name);
                all.add(Compared.of(RunRecord.read(warehouse, run), StoredRun.configuration(run)));
            }
        }
        String command = "submit/local report "
                + names.stream().map(Shell::quoted).collect(Collectors.joining(" ")) + " --warehouse "
                + Shell.quoted(from.folder());
        write(new ComparisonReport(all, command).page(), folderName(names));
    }

    /** Of several subjects: without signs that a shell or another system reads otherwise. */
    private static String folderName(List<String> names) {
        return StringUtils.abbreviate(String.join("-and-", names).replaceAll("[^\\w.-]", "-"), LONGEST_NAME);
    }

    private Row find(Warehouse warehouse, String subject) throws IOException {
        return new RunLookup(warehouse, command.commandLine().getErr()).find(subject);
    }

    private void run(SparkSession spark, Warehouse warehouse, String subject) throws IOException {
        Row run = find(warehouse, subject);
        RunConfiguration configuration = StoredRun.configuration(run);
        RunRecord record = RunRecord.read(warehouse, run);
        ReportPage page =
                new RunReport(record, configuration, from.folder()).page(network(spark, warehouse, run, configuration));
        write(page, page.title());
    }

    /** The trained network, if there is one and its file is there. */
    private Optional<Parameters> network(
            SparkSession spark, Warehouse warehouse, Row run, RunConfiguration configuration) throws IOException {
        Files files = new Files(spark.sparkContext().hadoopConfiguration());
        Optional<String> file = StoredRun.modelFile(files, warehouse, run);
        String recorded = run.getAs("model");
        if (file.isEmpty() && !StringUtils.isEmpty(recorded)) {
            command.commandLine()
                    .getErr()
                    .println("There is no file " + recorded + " any more: no figures of activity.");
        }
        return file.isPresent()
                ? Optional.of(ModelFile.read(files, configuration.plan().network(), file.get(), told -> {}))
                : Optional.empty();
    }

    private void sweep(SparkSession spark, Warehouse warehouse, String subject) throws IOException {
        SweepRecord sweep = sweepRecord(spark, warehouse, subject);
        RunConfiguration configuration = configuration(sweep);
        long members = members(warehouse, subject);
        String unfinished = "";
        if (sweep.runs().size() < members) {
            Files files = new Files(spark.sparkContext().hadoopConfiguration());
            boolean isRunning = SweepStatus.isRunning(files, warehouse.sweep(subject))
                    || warehouse.owned().containsKey("sweep " + subject);
            unfinished = String.format(
                    Locale.ROOT,
                    "%,d of %,d runs, %s",
                    sweep.runs().size(),
                    members,
                    isRunning ? "the others are still being trained" : "broken off: the same command goes on");
        }
        write(
                new SweepReport(subject, configuration.task().signature(), sweep, unfinished)
                        .page(configuration.lowestLoss(), configuration.lossUnit()),
                subject);
    }

    private static RunConfiguration configuration(SweepRecord sweep) {
        Row first = sweep.runs().get(0);
        return StoredRun.configuration(first.getAs("run_id"), sweep.config(), first.getAs("versions"), List.of());
    }

    /** What the tables say of a sweep, with all fits. */
    private SweepRecord sweepRecord(SparkSession spark, Warehouse warehouse, String subject) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        int slots = spark.sparkContext().defaultParallelism();
        spark.conf().set("spark.sql.shuffle.partitions", Integer.toString(slots)); // the bootstrap over seeds is work
        out.println("Fitting psychometric functions that are not in the tables yet ...");
        out.flush();
        long fitted = new SweepFits(warehouse, subject, slots).fitMissing();
        out.println(fitted == 0 ? "None is missing." : "Fitted those of " + Counted.of(fitted, "network") + ".");
        SweepRecord sweep = SweepRecord.read(spark, warehouse, subject);
        if (sweep.runs().isEmpty()) {
            throw new UserError("sweep " + subject + " has no finished run yet: submit/local status --warehouse "
                    + Shell.quoted(from.folder()));
        }
        return sweep;
    }

    private void write(ReportPage page, String name) throws IOException {
        folder(name).write(page, command.commandLine().getOut());
    }

    private ReportFolder folder(String name) {
        return new ReportFolder(to != null ? to : Path.of("reports", name));
    }
}
