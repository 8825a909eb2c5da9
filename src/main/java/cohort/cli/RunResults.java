package cohort.cli;

import cohort.cluster.EvaluationJob;
import cohort.cluster.RoundReport;
import cohort.cluster.Tables;
import cohort.cluster.Warehouse;
import cohort.evaluation.Accuracy;
import cohort.evaluation.TrialOutcome;
import cohort.linalg.Blas;
import cohort.network.Parameters;
import cohort.task.Split;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.interval.Interval;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes what one run led to into the warehouse's tables. */
final class RunResults {
    private final SparkSession spark;
    private final Warehouse warehouse;
    private final RunConfiguration run;
    private final String runId;
    private final long startedMillis = System.currentTimeMillis();

    RunResults(SparkSession spark, Warehouse warehouse, RunConfiguration run, String runId) {
        this.spark = spark;
        this.warehouse = warehouse;
        this.run = run;
        this.runId = runId;
    }

    /**
     * What table runs says of a training; empty values where nothing was trained.
     *
     * @param status trained, evaluated or diverged
     * @param reason why it is not trained, or empty
     * @param model path of the model, or empty
     */
    record Training(String status, String reason, long step, List<RoundReport> rounds, String model) {}

    void appendCurve(List<RoundReport> rounds) {
        List<Row> rows = new ArrayList<>();
        for (RoundReport round : rounds) {
            rows.add(RowFactory.create(
                    runId,
                    run.seed(),
                    round.round(),
                    round.step(),
                    round.loss(),
                    round.gradientNorm(),
                    round.learningRate(),
                    round.sequences(),
                    round.computeMillis(),
                    round.overheadMillis()));
        }
        append("training_curve", rows, Tables.TRAINING_CURVE);
    }

    void appendEvaluation(EvaluationJob.Result result, long step) {
        JavaRDD<Row> outcomes = result.outcomes().map(new OutcomeRow(runId, run.seed(), step));
        warehouse.append("trial_outcomes", runId, spark.createDataFrame(outcomes, Tables.TRIAL_OUTCOMES));
        List<Row> rows = new ArrayList<>();
        result.tally().perCoherence(run.task()).forEach((coherence, accuracy) -> {
            Interval interval = accuracy.wilson();
            rows.add(RowFactory.create(
                    runId,
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
        append("coherence_accuracy", rows, Tables.COHERENCE_ACCURACY);
    }

    /**
     * Appends the row of table runs; the last thing that is written.
     *
     * @param accuracy over coherences above 0, or null if there was no evaluation
     * @param heldOutLoss NaN if there was no evaluation
     */
    void appendRun(Training training, Accuracy accuracy, double heldOutLoss) {
        List<RoundReport> rounds = training.rounds();
        boolean scored = accuracy != null && accuracy.trials() > 0;
        Row row = RowFactory.create(
                runId,
                run.seed(),
                run.name(),
                training.status(),
                training.reason(),
                new Timestamp(startedMillis),
                (System.currentTimeMillis() - startedMillis) / 1000.0,
                training.step(),
                run.workers(),
                Parameters.size(run.network()),
                rounds.stream().mapToLong(RoundReport::sequences).sum(),
                rounds.isEmpty() ? null : rounds.get(rounds.size() - 1).loss(),
                orNull(heldOutLoss),
                scored ? accuracy.accuracy() : null,
                scored ? accuracy.ideal() : null,
                scored ? orNull(accuracy.efficiency()) : null,
                training.model(),
                Blas.instance().info().toString(),
                Versions.line(),
                run.resolved());
        append("runs", List.of(row), Tables.RUNS);
    }

    private void append(String table, List<Row> rows, StructType schema) {
        warehouse.append(table, runId, spark.createDataFrame(rows, schema).coalesce(1));
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** A trial's outcome as a row of table trial_outcomes. */
    private record OutcomeRow(String runId, long seed, long step)
            implements org.apache.spark.api.java.function.Function<TrialOutcome, Row> {
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
