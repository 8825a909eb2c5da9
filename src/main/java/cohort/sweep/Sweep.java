package cohort.sweep;

import cohort.cluster.ClusterEngine;
import cohort.cluster.Execution;
import cohort.run.FirstParameters;
import cohort.run.RunSpec;
import cohort.run.RunStatus;
import cohort.storage.Files;
import cohort.warehouse.RunRemoval;
import cohort.warehouse.SweepMember;
import cohort.warehouse.Tables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Trains many runs, and leaves them in the tables. What is in there already is not trained again, so that a sweep that was
 * broken off goes on, and one with more seeds or settings does only the new ones.
 */
public final class Sweep {
    private final SparkSession spark;
    private final JavaSparkContext context;
    private final Warehouse warehouse;
    private final Files files;
    private final String name;
    private final Halving halving;
    private final SweepRungs rungs;
    private final Execution execution;
    private final boolean oneRunPerSlot;
    private final SweepRun.Setup setup;
    private final Observer observer;

    /**
     * A run of a sweep.
     *
     * @param setting what the sweep changed, the same text for all seeds
     * @param settings the same by configuration key
     */
    public record Member(RunSpec run, String setting, Map<String, String> settings) {}

    /** Who watches a sweep, on the thread that runs it. */
    public interface Observer {
        /** Hears how many runs there are, and which of them are not in the tables. */
        void begin(int runs, List<Member> missing);

        /** Hears of a run that has ended, been stopped, or waits for the others. */
        void heard(RunResult result);

        /** Is asked several times a second whether to go on. */
        boolean goesOn();
    }

    /**
     * Prepares a sweep.
     *
     * @param oneRunPerSlot whether runs are done side by side, one in each slot, or one after another by all slots together
     * @param versions versions of Cohort, Java and Spark
     * @param timeLimitSeconds after which a run is given up
     * @param firstParameters what runs begin with
     */
    public Sweep(
            SparkSession spark,
            Warehouse warehouse,
            String name,
            Halving halving,
            Execution execution,
            boolean oneRunPerSlot,
            String versions,
            double timeLimitSeconds,
            FirstParameters firstParameters,
            Observer observer) {
        this.spark = spark;
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.warehouse = warehouse;
        this.files = warehouse.files();
        this.name = name;
        this.halving = halving;
        this.rungs = new SweepRungs(files, warehouse.fence(), warehouse.sweep(name), halving);
        this.execution = execution;
        this.oneRunPerSlot = oneRunPerSlot;
        this.setup = new SweepRun.Setup(
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
                warehouse.fence(),
                warehouse.models(),
                versions,
                timeLimitSeconds,
                execution.blas(),
                firstParameters);
        this.observer = observer;
    }

    /**
     * Trains what is missing.
     *
     * @throws SweepChangedException if the sweep cannot go on as it began
     */
    public void run(List<Member> members) throws IOException {
        new RunRemoval(warehouse).complete(ids(members));
        SweepResults tables = new SweepResults(spark, warehouse, ids(members));
        List<Member> missing = missing(members, tables);
        if (halving.rungs() > 1) {
            rungs.requireSameRuns(members, members.size() - missing.size());
        }
        recordMembers(members);
        observer.begin(members.size(), missing);
        try {
            List<Member> alive = members;
            for (int rung = 1; rung < halving.rungs() && observer.goesOn(); rung++) {
                alive = climb(alive, rung, tables);
            }
            if (observer.goesOn()) {
                List<SweepLeg> legs = new ArrayList<>();
                missing(alive, tables).forEach(member -> legs.add(SweepLeg.toTheEnd(member.run())));
                train(legs, tables, new ArrayList<>());
            }
        } finally {
            warehouse.fence().check(files); // else it may fail for the very reason that somebody else goes on
            tables.write(); // also when somebody asked to stop, or something failed: nothing that is done is lost
        }
    }

