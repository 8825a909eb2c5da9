package cohort.cluster;

import cohort.evaluation.PsychometricData;
import cohort.evaluation.PsychometricFit;
import cohort.evaluation.PsychometricFitter;
import cohort.evaluation.PsychometricFunction;
import cohort.evaluation.PsychometricIntervals;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Every psychometric function there is, fitted to the choices of one network or of several, as rows of table psychometric_fits. */
final class PsychometricRows {
    /** Simulations behind the intervals: their ends are then good to about a tenth of their length. */
    private static final int SAMPLES = 400;

    private PsychometricRows() {}

    /** Whose choices are fitted: those of a run, or those of all seeds of a sweep's setting together. */
    record Subject(String runId, Long seed, String sweep, String setting, int networks) implements Serializable {
        static Subject run(String runId, long seed) {
            return new Subject(runId, seed, null, null, 1);
        }
    }

    static List<Row> of(Subject subject, RecordedChoices choices) {
        List<Row> rows = new ArrayList<>();
        if (choices.ringSize() == 2) {
            addRows(rows, subject, PsychometricData.choices(choices.counts()), choices.ideal());
        }
        addRows(rows, subject, PsychometricData.accuracy(choices.counts(), choices.ringSize()), choices.ideal());
        return rows;
    }

    private static void addRows(List<Row> rows, Subject subject, PsychometricData data, Map<Double, Double> ideal) {
        long seed = subject.seed() == null ? 0 : subject.seed();
        PsychometricData idealData = data.ofIdeal(ideal);
        for (PsychometricFunction function : PsychometricFunction.values()) {
            if (function.isFor(data.kind())) {
                rows.add(row(
                        subject,
                        PsychometricFitter.fit(data, function, SAMPLES, seed),
                        PsychometricFitter.fit(idealData, function)));
            }
        }
    }

    private static Row row(Subject subject, PsychometricFit fit, PsychometricFit ideal) {
        PsychometricIntervals intervals = fit.intervals();
        return RowFactory.create(
                subject.runId(),
                subject.seed(),
                subject.sweep(),
                subject.setting(),
                subject.networks(),
                fit.kind().label(),
                fit.function().label(),
                fit.status().label(),
                fit.trials(),
                orNull(fit.bias()),
                orNull(intervals.biasLow()),
                orNull(intervals.biasHigh()),
                orNull(fit.threshold()),
                orNull(intervals.thresholdLow()),
                orNull(intervals.thresholdHigh()),
                orNull(fit.slope()),
                orNull(intervals.slopeLow()),
                orNull(intervals.slopeHigh()),
                orNull(fit.guess()),
                orNull(fit.lapse()),
                orNull(fit.deviance()),
                orNull(intervals.deviancePValue()),
                orNull(ideal.threshold()),
                orNull(ideal.slope()));
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
