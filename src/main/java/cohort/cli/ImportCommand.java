package cohort.cli;

import cohort.config.Counted;
import cohort.config.Shell;
import cohort.config.UserError;
import cohort.config.UserPath;
import cohort.run.Names;
import cohort.storage.Files;
import cohort.task.recorded.NpzTrials;
import cohort.task.recorded.Recordings;
import cohort.task.recorded.TrialFile;
import cohort.task.recorded.TrialFile.Numbers;
import cohort.warehouse.ParquetTrials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `import`: trials that were made elsewhere become a task. */
@Command(
        name = "import",
        description =
                "Keeps trials of a file of NumPy (.npz) or of a Parquet file in the warehouse, for task.kind = recorded.")
final class ImportCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A .npz file, or a .parquet file or folder with one row for each trial.")
    private String file;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            required = true,
            description = "Name of the recording: task.recording.")
    private String name;

    @Option(
            names = "--held-out",
            paramLabel = "FRACTION",
            defaultValue = "0.2",
            description = "Of the trials, if the file has no array held_out. Default: ${DEFAULT-VALUE}.")
    private double heldOut;

    @Option(
            names = "--periods",
            paramLabel = "NAME",
            split = ",",
            description = "Names of the columns of period_ends, in their order.")
    private List<String> periods = List.of();

    @Option(names = "--ignore", paramLabel = "NAME", split = ",", description = "Arrays or columns that are left out.")
    private Set<String> ignored = Set.of();

    @Mixin
    private WarehouseOption into;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        Names.problemOfExperiment(name).ifPresent(problem -> {
            throw new UserError("--as " + name + ": " + problem);
        });
        if (!(heldOut > 0 && heldOut < 1)) {
            throw new UserError("--held-out " + heldOut + ": must be above 0 and below 1");
        }
        for (String period : periods) {
            if (!period.matches("[a-z][a-z0-9_-]*")) {
                throw new UserError("--periods " + period + ": must be made of small letters, digits, - and _");
            }
        }
        String path = UserPath.of("FILE", file);
        String folder = into.folder();
        if (path.endsWith(".npz")) {
            Path there = Path.of(path);
            if (!java.nio.file.Files.isRegularFile(there)) {
                throw new UserError("there is no file " + path);
            }
            keep(NpzTrials.read(there), folder);
            return 0;
        }
        if (!path.replaceFirst("/+$", "").endsWith(".parquet")) {
            throw new UserError(path + " is neither a .npz nor a .parquet file");
        }
        return SparkSessions.with("import", true, spark -> {
            keep(ParquetTrials.read(spark, path), folder);
            return 0;
        });
    }

    private void keep(Map<String, Numbers> arrays, String folder) throws IOException {
        byte[] recording = new TrialFile(arrays, periods, ignored, heldOut).recording();
        String kept = Recordings.store(new Files(new Configuration()), folder, name, recording);
        PrintWriter out = command.commandLine().getOut();
        out.println(Recordings.describe(recording));
        out.println("Kept " + Counted.of(recording.length, "byte") + " as " + kept);
        out.println("Train on it: task { kind = recorded, recording = " + Shell.quoted(name) + " }");
    }
}
