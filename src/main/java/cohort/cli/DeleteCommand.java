package cohort.cli;

import static org.apache.spark.sql.functions.col;

import cohort.config.Counted;
import cohort.config.UserError;
import cohort.run.Names;
import cohort.storage.Ownership;
import cohort.warehouse.Deletion;
import cohort.warehouse.RunLookup;
import cohort.warehouse.RunName;
import cohort.warehouse.Tables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `delete RUN|SWEEP...`: takes runs out of a warehouse for good. */
@Command(
        name = "delete",
        description =
                "Deletes runs and sweeps: their rows of all tables, models, checkpoints, and the data files that are"
                        + " of no use then. A query of somebody else that runs meanwhile may fail, and can be repeated. Tables of"
                        + " trials and exported folders stay.")
final class DeleteCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN|SWEEP",
            description = "The name of a sweep, with all its runs that are in no other, or " + RunName.FORMS + ".")
    private List<String> subjects;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Mixin
    private WarehouseOption from;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        from.folder(); // looked at now, before Spark has started
        if (!yes && !Terminal.isInteractive()) {
            throw new UserError("without a terminal nobody can be asked whether to delete: say --yes");
        }
        return SparkSessions.with("delete", false, this::delete);
    }

    private int delete(SparkSession spark) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        Warehouse warehouse = from.open(spark);
        String request = DigestUtils.sha256Hex(String.join("\n", new TreeSet<>(subjects)));
        Deletion.Plan plan = new Deletion(warehouse, request).brokenOff().orElse(null);
        if (plan != null) {
            out.println("This was begun before, and goes on: " + described(plan));
        } else {
            plan = plan(warehouse);
            out.println("To delete: " + described(plan));
            if (!yes && !isConfirmed()) {
                out.println("Nothing was deleted.");
                return 0;
            }
        }
        try (Ownership all = Owners.of(warehouse, "deleted", plan.sweeps(), plan.runs(), err)) {
            Deletion.Gone gone = carryOut(new Deletion(warehouse.heldBy(all), request), plan, warehouse);
            out.printf(
                    Locale.ROOT,
                    "Deleted %s: %s, %s.%n",
                    Counted.of(plan.runs().size(), "run"),
                    Counted.of(gone.rows(), "row"),
                    FileUtils.byteCountToDisplaySize(Math.max(0, gone.bytes())));
        }
        return 0;
    }

    private static Deletion.Gone carryOut(Deletion deletion, Deletion.Plan plan, Warehouse warehouse)
            throws IOException {
        if (!Terminal.isInteractive()) {
            return deletion.carryOut(plan, () -> {});
        }
        try (ProgressBar bar = Terminal.bar(1 + warehouse.tables().size()).build()) {
            return deletion.carryOut(plan, bar::step);
        }
    }

    private static boolean isConfirmed() {
        String answer = System.console().readLine("Delete for good? [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private Deletion.Plan plan(Warehouse warehouse) throws IOException {
        RunLookup lookup = new RunLookup(warehouse, command.commandLine().getErr());
        Set<String> sweeps = new LinkedHashSet<>();
        Set<String> runs = new LinkedHashSet<>();
        List<Row> members = warehouse
                .read(Tables.SWEEP_RUNS)
                .where(col("sweep").isNotNull().and(col("run_id").isNotNull()))
                .select("sweep", "run_id")
                .collectAsList();
        for (String subject : subjects) {
            boolean isSweep = hasFolder(subject, Warehouse.SWEEPS, warehouse)
                    || members.stream().anyMatch(row -> row.getString(0).equals(subject));
            if (isSweep) {
                sweeps.add(subject);
            } else {
                runs.add(
                        hasFolder(subject, Warehouse.MODELS, warehouse)
                                ? subject // also one that was never finished, and has no row
                                : lookup.findId(subject));
            }
        }
        for (String sweep : sweeps) {
            lookup.sayRunsBeside(sweep);
        }
        Set<String> elsewhere = new HashSet<>();
        for (Row row : members) {
            if (!sweeps.contains(row.getString(0))) {
                elsewhere.add(row.getString(1));
            }
        }
        Set<String> staying = new TreeSet<>();
        for (Row row : members) {
            if (sweeps.contains(row.getString(0))) {
                (elsewhere.contains(row.getString(1)) ? staying : runs).add(row.getString(1));
            }
        }
        staying.removeAll(runs);
        if (!staying.isEmpty()) {
            command.commandLine()
                    .getOut()
                    .println(Counted.of(staying.size(), "run") + " of " + String.join(", ", sweeps)
                            + " will stay: other sweeps have them, too.");
        }
        return new Deletion.Plan(new ArrayList<>(runs), new ArrayList<>(sweeps));
    }

    private static boolean hasFolder(String name, String among, Warehouse warehouse) throws IOException {
        return Names.problemOfRun(name).isEmpty()
                && warehouse.files().list(warehouse.root() + "/" + among).contains(name);
    }

    private static String described(Deletion.Plan plan) {
        List<String> parts = new ArrayList<>();
        plan.sweeps().forEach(sweep -> parts.add("sweep " + UserError.quoted(sweep)));
        plan.runs().stream().limit(MOST_SHOWN).forEach(run -> parts.add("run " + UserError.quoted(run)));
        int more = plan.runs().size() - MOST_SHOWN;
        return String.join(", ", parts) + (more > 0 ? " and " + Counted.of(more, "more run") : "");
    }
}
