package cohort.cli;

import cohort.cluster.ClusterEngine;
import cohort.cluster.Execution;
import cohort.cluster.ParameterAveraging;
import cohort.config.Counted;
import cohort.config.Shell;
import cohort.config.UserError;
import cohort.evaluation.AccuracyTally;
import cohort.network.Parameters;
import cohort.run.MixedBlas;
import cohort.run.RunConfiguration;
import cohort.run.RunMachine;
import cohort.run.RunStatus;
import cohort.run.Stage;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import cohort.storage.TakenOverException;
import cohort.task.Batching;
import cohort.training.Divergence;
import cohort.warehouse.RunRows;
import cohort.warehouse.Table;
import cohort.warehouse.Tables;
import cohort.warehouse.TaskViews;
import cohort.warehouse.TrialTable;
import cohort.warehouse.Versions;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** One training from its first state, or from a checkpoint, to the table on the terminal. */
final class TrainingRun {
    private static final int DIVERGED = 1;
    /** What shells report of a process that Ctrl-C ended. */
    private static final int STOPPED = 130;

    private final RunConfiguration run;
    private final SparkSession spark;
    private final JavaSparkContext context;
    private final Warehouse warehouse;
    private final RunPreparation preparation;
    private final RunRows rows;
    private final Watcher watcher = new Watcher();
    private final PrintWriter out;
    private final PrintWriter err;

    TrainingRun(RunConfiguration run, SparkSession spark, Warehouse warehouse, CommandLine commandLine) {
        this.run = run;
        this.spark = spark;
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.warehouse = warehouse;
        this.preparation = new RunPreparation(warehouse, run);
        this.rows = new RunRows(run.spec(), Versions.line());
        this.out = commandLine.getOut();
        this.err = commandLine.getErr();
    }

    private static String batch(Batching batching) {
        return switch (batching.form()) {
            case WINDOWS -> batching.batchSize() + " x " + batching.sequenceLength();
            case TRIALS -> Counted.of(batching.batchSize(), "trial");
        };
    }

    /** Trains, evaluates and stores; returns the exit code. */
    int train(RunPreparation.Earlier earlier) throws IOException {
        if (earlier == RunPreparation.Earlier.RESUME) {
            Optional<Row> finished = preparation.finished();
            if (finished.isPresent()) {
                return alreadyFinished(finished.get());
            }
        }
        Parameters first = initialParameters();
        rows.beginWith(first);
        ClusterEngine engine = engine();
        Optional<TrainingState> checkpoint = preparation.open(earlier, err);
        TrainingState from = checkpoint.orElseGet(
                () -> TrainingState.initial(first, run.plan().training().optimizer()));
        out.printf(
                Locale.ROOT,
                "%s %s: %,d parameters, %s on %s, %s of %s%n",
                from.round() == 0 ? "Training" : "Resuming after round " + from.round() + ",",
                run.runId(),
                first.values().length,
                Counted.of(run.plan().workers(), "logical worker"),
                Counted.of(context.defaultParallelism(), "core"),
                Counted.of(run.plan().training().steps(), "step"),
                batch(run.plan().batching()));
        try {
            RunMachine<ClusterEngine.Test> machine = new RunMachine<>(run.spec(), engine, watcher);
            CompletableFuture<Void> tasks = CompletableFuture.runAsync(this::appendTasks);
            RunMachine.Carried carried;
            try {
                carried = rounds(machine, from);
            } finally {
                tasks.exceptionally(failure -> null).join(); // whatever happens, nobody writes any more
            }
            requireDone(tasks);
            if (run.mixedBlas() == MixedBlas.WARN) {
                Fleet.commonBlas(context, run.mixedBlas(), err); // executors that came after the first job
            }
            return switch (carried.status()) {
                case DIVERGED -> diverged(carried.state(), carried.divergence().orElseThrow());
                case TRAINED -> finish(machine, carried.state());
                default -> {
                    err.println("Stopped after round " + carried.state().round() + " of "
                            + run.plan().rounds() + ". The same command with --resume goes on from here.");
                    yield STOPPED;
                }
            };
        } catch (TakenOverException e) {
            throw e; // somebody else goes on
        } catch (Exception | FSError e) {
            err.println("Broken off. What was written to " + run.warehouse()
                    + " stays; the same command with --resume goes on.");
            Fleet.explain(e, context);
            throw e;
        }
    }

    private RunMachine.Carried rounds(RunMachine<ClusterEngine.Test> machine, TrainingState from) throws IOException {
        try (StopRequest stop = new StopRequest(err, "Stopping after this round");
                TrainingProgress progress = new TrainingProgress(out, run.plan())) {
            stop.listen();
            watcher.begin(stop, progress);
            return machine.train(from);
        }
    }

    /** Shows rounds, and keeps a checkpoint now and then. */
    private final class Watcher implements RunMachine.Watcher {
        private StopRequest stop;
        private TrainingProgress progress;

        void begin(StopRequest stopRequest, TrainingProgress shown) {
            stop = stopRequest;
            progress = shown;
        }

