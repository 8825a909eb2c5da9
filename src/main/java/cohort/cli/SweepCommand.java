package cohort.cli;

import static org.apache.spark.sql.functions.col;

import cohort.cluster.Execution;
import cohort.config.Counted;
import cohort.config.Shell;
import cohort.config.UserError;
import cohort.run.FirstParameters;
import cohort.run.RunConfiguration;
import cohort.run.RunSpec;
import cohort.run.TrainingPlan;
import cohort.storage.Ownership;
import cohort.storage.TakenOverException;
import cohort.sweep.Sweep;
import cohort.sweep.SweepChangedException;
import cohort.sweep.SweepConfiguration;
import cohort.sweep.SweepForecast;
import cohort.sweep.SweepTally;
import cohort.warehouse.SweepView;
import cohort.warehouse.TableVersions;
import cohort.warehouse.Versions;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `sweep CONF`: many trainings, from a space of settings and a list of seeds to a leaderboard. */
@Command(
        name = "sweep",
        description = "Trains every setting with every seed, as section sweep of the configuration says, and ranks the"
                + " settings. Repeated, it trains only what is missing.")
final class SweepCommand implements Callable<Integer> {
    private static final int LEADERS = 10;
    private static final int STOPPED = 130;

    @Mixin
    private ConfigurationOptions options;

    @Option(names = "--dry-run", description = "Prints the runs, and how long they will take, and trains nothing.")
    private boolean dryRun;

    @Option(names = "--resume", description = "What it does anyway: goes on where it was broken off.")
    @SuppressWarnings("UnusedVariable") // for those who know it from `train`
    private boolean resume;

