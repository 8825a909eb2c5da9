package cohort.cli;

import cohort.cluster.RunRecord;
import cohort.evaluation.Condition;
import cohort.evaluation.MeanTrajectories;
import cohort.evaluation.PrincipalComponents;
import cohort.evaluation.Selectivity;
import cohort.evaluation.TrialActivity;
import cohort.network.Parameters;
import cohort.report.AccuracyFigure;
import cohort.report.Figure;
import cohort.report.LossFigure;
import cohort.report.LossRun;
import cohort.report.PeriodSpan;
import cohort.report.PsychometricFigure;
import cohort.report.PsychometricSeries;
import cohort.report.StateSpaceFigure;
import cohort.report.Trajectory;
import cohort.report.UnitActivityFigure;
import cohort.report.WeightFigure;
import cohort.task.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** The figures of one run, from what its tables say and what its units do. */
final class RunFigures {
    private RunFigures() {}

    /**
     * Training loss over steps.
     *
     * @param floor the lowest possible loss, or NaN
     */
    static Figure loss(List<LossRun> runs, double floor) {
        return LossFigure.of(
                "loss",
                "Mean loss over each averaging round; the point at the end is the loss on held-out data.",
                runs,
                floor);
    }

    /** The loss of each round. */
    static LossRun lossRun(List<Row> curve, Double heldOut) {
        return LossRun.of(
                curve.stream().mapToDouble(row -> row.<Long>getAs("step")).toArray(),
                curve.stream().mapToDouble(row -> row.<Double>getAs("loss")).toArray(),
                heldOut == null ? Double.NaN : heldOut);
    }

    /** The psychometric curve, of two choices, and the accuracy; none if the run was not tested. */
    static List<Figure> choices(RunRecord record) {
        List<Figure> figures = new ArrayList<>();
        if (record.choices() == null) {
            return figures;
        }
        var choices = record.choices();
        if (choices.ringSize() == 2) {
            figures.add(PsychometricFigure.of(
                    "psychometric-curve",
                    "How often choice 2 is taken over signed coherence, positive for evidence for choice 2, with 95 % Wilson"
                            + " intervals and the cumulative Gaussian of maximum likelihood.",
                    List.of(PsychometricSeries.choices("network", choices.counts())),
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

    /** State space, units and weights. */
    static List<Figure> activity(List<TrialActivity> recorded, Parameters network, double dtMillis) {
        List<Figure> figures = new ArrayList<>();
        int units = network.spec().hidden();
        Optional<Selectivity> selectivity = Selectivity.forChoice(recorded, Period.STIMULUS);
        int[] order = selectivity
                .map(Selectivity::order)
                .orElseGet(() -> IntStream.range(0, units).toArray());
        String sorted = selectivity.isPresent()
                ? "sorted by selectivity for the choice during the stimulus, from choice 1 (top) to choice 2"
                : "in their own order: selectivity needs two trials of each choice";
        if (units > 1) {
            figures.add(stateSpace(recorded));
        }
        float[] mean = MeanTrajectories.of(recorded);
        figures.add(UnitActivityFigure.of(
                "unit-activity",
                "Mean activity h of each unit over " + recorded.size() + " held-out trials; units " + sorted + ".",
                (step, unit) -> mean[step * units + unit],
                mean.length / units,
                order,
                dtMillis,
                periods(recorded)));
        int weights = network.recurrentWeights().offset();
        figures.add(WeightFigure.of(
                "recurrent-weights",
                "Recurrent weights; units " + sorted + ".",
                (to, from) -> network.values()[weights + to * units + from],
                order));
        return figures;
    }

    private static Figure stateSpace(List<TrialActivity> recorded) {
        PrincipalComponents components = PrincipalComponents.of(recorded);
        List<Trajectory> trajectories = new ArrayList<>();
        for (Map.Entry<Condition, float[]> mean :
                MeanTrajectories.perCondition(recorded).entrySet()) {
            Condition condition = mean.getKey();
            double[] projected = components.project(mean.getValue(), 2);
            double[] first = new double[projected.length / 2];
            double[] second = new double[projected.length / 2];
            for (int step = 0; step < first.length; step++) {
                first[step] = projected[2 * step];
                second[step] = projected[2 * step + 1];
            }
            String label = condition.groundTruth() > 2
                    ? String.format(
                            Locale.ROOT, "%.1f %%, choice %d", condition.coherencePercent(), condition.groundTruth())
                    : String.format(Locale.ROOT, "%.1f %%", condition.signedCoherence());
            trajectories.add(Trajectory.of(
                    label, Math.max(1, condition.groundTruth()), condition.coherencePercent(), first, second));
        }
        return StateSpaceFigure.of(
                "state-space",
                "Mean activity at each signed coherence in the plane of the first two principal components of all states.",
                trajectories,
                periods(recorded),
                components.varianceExplained()[0],
                components.varianceExplained()[1]);
    }

    /** The periods of the trials, if they are the same in all of them. */
    private static List<PeriodSpan> periods(List<TrialActivity> recorded) {
        List<PeriodSpan> spans = new ArrayList<>();
        for (Period period : Period.values()) {
            int start = recorded.get(0).start(period);
            int end = recorded.get(0).end(period);
            if (recorded.stream().allMatch(trial -> trial.start(period) == start && trial.end(period) == end)) {
                spans.add(new PeriodSpan(period.label(), start, end));
            }
        }
        return spans;
    }
}