    /**
     * Takes the rows of runs that failed or took too long out of the tables, so that they are missing.
     *
     * @return how many there were
     */
    public int forgetFailures(List<Member> members) throws IOException {
        List<String> failed = new ArrayList<>();
        warehouse
                .read(Tables.RUNS)
                .where(functions.col("status").isin(RunStatus.FAILED.label(), RunStatus.TIMED_OUT.label()))
                .select("run_id")
                .collectAsList()
                .forEach(row -> failed.add(row.getString(0)));
        failed.retainAll(ids(members));
        if (!failed.isEmpty()) {
            warehouse.delete("training_curve", failed);
            warehouse.delete("runs", failed);
        }
        return failed.size();
    }

    private static List<Member> missing(List<Member> members, SweepResults tables) {
        return members.stream().filter(member -> !tables.has(member.run())).collect(Collectors.toList());
    }

    /** Trains up to a rung; returns those that go on from there. */
    private List<Member> climb(List<Member> members, int rung, SweepResults tables) throws IOException {
        List<RunResult> atRung = new ArrayList<>();
        if (!train(rungs.legs(missing(members, tables), rung), tables, atRung)) {
            return members;
        }
        List<Member> alive = rungs.decide(members, rung, atRung);
        Set<String> aliveRuns = ids(alive);
        List<RunResult> stopped = new ArrayList<>();
        for (RunResult result : atRung) {
            if (!aliveRuns.contains(result.runId())) {
                stopped.add(result.stopped());
            }
        }
        stop(stopped, tables);
        deleteStopped(members, aliveRuns);
        return alive;
    }

    private static Set<String> ids(List<Member> members) {
        return members.stream().map(member -> member.run().runId()).collect(Collectors.toSet());
    }

    /** Writes those that do not go on. */
    private void stop(List<RunResult> results, SweepResults tables) throws IOException {
        for (RunResult result : results) {
            observer.heard(result);
        }
        tables.add(results);
        tables.write();
    }

    /** Deletes what those would have gone on from that have been stopped, now or before somebody was killed. */
    private void deleteStopped(List<Member> members, Set<String> aliveRuns) throws IOException {
        Set<String> gone = ids(members);
        gone.removeAll(aliveRuns);
        gone.retainAll(files.list(warehouse.models()));
        if (!gone.isEmpty()) {
            for (Row row : warehouse
                    .read(Tables.RUNS)
                    .where(functions.col("status").equalTo(RunStatus.STOPPED.label()))
                    .select("run_id")
                    .collectAsList()) {
                if (gone.contains(row.getString(0))) {
                    files.deleteFolder(warehouse.modelFolder(row.getString(0)));
                }
            }
        }
    }

    /**
     * Does legs; those that end are written.
     *
     * @param waiting receives those that do not end
     * @return whether all are done: nobody asked to stop
     */
    private boolean train(List<SweepLeg> legs, SweepResults tables, List<RunResult> waiting) throws IOException {
        SweepJob.Listener listener = results -> {
            List<RunResult> ended = new ArrayList<>();
            for (RunResult result : results) {
                observer.heard(result);
                (result.isPaused() ? waiting : ended).add(result);
            }
            tables.add(ended);
            return observer.goesOn();
        };
        if (oneRunPerSlot) {
            new SweepJob(context, setup).run(legs, listener);
        } else {
            ClusterEngine all = ClusterEngine.generating(context, execution);
            for (SweepLeg leg : legs) {
                if (!observer.goesOn()) {
                    break;
                }
                try {
                    listener.accept(List.of(SweepRun.of(setup, all, leg, observer::goesOn)));
                } catch (TaskKilledException e) {
                    break; // somebody asked to stop
                }
            }
        }
        return observer.goesOn();
    }

    private void recordMembers(List<Member> members) throws IOException {
        List<SweepMember> rows = members.stream()
                .map(member -> new SweepMember(name, member.run(), member.setting(), member.settings()))
                .toList();
        warehouse.append(
                Tables.SWEEP_RUNS, functions.col("sweep").equalTo(name), ids(members), Tables.SWEEP_RUNS.rows(rows));
    }
}
