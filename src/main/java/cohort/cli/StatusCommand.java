package cohort.cli;

import cohort.config.UserError;
import cohort.storage.Files;
import cohort.sweep.SweepStatus;
import cohort.warehouse.Warehouse;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `status`: how far the sweeps of a warehouse are, from another terminal than theirs. */
@Command(name = "status", description = "Shows how far the sweeps of a warehouse are.")
final class StatusCommand implements Callable<Integer> {
    private static final String[] HEADERS = {
        "sweep", "state", "runs", "trained", "failed", "stopped", "sequences/s", "left", "best efficiency"
    };

    @Mixin
    private WarehouseOption from;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Files files = new Files(new Configuration());
        String sweeps = new Path(from.folder(), Warehouse.SWEEPS).toString();
        Set<String> owned = Warehouse.owned(files, from.folder()).keySet();
        List<String[]> rows = new ArrayList<>();
        for (String name : files.list(sweeps).stream().sorted().toList()) {
            rows.add(SweepStatus.read(files, sweeps + "/" + name)
                    .map(status -> row(status, owned.contains("sweep " + name)))
                    .orElseGet(() -> withoutStatus(name)));
        }
        if (rows.isEmpty()) {
            throw new UserError("there is no sweep in " + from.folder() + "; name its folder with --warehouse");
        }
        Column[] columns = new Column[HEADERS.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = new Column().header(HEADERS[c]);
        }
        out.println(
                AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, rows.toArray(String[][]::new)));
        return 0;
    }

    /** A sweep that has just begun, or is writing its status at this moment. */
    private static String[] withoutStatus(String sweep) {
        String[] row = new String[HEADERS.length];
        Arrays.fill(row, "");
        row[0] = sweep;
        row[1] = "not known yet";
        return row;
    }

    /** A sweep is lost if it is silent and nobody has it: who writes tables, which may wait for runs of minutes, writes no status. */
    private static String[] row(SweepStatus status, boolean isOwned) {
        long silent = System.currentTimeMillis() - status.updatedMillis();
        boolean running = status.state().equals("running");
        boolean lost = running && silent > SweepStatus.SILENT_MILLIS && !isOwned;
        return new String[] {
            status.sweep(),
            lost ? "silent for " + silent / 60_000 + " min: repeat it to go on" : status.state(),
            format("%,d of %,d", status.ended(), status.runs()),
            Integer.toString(status.trained()) + (status.earlier() > 0 ? " + " + status.earlier() + " earlier" : ""),
            Integer.toString(status.failed()),
            Integer.toString(status.stopped()),
            format("%,.0f", status.sequencesPerSecond()),
            running && !lost && !Double.isNaN(status.secondsLeft()) ? format("%.0f s", status.secondsLeft()) : "",
            status.bestRun().isEmpty() ? "" : format("%.3f (%s)", status.best(), status.bestRun())
        };
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
