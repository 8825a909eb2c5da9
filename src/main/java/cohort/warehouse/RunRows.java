package cohort.warehouse;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.evaluation.Evidence;
import cohort.evaluation.NoiseTally;
import cohort.evaluation.TrialActivity;
import cohort.evaluation.TrialOutcome;
import cohort.network.Parameters;
import cohort.run.RoundReport;
import cohort.run.RunSpec;
import cohort.run.RunStatus;
import cohort.run.Stage;
import cohort.run.TrainingState;
import cohort.storage.ModelFile;
import cohort.task.Signature;
import cohort.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;

/** What a run led to, as rows of the tables. */
public final class RunRows {
    private final RunSpec run;
    private final Signature task;
    private final String versions;
    private final long startedMillis = System.currentTimeMillis();
    private String initialDigest;
    private Optional<String> changed = Optional.empty();

    /**
     * Rows of a run that begins now.
     *
     * @param versions versions of Cohort, Java and Spark
     */
    public RunRows(RunSpec run, String versions) {
        this.run = run;
        this.task = run.plan().task().signature();
        this.versions = versions;
    }

    /**
     * How a run ended.
     *
     * @param status how it stands
     * @param reason why it is not trained, or empty
     * @param step optimizer steps done
     * @param rounds averaging rounds done
     * @param model path of the model, if there is one
     * @param modelDigest its {@link ModelFile#digest}
     * @param accuracy over conditions with something to be right about, if it was tested
     * @param heldOutLoss NaN if there was no evaluation
     */
    public record End(
            RunStatus status,
            String reason,
            long step,
            List<RoundReport> rounds,
            Optional<String> model,
            Optional<String> modelDigest,
            Optional<Accuracy> accuracy,
            double heldOutLoss) {
        /** A training that has no model to show for it. */
        public static End withoutModel(
                RunStatus status, String reason, long step, List<RoundReport> rounds, double heldOutLoss) {
            return new End(
                    status, reason, step, rounds, Optional.empty(), Optional.empty(), Optional.empty(), heldOutLoss);
        }

        /** A training that has come to its end, and was tested. */
        public static End trained(
                TrainingState state, String model, Parameters network, Accuracy accuracy, double heldOutLoss) {
            return tested(
                    RunStatus.TRAINED, state.learner().step(), state.rounds(), model, network, accuracy, heldOutLoss);
        }

        /** A model that was tested, whoever trained it. */
        public static End evaluated(String model, Parameters network, Accuracy accuracy, double heldOutLoss) {
            return tested(RunStatus.EVALUATED, 0, List.of(), model, network, accuracy, heldOutLoss);
        }

        private static End tested(
                RunStatus status,
                long step,
                List<RoundReport> rounds,
                String model,
                Parameters network,
                Accuracy accuracy,
                double heldOutLoss) {
            return new End(
                    status,
                    "",
                    step,
                    rounds,
                    Optional.of(model),
                    Optional.of(ModelFile.digest(network)),
                    Optional.of(accuracy),
                    heldOutLoss);
        }
    }

    /** Remembers which network the training begins with, if it is another one's: a file may have changed when the run has ended. */
    public void beginWith(Parameters first) {
        if (!run.initialModel().isEmpty()) {
            initialDigest = ModelFile.digest(first);
        }
    }

    /** Remembers what makes the test another one than that of the run that trained the network, "task.sigma = 2", if anything does. */
    public void changeForTest(Optional<String> keys) {
        changed = keys;
    }

