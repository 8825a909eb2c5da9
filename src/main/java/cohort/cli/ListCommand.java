package cohort.cli;

import cohort.config.UserError;
import cohort.warehouse.ListLine;
import cohort.warehouse.RunList;
import cohort.warehouse.RunLookup;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `list`: the runs and sweeps there are, and what tells those of one name apart. */
@Command(
        name = "list",
        description =
                "Lists runs and sweeps, those of one name together and the newest first, with what differs between them.")
final class ListCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Only runs of this name or sweep, or whose id begins so, each by itself.")
    private String name;

    @Mixin
    private WarehouseOption from;

    @Option(names = "--runs", description = "Lists the runs of sweeps by themselves, too.")
    private boolean everyRun;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private SqlCommand.Format format;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        String folder = from.folder(); // looked at before Spark starts
        return SparkSessions.with("list", true, spark -> list(spark, folder));
    }

    private int list(SparkSession spark, String folder) throws IOException {
        Warehouse warehouse = from.open(spark);
        RunList list = new RunList(warehouse);
        List<ListLine> lines = name != null ? list.called(name) : everyRun ? list.everyRun() : list.summary();
        if (lines.isEmpty() && name != null) {
            throw new RunLookup(warehouse, command.commandLine().getErr()).unknown(name);
        }
        if (lines.isEmpty()) {
            throw new UserError(
                    "there are no runs in " + folder + ": train something first, or name the folder with --warehouse");
        }
        PrintWriter out = command.commandLine().getOut();
        if (format == SqlCommand.Format.table) {
            out.println(ListTable.render(lines));
            out.println(
                    "A name means its newest run; NAME:SEED, NAME@2 (the one before the newest) and an id's beginning"
                            + " name others.");
        } else {
            SqlCommand.print(
                    spark.createDataFrame(lines.stream().map(ListLine::row).toList(), ListLine.columns()), format, out);
        }
        return 0;
    }
}
