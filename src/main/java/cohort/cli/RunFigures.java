package cohort.cli;

import cohort.cluster.RunRecord;
import cohort.report.AccuracyFigure;
import cohort.report.Figure;
import cohort.report.LossFigure;
import cohort.report.LossRun;
import cohort.report.PsychometricFigure;
import cohort.report.PsychometricSeries;
import cohort.report.RateSeries;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** The figures of what a run's tables say. */
final class RunFigures {
    private RunFigures() {}

    /**
     * Training loss over steps.
     *
     * @param floor the lowest possible loss, or NaN
     * @param unit what the loss is counted in
     */
    static Figure loss(List<LossRun> runs, double floor, String unit) {
        return LossFigure.of(
                "loss",
                "Mean loss over each averaging round"
                        + (runs.stream().anyMatch(run -> Double.isFinite(run.heldOut()))
                                ? "; the point at the end is the loss on held-out data."
                                : "."),
                runs,
                floor,
                unit);
    }

    /** The loss of each round. */
    static LossRun lossRun(List<Row> curve, Double heldOut) {
        return LossRun.of(
                curve.stream().mapToDouble(row -> row.<Long>getAs("step")).toArray(),
                curve.stream()
                        .mapToDouble(row -> orNaN(row.<Double>getAs("loss")))
                        .toArray(),
                orNaN(heldOut));
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }

    /** The psychometric curve, of two choices, and the accuracy; none if the run was not tested. */
    static List<Figure> choices(RunRecord record) {
        List<Figure> figures = new ArrayList<>();
        if (record.choices() == null) {
            return figures;
        }
        var choices = record.choices();
        RateSeries chosen = PsychometricSeries.choices("network", choices.counts());
        if (choices.ringSize() == 2 && !chosen.points().isEmpty()) {
            figures.add(PsychometricFigure.of(
                    "psychometric-curve",
                    "How often choice 2 is taken over signed coherence, positive for evidence for choice 2"
                            + with(chosen, "the cumulative Gaussian"),
                    List.of(chosen),
                    PsychometricSeries.idealChoices(choices.counts(), choices.ideal())));
        }
        RateSeries right = PsychometricSeries.accuracy("network", choices.counts(), choices.ringSize());
        figures.add(AccuracyFigure.of(
                "accuracy",
                "Fraction correct at each coherence" + with(right, "the Weibull function"),
                List.of(right),
                PsychometricSeries.idealAccuracy(choices.counts(), choices.ringSize(), choices.ideal()),
                1.0 / choices.ringSize()));
        return figures;
    }

    /** What is drawn besides the points; a function that could not be fitted is not. */
    private static String with(RateSeries series, String function) {
        String intervals = ", with 95 % Wilson intervals";
        return series.curve() == null ? intervals + "." : intervals + " and " + function + " of maximum likelihood.";
    }
}
