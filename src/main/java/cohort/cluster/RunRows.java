package cohort.cluster;

import cohort.evaluation.Accuracy;
import cohort.evaluation.AccuracyTally;
import cohort.evaluation.ChoiceCount;
import cohort.evaluation.TrialActivity;
import cohort.evaluation.TrialOutcome;
import cohort.linalg.Blas;
import cohort.network.LeakyCell;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.storage.ModelFile;
import cohort.task.Split;
import cohort.task.Task;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.statistics.interval.Interval;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What a run led to, as rows of the tables. */
public final class RunRows {
    private final RunSpec run;
    private final String versions;
    private final long startedMillis = System.currentTimeMillis();
    private String initialDigest;
    private String changed;

    /**
     * Rows of a run that begins now.
     *
     * @param versions versions of Cohort, Java and Spark
     */
    public RunRows(RunSpec run, String versions) {
        this.run = run;
        this.versions = versions;
    }

    /**
     * How a run ended; empty values where nothing was trained.
     *
     * @param status trained, evaluated, diverged, failed, timed-out or stopped
     * @param reason why it is not trained, or empty
     * @param step optimizer steps done
     * @param rounds averaging rounds done
     * @param model path of the model, or empty
     * @param modelDigest {@link ModelFile#digest} of the model, or empty
     * @param accuracy over coherences above 0, or null if there was no evaluation
     * @param heldOutLoss NaN if there was no evaluation
     */
    public record End(
            String status,
            String reason,
            long step,
            List<RoundReport> rounds,
            String model,
            String modelDigest,
            Accuracy accuracy,
            double heldOutLoss) {
        /** A training that has no model to show for it. */
        public static End withoutModel(
                String status, String reason, long step, List<RoundReport> rounds, double heldOutLoss) {
            return new End(status, reason, step, rounds, "", "", null, heldOutLoss);
        }
    }

    /** Remembers which network the training begins with, if it is another one's: a file may have changed when the run has ended. */
    public void beginWith(Parameters first) {
        if (!run.initialModel().isEmpty()) {
            initialDigest = ModelFile.digest(first);
        }
    }

    /** Remembers what makes the test another one than that of the run that trained the network: "task.sigma = 2"; null if nothing does. */
    public void changeForTest(String keys) {
        changed = keys;
    }

    /** Appends what a test found to the tables; the caller appends to table runs, last. */
    public void append(Warehouse warehouse, EvaluationJob.Result test, long step) throws IOException {
        String id = run.runId();
        warehouse.append("trial_outcomes", id, test.outcomes().map(outcomes(step)), Tables.TRIAL_OUTCOMES);
        warehouse.append("coherence_accuracy", id, accuracy(test.tally(), step), Tables.COHERENCE_ACCURACY);
        warehouse.append("choice_counts", id, choices(test.tally(), step), Tables.CHOICE_COUNTS);
        warehouse.append("psychometric_fits", id, fits(test.tally()), Tables.PSYCHOMETRIC_FITS);
    }

    /** Of table training_curve. */
    public List<Row> curve(List<RoundReport> rounds) {
        List<Row> rows = new ArrayList<>();
        for (RoundReport round : rounds) {
            rows.add(RowFactory.create(
                    run.runId(),
                    run.seed(),
                    round.round(),
                    round.step(),
                    orNull(round.loss()),
                    orNull(round.gradientNorm()),
                    round.learningRate(),
                    round.sequences(),
                    round.computeMillis(),
                    round.overheadMillis()));
        }
        return rows;
    }

    /** Of table coherence_accuracy. */
    public List<Row> accuracy(AccuracyTally tally, long step) {
        List<Row> rows = new ArrayList<>();
        tally.perCoherence(run.plan().task()).forEach((coherence, accuracy) -> {
            Interval interval = accuracy.wilson();
            rows.add(RowFactory.create(
                    run.runId(),
                    run.seed(),
                    step,
                    coherence,
                    accuracy.trials(),
                    accuracy.correct(),
                    accuracy.accuracy(),
                    interval.getLowerBound(),
                    interval.getUpperBound(),
                    accuracy.noResponse(),
                    accuracy.ideal(),
                    orNull(accuracy.efficiency())));
        });
        return rows;
    }

    /** Of table choice_counts. */
    public List<Row> choices(AccuracyTally tally, long step) {
        List<Row> rows = new ArrayList<>();
        for (ChoiceCount count : tally.choices()) {
            rows.add(RowFactory.create(
                    run.runId(),
                    run.seed(),
                    step,
                    count.coherencePercent(),
                    count.groundTruth(),
                    count.choice(),
                    count.trials(),
                    run.plan().task().choices()));
        }
        return rows;
    }