    /**
     * Appends what a test found to the tables; the caller appends to table runs, last.
     *
     * @param outcomes of each trial, still distributed
     * @param stages tests before, in their order; the last one is this test
     */
    public void append(Warehouse warehouse, JavaRDD<TrialOutcome> outcomes, AccuracyTally tally, List<Stage> stages)
            throws IOException {
        String id = run.runId();
        long step = stages.get(stages.size() - 1).step();
        warehouse.append(Tables.TASKS, id, tasks()); // nothing to do if they were appended while the run was trained
        warehouse.append(TestTables.TRIAL_OUTCOMES, id, outcomes.map(outcomes(step)));
        warehouse.append(TestTables.CONDITION_ACCURACY, id, accuracy(stages));
        warehouse.append(TestTables.CHOICE_COUNTS, id, choices(stages));
        List<Row> times = responseTimes(stages);
        if (!times.isEmpty()) {
            warehouse.append(TimeTables.RESPONSE_TIMES, id, times);
        }
        List<Row> fits = fits(tally);
        if (!fits.isEmpty()) {
            warehouse.append(TestTables.PSYCHOMETRIC_FITS, id, fits);
        }
    }

    /** Of table tasks. */
    public List<Row> tasks() {
        return Tables.TASKS.rows(List.of(of(0, task)));
    }

    /** Of table training_curve. */
    public List<Row> curve(List<RoundReport> rounds) {
        return Tables.TRAINING_CURVE.rows(
                rounds.stream().map(round -> of(round.step(), round)).toList());
    }

    /** Of table condition_accuracy. */
    public List<Row> accuracy(List<Stage> stages) {
        List<Row> rows = new ArrayList<>();
        for (Stage stage : stages) {
            stage.accuracy()
                    .entrySet()
                    .forEach(entry -> rows.add(TestTables.CONDITION_ACCURACY.row(of(stage.step(), entry))));
        }
        return rows;
    }

    /** Of table choice_counts. */
    public List<Row> choices(List<Stage> stages) {
        List<Row> rows = new ArrayList<>();
        for (Stage stage : stages) {
            stage.choices().forEach(count -> rows.add(TestTables.CHOICE_COUNTS.row(of(stage.step(), count))));
        }
        return rows;
    }

    /** Of table response_times; none where it does not matter when answers are given. */
    public List<Row> responseTimes(List<Stage> stages) {
        List<Row> rows = new ArrayList<>();
        for (Stage stage : stages) {
            TimedAnswers.of(stage, run.plan().task().bounded())
                    .forEach(times -> rows.add(TimeTables.RESPONSE_TIMES.row(of(stage.step(), times))));
        }
        return rows;
    }

    /** Of table psychophysical_kernels. */
    public List<Row> kernels(NoiseTally noise) {
        return TimeTables.PSYCHOPHYSICAL_KERNELS.rows(
                noise.kernels().stream().map(point -> of(0, point)).toList());
    }

    /** Of table psychometric_fits; none of tasks without such functions. */
    private List<Row> fits(AccuracyTally tally) {
        Task tested = run.plan().task();
        int choices = run.response().choices();
        return tested.psychometry()
                .map(psychometry -> PsychometricRows.of(
                        FittedFunction.Subject.run(run.runId(), run.seed()),
                        Evidence.of(tested, psychometry, choices, tally)))
                .orElse(List.of());
    }

    /** Of table runs; the row that is written last. */
    public Row run(End end) {
        double seconds = (System.currentTimeMillis() - startedMillis) / 1000.0;
        return Tables.RUNS.row(
                new RunRow(run, end, startedMillis, seconds, Optional.ofNullable(initialDigest), changed, versions));
    }

    /** What makes a trial's outcome a row of table trial_outcomes. */
    public Function<TrialOutcome, Row> outcomes(long step) {
        RunSpec own = run; // so that tasks take these along alone
        Signature ofTask = task;
        return outcome -> TestTables.TRIAL_OUTCOMES.row(new OfRun<>(own, ofTask, step, outcome));
    }

    /** What makes a trial's activity rows of table activity, one for each time step. */
    public FlatMapFunction<TrialActivity, Row> activity() {
        RunSpec own = run; // so that tasks take these along alone
        Signature ofTask = task;
        return trial -> IntStream.range(0, trial.steps())
                .mapToObj(step ->
                        TestTables.ACTIVITY.row(new OfRun<>(own, ofTask, 0, new TestTables.ActivityStep(trial, step))))
                .iterator();
    }

    private <T> OfRun<T> of(long step, T value) {
        return new OfRun<>(run, task, step, value);
    }
}
