package cohort.cli;

import cohort.cluster.Failures;
import cohort.config.UserError;
import cohort.storage.NameNode;
import cohort.warehouse.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.util.ShutdownHookManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line: one class per command, and what they share about errors and exit codes. */
@Command(
        name = "submit/local",
        description =
                "Trains cohorts of recurrent neural networks (leaky, LSTM and GRU) on cognitive tasks with Apache Spark.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        scope = ScopeType.INHERIT,
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            GenerateCommand.class,
            ImportCommand.class,
            ListCommand.class,
            DeleteCommand.class,
            ExportCommand.class,
            SqlCommand.class,
            ReportCommand.class,
            SweepCommand.class,
            StatusCommand.class,
            ScalingCommand.class,
            TaskCommand.class,
            DoctorCommand.class,
            WarmUpCommand.class
        })
public final class Cohort {
    /** Environment variable with the level of the log; where it is set, failures show their stack trace. */
    private static final String LOG = "COHORT_LOG";

    private Cohort() {}

    /** Runs a command; the JVM ends with its exit code: 0 done, 1 failed, 2 a mistake of the user. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // before anything is formatted; a session does it too
        int exitCode = run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs a command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new Cohort());
        commandLine.setOut(out).setErr(err);
        // A query may begin with a comment, which looks like an option.
        commandLine.getSubcommands().get("sql").setUnmatchedOptionsArePositionalParams(true);
        commandLine.setParameterExceptionHandler((exception, parsed) -> {
            err.println("error: " + exception.getMessage() + Typos.meant(exception) + "\n       "
                    + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help shows what there is");
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> report(exception, err));
        if (arguments.length == 0) {
            commandLine.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        try {
            return commandLine.execute(Arrays.copyOf(arguments, arguments.length));
        } catch (FSError e) { // what Hadoop's local file system throws where a disk is full
            return report(new IOException(e.getCause().getMessage(), e), err);
        } catch (StackOverflowError e) {
            return report(new UserError("something in the arguments or in a file is nested too deeply", e), err);
        } catch (Error e) { // memory is too small, or a class is not there
            return report(e, err);
        }
    }

    private static int report(Throwable exception, PrintWriter err) {
        boolean verbose = System.getenv(LOG) != null;
        if (verbose) {
            exception.printStackTrace(err);
        }
        if (ShutdownHookManager.get().isShutdownInProgress()) {
            return CommandLine.ExitCode.SOFTWARE; // whoever stopped this command does not ask why it broke off
        }
        if (exception instanceof UserError
                || exception instanceof InvalidPathException
                || exception instanceof NameNode.SilentException) {
            err.println("error: " + exception.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        err.println("failed: " + Failures.reason(exception));
        if (!verbose) {
            err.println("        (" + LOG + "=info shows where)");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
