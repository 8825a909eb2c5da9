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
                "Mean loss over each averaging round; the point at the end is the loss on held-out data.",
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
                    "How often choice 2 is taken over signed coherence, positive for evidence for choice 2, with 95 % Wilson"
                            + " intervals and the cumulative Gaussian of maximum likelihood.",
                    List.of(chosen),
                    PsychometricSeries.idealChoices(choices.counts(), choices.ideal())));
        }
        figures.add(AccuracyFigure.of(
                "accuracy",
                "Fraction correct at each coherence with 95 % Wilson intervals and the Weibull function of maximum likelihood.",
                List.of(PsychometricSeries.accuracy("network", choices.counts(), choices.ringSize())),
                PsychometricSeries.idealAccuracy(choices.ideal()),
                1.0 / choices.ringSize()));
        return figures;
    }
}