    @Option(names = "--retry", description = "Trains runs again that failed or took too long; their rows are replaced.")
    private boolean retry;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        SweepConfiguration sweep = SweepConfiguration.of(options.settings());
        ConfigurationOptions.print(sweep.notes(), command.commandLine());
        String name = sweep.base().name();
        return SparkSessions.with("sweep " + name, false, spark -> {
            PrintWriter out = command.commandLine().getOut();
            if (dryRun) {
                SweepForecast.print(JavaSparkContext.fromSparkContext(spark.sparkContext()), sweep, out);
                return 0;
            }
            return sweep(sweep, spark, out);
        });
    }

    private int sweep(SweepConfiguration sweep, SparkSession spark, PrintWriter out) throws IOException {
        RunConfiguration base = sweep.base();
        PrintWriter err = command.commandLine().getErr();
        Warehouse warehouse = new Warehouse(spark, base.warehouse());
        requireSameVersion(warehouse);
        List<RunSpec> runs = sweep.members().stream().map(Sweep.Member::run).toList();
        FirstParameters first = firstParameters(warehouse, runs, err);
        List<String> ids = runs.stream().map(RunSpec::runId).toList();
        try (Ownership ownership = Owners.ofSweep(warehouse, "trained", base.name(), ids, err)) {
            int exitCode = train(sweep, spark, warehouse.heldBy(ownership), ownership, first);
            if (exitCode != 0) {
                return exitCode;
            }
        }
        leaderboard(warehouse, spark, base, out);
        return 0;
    }

    /** Trains what is missing; returns the exit code. */
    private int train(
            SweepConfiguration sweep,
            SparkSession spark,
            Warehouse warehouse,
            Ownership ownership,
            FirstParameters first)
            throws IOException {
        RunConfiguration base = sweep.base();
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        for (Sweep.Member member : sweep.members()) {
            TrainingPlan plan = member.run().plan();
            Fleet.requireMemory(
                    context, plan, sweep.oneRunPerSlot() ? sweep.members().size() : plan.workers());
        }
        Execution execution = new Execution(base.topology(), Fleet.commonBlas(context, base.mixedBlas(), err));
        out.printf(
                Locale.ROOT,
                "Sweep %s: %s on %s%n",
                base.name(),
                Counted.of(sweep.members().size(), "run"),
                Counted.of(context.defaultParallelism(), "slot"));
        out.flush();
        try (StopRequest stop = new StopRequest(err, "Stopping, and writing what is done");
                SweepProgress progress = new SweepProgress(
                        out,
                        warehouse.files(),
                        warehouse.sweep(base.name()),
                        base.name(),
                        sweep.halving(),
                        stop,
                        ownership)) {
            try {
                Sweep run = new Sweep(
                        spark,
                        warehouse,
                        base.name(),
                        sweep.halving(),
                        execution,
                        sweep.oneRunPerSlot(),
                        Versions.line(),
                        sweep.timeLimitSeconds(),
                        first,
                        progress);
                if (retry) {
                    out.println("Failed before, and tried again: "
                            + Counted.of(run.forgetFailures(sweep.members()), "run") + ".");
                }
                run.run(sweep.members());
            } catch (SweepChangedException e) {
                throw new UserError(e.getMessage(), e);
            } catch (TakenOverException e) {
                throw e; // somebody else goes on
            } catch (Exception | FSError e) {
                progress.end("failed");
                err.println(
                        "Broken off. What was written to " + base.warehouse() + " stays; the same command goes on.");
                Fleet.explain(e, context);
                throw e;
            }
            progress.end(stop.isMade() ? "stopped" : "finished");
            if (stop.isMade()) {
                err.printf(
                        Locale.ROOT,
                        "Stopped with %,d of %,d runs done. The same command goes on from here.%n",
                        progress.tally().ended(),
                        sweep.members().size());
                return STOPPED;
            }
            summary(sweep, progress.tally(), context.defaultParallelism(), out);
        }
        return 0;
    }

    private static void requireSameVersion(Warehouse warehouse) throws IOException {
        List<String> other = TableVersions.ofAnother(warehouse);
        if (!other.isEmpty()) {
            throw new UserError("the warehouse was written by another version of Cohort: " + String.join("; ", other)
                    + "\n       Choose another folder, --set warehouse=...");
        }
    }

    private static FirstParameters firstParameters(Warehouse warehouse, List<RunSpec> runs, PrintWriter err) {
        try {
            return FirstParameters.read(warehouse.files(), runs, err::println);
        } catch (IOException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private static void summary(SweepConfiguration sweep, SweepTally tally, int slots, PrintWriter out) {
        int here = tally.ended() - tally.earlier();
        if (here == 0) {
            out.println("Nothing to train: " + Counted.of(tally.ended(), "run") + " ended before.");
            return;
        }
        out.printf(
                Locale.ROOT,
                "%,d trained, %,d failed, %,d stopped in %.1f s: %,.0f runs an hour.%n",
                tally.trained(),
                tally.failed(),
                tally.stopped(),
                tally.seconds(),
                3600 * here / tally.seconds());
        if (tally.failed() > 0) {
            out.printf(
                    "Why:    submit/local sql --warehouse %s \"SELECT run_id, status, step, reason FROM runs WHERE name = '%s'"
                            + " AND status <> 'trained'\"%n",
                    Shell.quoted(sweep.base().warehouse()), sweep.base().name());
        }
        if (sweep.oneRunPerSlot()) {
            double training = tally.training(slots);
            double evaluation = tally.evaluation(slots);
            double storing = tally.storing(slots);
            out.printf(
                    Locale.ROOT,
                    "Slots were busy %.1f %% of the time: %.1f %% training, %.1f %% evaluating, %.1f %% storing.%n",
                    100 * (training + evaluation + storing),
                    100 * training,
                    100 * evaluation,
                    100 * storing);
        }
    }

    private static void leaderboard(Warehouse warehouse, SparkSession spark, RunConfiguration base, PrintWriter out)
            throws IOException {
        warehouse.registerView(SweepView.LEADERBOARD);
        Dataset<Row> all = spark.table(SweepView.LEADERBOARD.label())
                .where(col("sweep").equalTo(base.name()))
                .orderBy("rank", "setting")
                .cache();
        out.println(Ranking.render(all.takeAsList(LEADERS)));
        if (all.count() > LEADERS) {
            out.println(
                    "These are the best of " + Counted.of(all.count(), "setting") + "; all are in view leaderboard.");
        }
        all.unpersist();
        out.println("Tables  " + base.warehouse() + ": " + String.join(", ", warehouse.tables()));
        out.println("        submit/local sql --warehouse " + Shell.quoted(base.warehouse())
                + " \"SELECT setting, condition, accuracy, accuracy_sem FROM setting_accuracy WHERE sweep = '"
                + base.name()
                + "' ORDER BY setting, condition\"");
    }
}