    /** Of table psychometric_fits. */
    private List<Row> fits(AccuracyTally tally) {
        Task task = run.plan().task();
        NavigableMap<Double, Double> ideal = new TreeMap<>();
        tally.perCoherence(task).forEach((coherence, accuracy) -> ideal.put(coherence, accuracy.ideal()));
        return PsychometricRows.of(
                PsychometricRows.Subject.run(run.runId(), run.seed()),
                new RecordedChoices(task.choices(), tally.choices(), ideal));
    }

    /** Of table runs; the row that is written last. */
    public Row run(End end) {
        List<RoundReport> rounds = end.rounds();
        Accuracy accuracy = end.accuracy();
        boolean scored = accuracy != null && accuracy.trials() > 0;
        NetworkSpec network = run.plan().network();
        boolean isTraining = !end.status().equals(RunResult.EVALUATED);
        return RowFactory.create(
                run.runId(),
                run.seed(),
                run.name(),
                end.status(),
                end.reason(),
                changed,
                new Timestamp(startedMillis),
                (System.currentTimeMillis() - startedMillis) / 1000.0,
                end.step(),
                run.plan().workers(),
                network.cell().kind().label(),
                network.layers(),
                network.hidden(),
                network.cell() instanceof LeakyCell leaky ? leaky.activation().label() : null,
                isTraining ? run.plan().training().optimizer().label() : null,
                isTraining ? run.plan().training().schedule().peak() : null,
                Parameters.size(network),
                rounds.stream().mapToLong(RoundReport::sequences).sum(),
                lastLoss(rounds),
                orNull(end.heldOutLoss()),
                scored ? accuracy.accuracy() : null,
                scored ? accuracy.ideal() : null,
                scored ? orNull(accuracy.efficiency()) : null,
                scored ? accuracy.noResponseRate() : null,
                end.model(),
                orNull(end.modelDigest()),
                isTraining ? orNull(run.initialModel()) : null,
                initialDigest,
                Blas.instance().info().toString(),
                versions,
                SourceCommit.ofThisBuild().orElse(null),
                run.config());
    }

    /** That of the last round in which any time step counted. */
    private static Double lastLoss(List<RoundReport> rounds) {
        for (int i = rounds.size() - 1; i >= 0; i--) {
            if (!Double.isNaN(rounds.get(i).loss())) {
                return rounds.get(i).loss();
            }
        }
        return null;
    }

    private static String orNull(String value) {
        return value.isEmpty() ? null : value;
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** What makes a trial's outcome a row of table trial_outcomes. */
    public Function<TrialOutcome, Row> outcomes(long step) {
        return new OutcomeRow(run.runId(), run.seed(), step);
    }

    /** What makes a trial's activity rows of table activity, one for each time step. */
    public FlatMapFunction<TrialActivity, Row> activity() {
        return new ActivityRows(
                run.runId(), run.seed(), run.plan().task().signature().dtMillis());
    }

    private record ActivityRows(String runId, long seed, double dtMillis)
            implements FlatMapFunction<TrialActivity, Row> {
        @Override
        public Iterator<Row> call(TrialActivity activity) {
            TrialOutcome outcome = activity.outcome();
            List<Row> rows = new ArrayList<>();
            for (int step = 0; step < activity.steps(); step++) {
                int from = step * activity.units();
                rows.add(RowFactory.create(
                        runId,
                        seed,
                        Split.TEST.label(),
                        outcome.trial(),
                        outcome.groundTruth(),
                        outcome.coherencePercent(),
                        outcome.choice(),
                        outcome.correct(),
                        step,
                        (step + 1) * dtMillis,
                        activity.timeline().periodAt(step),
                        Arrays.copyOfRange(activity.states(), from, from + activity.units())));
            }
            return rows.iterator();
        }
    }

    private record OutcomeRow(String runId, long seed, long step) implements Function<TrialOutcome, Row> {
        @Override
        public Row call(TrialOutcome outcome) {
            return RowFactory.create(
                    runId,
                    seed,
                    step,
                    Split.TEST.label(),
                    outcome.trial(),
                    outcome.groundTruth(),
                    outcome.coherencePercent(),
                    outcome.steps(),
                    outcome.stimulusSteps(),
                    outcome.choice(),
                    outcome.correct(),
                    outcome.noResponse());
        }
    }
}