        @Override
        public boolean afterRound(TrainingState state) throws IOException {
            warehouse.fence().check(warehouse.files());
            progress.show(state.rounds().get(state.round() - 1));
            boolean last = stop.isMade() || state.round() == run.plan().rounds();
            if (last || state.round() % run.checkpointRounds() == 0) {
                preparation.folder().checkpoint(state);
            }
            return !last;
        }

        @Override
        public void stage(Stage stage) throws IOException {
            preparation.folder().writeStage(stage);
        }
    }

    /** Whatever files an earlier attempt had no time to delete go now. */
    private int alreadyFinished(Row finished) throws IOException {
        switch (RunStatus.of(finished.getAs("status")).orElse(RunStatus.FAILED)) {
            case TRAINED -> {
                preparation.folder().deleteCheckpoints();
                out.println("Run " + run.runId() + " is finished: "
                        + preparation.folder().path());
                return 0;
            }
            case DIVERGED -> {
                err.println("Run " + run.runId() + " is finished: it diverged, " + finished.getAs("reason"));
                return DIVERGED;
            }
            default -> throw preparation.refusal(finished);
        }
    }

    private int diverged(TrainingState state, Divergence divergence) throws IOException {
        String reason = divergence.describe();
        append(Tables.TRAINING_CURVE, rows.curve(state.rounds()));
        appendRun(RunRows.End.withoutModel(
                RunStatus.DIVERGED, reason, state.learner().step(), state.rounds(), Double.NaN));
        err.println("diverged: " + reason + "\n          Recorded in table runs. "
                + (divergence.isBeforeAnyUpdate()
                        ? "No weight had changed yet: look at network.initial-model, task.sigma and"
                                + " training.period-weights."
                        : "A lower " + divergence.rateKey() + " or training.clipping.limit usually helps."));
        return DIVERGED;
    }

    /** Evaluates the trained network and stores both. */
    private int finish(RunMachine<ClusterEngine.Test> machine, TrainingState state) throws IOException {
        if (state.round() < run.plan().rounds()) {
            preparation.folder().checkpoint(state); // the bound was reached, which is not found out again
            out.printf(
                    Locale.ROOT,
                    "Reached training.until after %s.%n",
                    Counted.of(state.learner().step(), "step"));
        }
        String model = preparation.folder().writeModel(state);
        preparation.folder().writeOptimizer(state);
        out.printf(
                Locale.ROOT,
                "Evaluating on %s and writing tables ...%n",
                Counted.of(run.evaluation().trials(), "held-out trial"));
        out.flush();
        append(Tables.TRAINING_CURVE, rows.curve(state.rounds()));
        AccuracyTally tally;
        double loss;
        try (ClusterEngine.Test test = machine.test(state)) {
            tally = test.tally();
            loss = test.loss();
            rows.append(warehouse, test.outcomes(), tally, preparation.folder().stages(state, tally));
        }
        appendRun(RunRows.End.trained(state, model, machine.network(state), tally.overall(), loss));
        preparation.folder().deleteCheckpoints();

        out.println(AccuracyTable.render(run.plan().task(), tally));
        out.printf(
                Locale.ROOT,
                "Held-out loss %.5f %s.%n",
                loss,
                run.plan().training().loss().unit());
        out.println("Model   " + model);
        out.println("Tables  " + run.warehouse() + ": " + String.join(", ", warehouse.tables()));
        out.println("        submit/local sql --warehouse " + Shell.quoted(run.warehouse()) + " \""
                + TaskViews.query(run.plan().task(), run.runId()) + "\"");
        return 0;
    }

    private ClusterEngine engine() throws IOException {
        TrainingPlan plan = run.plan();
        Fleet.requireMemory(context, plan, plan.workers());
        Execution execution = new Execution(run.topology(), Fleet.commonBlas(context, run.mixedBlas(), err));
        if (run.table().isEmpty()) {
            return ClusterEngine.generating(context, execution);
        }
        List<String> tables = warehouse.tables();
        if (!tables.contains(run.table())) {
            throw new UserError("data.table = " + run.table() + ": there is no such table in " + run.warehouse()
                    + "; there are " + tables + ". Make it with `generate`.");
        }
        try {
            var shards = new TrialTable(spark, warehouse.table(run.table())).shards(plan);
            return new ClusterEngine(context, same -> ParameterAveraging.on(context, same, execution, shards));
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private Parameters initialParameters() {
        try {
            return run.spec().firstParameters(warehouse.files(), err::println);
        } catch (IOException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    /** The first rows take Delta a second or two, in which the run is trained already. */
    private void appendTasks() {
        try {
            append(Tables.TASKS, rows.tasks());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireDone(CompletableFuture<Void> tasks) throws IOException {
        try {
            tasks.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw failure.getCause();
            }
            throw e;
        }
    }

    private void append(Table<?> table, List<Row> ofTable) throws IOException {
        warehouse.append(table, run.runId(), ofTable);
    }

    private void appendRun(RunRows.End end) throws IOException {
        append(Tables.RUNS, List.of(rows.run(end)));
    }
}
