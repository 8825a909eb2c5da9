package cohort.cli;

import cohort.config.UserError;
import cohort.evaluation.TrialArrays;
import cohort.export.ExportFolder;
import cohort.export.ExportedTables;
import cohort.export.PythonFiles;
import cohort.warehouse.RunLookup;
import cohort.warehouse.RunName;
import cohort.warehouse.StoredRun;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `export RUN --to DIR`: all there is of a run, for PyTorch, NumPy and pandas. */
@Command(
        name = "export",
        description =
                "Writes a run's network, tables and some held-out trials to a folder, with a script that loads them"
                        + " into PyTorch.")
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "What to export: " + RunName.FORMS + ".")
    private String run;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "Folder of this machine to write; it must not be there yet, or be empty.")
    private String to;

    @Mixin
    private WarehouseOption from;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "200",
            description = "Held-out trials to write with all the network does in them. Default: ${DEFAULT-VALUE}.")
    private int trials;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        if (trials < 1) {
            throw new UserError("--trials " + trials + ": must be at least 1");
        }
        if (to.contains("://")) {
            throw new UserError("--to " + to + ": must be a folder of this machine");
        }
        from.folder(); // looked at now, before Spark has started
        ExportFolder.requireEmpty(Path.of(to));
        return SparkSessions.with("export " + run, true, this::export);
    }

    private int export(SparkSession spark) throws IOException {
        if (!spark.sparkContext().isLocal()) {
            throw new UserError("export writes files of this machine, which the executors of "
                    + spark.sparkContext().master()
                    + " may not see: use submit/local export, with --warehouse for a folder elsewhere");
        }
        Warehouse tables = from.open(spark);
        StoredRun stored = StoredRun.read(
                new cohort.storage.Files(spark.sparkContext().hadoopConfiguration()),
                tables,
                new RunLookup(tables, command.commandLine().getErr()).find(run));
        TrialArrays recorded;
        try {
            recorded = PythonFiles.trials(stored, trials);
        } catch (IllegalArgumentException e) {
            throw new UserError("--trials " + trials + ": " + e.getMessage(), e);
        }
        List<String> withoutCsv;
        try (ExportFolder folder = ExportFolder.create(Path.of(to))) {
            PythonFiles.write(stored, recorded, folder.unfinished());
            withoutCsv = new ExportedTables(spark, tables)
                    .write(stored.runId(), folder.unfinished().resolve("tables"));
            folder.commit();
        }
        print(stored.runId(), withoutCsv);
        return 0;
    }

    private void print(String runId, List<String> withoutCsv) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Path folder = Path.of(to);
        out.println("Exported run " + runId + " to " + folder);
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            out.printf(Locale.ROOT, "    %-36s %,12d bytes%n", folder.relativize(file), Files.size(file));
        }
        for (String table : withoutCsv) {
            out.println("Table " + table + " has lists in it, which CSV cannot hold: it is Parquet only.");
        }
        out.println("Check it in PyTorch:  python " + folder.resolve("load.py"));
    }
}
