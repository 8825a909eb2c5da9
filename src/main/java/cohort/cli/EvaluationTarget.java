package cohort.cli;

import static org.apache.spark.sql.functions.col;

import cohort.config.Shell;
import cohort.config.UserError;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.run.RunConfiguration;
import cohort.run.RunStatus;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.warehouse.Differences;
import cohort.warehouse.StoredRun;
import cohort.warehouse.Tables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.sql.Row;

/**
 * What `evaluate` evaluates.
 *
 * @param run the trials it is tested on, and how
 * @param path file of the network
 * @param network the network
 * @param trained id of the run that trained it; empty for a file from elsewhere
 * @param changed keys that make the test another one than that of the run that trained it, with their values
 */
record EvaluationTarget(
        RunConfiguration run, String path, Parameters network, Optional<String> trained, Map<String, String> changed) {
    /** What may be changed for the test of a network that is trained. */
    private static final List<String> OF_THE_TEST = List.of("task", "evaluation", "data", "seed");

    /** Where trials come from, how many there are: this changes no trial, nor what a network does in it. */
    private static final List<String> WITHOUT_EFFECT_ON_A_TRIAL =
            List.of("data.table", "evaluation.trials", "evaluation.loss-sequences");

    /**
     * A file, tested as a configuration says.
     *
     * @param err hears what of the file was not taken as it stands there
     */
    static EvaluationTarget file(Files files, RunConfiguration run, String path, PrintWriter err) {
        try {
            Parameters network = ModelFile.read(files, run.plan().network(), path, err::println);
            return new EvaluationTarget(run, path, network, Optional.empty(), Map.of());
        } catch (IOException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    /**
     * The network that a configuration has led to, or another one that differs in nothing that matters to the training.
     *
     * @throws UserError if there is none
     */
    static EvaluationTarget of(Files files, Warehouse warehouse, RunConfiguration run, PrintWriter err)
            throws IOException {
        String own = warehouse.model(run.runId());
        if (files.exists(own)) {
            Parameters network = file(files, run, own, err).network();
            return new EvaluationTarget(run, own, network, Optional.of(run.runId()), Map.of());
        }
        List<Row> sameSeed = warehouse
                .read(Tables.RUNS)
                .where(col("status").equalTo(RunStatus.TRAINED.label()))
                .where(col("seed").equalTo(run.seed()))
                .where(col("parameters").equalTo(Parameters.size(run.plan().network())))
                .where(col("config").isNotNull())
                .orderBy(
                        col("name").equalTo(run.name()).desc(),
                        col("started_at").desc())
                .collectAsList();
        for (Row row : sameSeed) {
            if (trainsLike(run, row)) {
                return of(files, warehouse, row, run);
            }
        }
        List<Row> itself = warehouse
                .read(Tables.RUNS)
                .where(col("run_id").equalTo(run.runId()).and(col("config").isNotNull()))
                .takeAsList(1);
        if (!itself.isEmpty()) {
            return of(files, warehouse, itself.get(0), run); // which says why it has none, or where it lies
        }
        String none = "run " + run.runId() + " has no network in " + run.warehouse()
                + " yet: train it first, or name a file with --model";
        boolean isThereAnother = !warehouse
                .read(Tables.RUNS)
                .where(col("name").equalTo(run.name()).and(col("seed").equalTo(run.seed())))
                .isEmpty();
        throw new UserError(
                isThereAnother
                        ? none + "\n       A run's network on another task: "
                                + Shell.line(
                                        "submit/local",
                                        "evaluate",
                                        run.name() + ":" + run.seed(),
                                        "--warehouse",
                                        run.warehouse())
                                + " --set task..."
                        : none);
    }

    private static boolean trainsLike(RunConfiguration run, Row row) {
        try {
            return StoredRun.configuration(row).spec().trainsLike(run.spec());
        } catch (UserError e) {
            return false; // of another version
        }
    }

    /**
     * The network of a run, tested as a configuration says.
     *
     * @param trained row of table runs
     * @throws UserError if it has none, or it does not fit
     */
    static EvaluationTarget of(Files files, Warehouse warehouse, Row trained, RunConfiguration run) throws IOException {
        StoredRun stored = StoredRun.read(files, warehouse, trained);
        Map<String, String> changed = new TreeMap<>(Differences.changed(
                stored.configuration().spec().config(), run.spec().config()));
        NetworkSpec before = stored.network().spec();
        NetworkSpec now = run.plan().network();
        if (before.inputs() != now.inputs() || before.outputs() != now.outputs()) {
            throw new UserError("the network of run " + stored.runId() + " has " + before.inputs() + " inputs and "
                    + before.outputs() + " outputs; for the task as it is set now it would need " + now.inputs()
                    + " and " + now.outputs() + ": train one");
        }
        Parameters network = new Parameters(now, stored.network().values()); // another dt is another alpha
        return new EvaluationTarget(run, stored.path(), network, Optional.of(stored.runId()), changed);
    }

    /**
     * Refuses what evaluating cannot change.
     *
     * @param trained row of table runs
     * @throws UserError if a key is of the network or its training
     */
    static void requireSameTraining(Row trained, RunConfiguration run) {
        Map<String, String> changed = Differences.changed(
                StoredRun.configuration(trained).spec().config(), run.spec().config());
        for (String key : changed.keySet()) {
            if (!OF_THE_TEST.contains(StringUtils.substringBefore(key, "."))) {
                throw new UserError("--set " + key + "=" + changed.get(key)
                        + ": evaluating trains nothing; of a run only keys of task, evaluation and data, and the seed,"
                        + " can be changed");
            }
        }
    }

    /** Whether the network does in each trial what it did when its run was tested. */
    boolean isSameInEachTrial() {
        return WITHOUT_EFFECT_ON_A_TRIAL.containsAll(changed.keySet());
    }

    /** What was changed, in a line: "task.sigma = 2, seed = 7"; empty if nothing was. */
    Optional<String> changes() {
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(changed.entrySet().stream()
                        .map(key -> key.getKey() + " = " + key.getValue())
                        .collect(Collectors.joining(", ")));
    }
}
