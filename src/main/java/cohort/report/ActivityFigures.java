package cohort.report;

import cohort.evaluation.Condition;
import cohort.evaluation.MeanTrajectories;
import cohort.evaluation.PrincipalComponents;
import cohort.evaluation.Selectivity;
import cohort.evaluation.TrialActivity;
import cohort.network.Parameters;
import cohort.task.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the units of a network do in recorded trials, of which there is at least one. Units are sorted by their selectivity for the choice. */
public final class ActivityFigures {
    private ActivityFigures() {}

    /** Mean trajectories at each signed coherence, of a network of two units or more. */
    public static Figure stateSpace(List<TrialActivity> recorded) {
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

    /** Mean activity of each unit over the time of a trial: one figure for choice 1, one for choice 2, as far as they were made. */
    public static List<Figure> units(List<TrialActivity> recorded, double dtMillis) {
        Order order = new Order(recorded);
        List<Figure> figures = new ArrayList<>();
        for (int made = 1; made <= 2; made++) {
            int choice = made;
            List<TrialActivity> chosen = recorded.stream()
                    .filter(trial -> trial.outcome().choice() == choice)
                    .toList();
            if (!chosen.isEmpty()) {
                figures.add(units("unit-activity-choice-" + choice, "with choice " + choice, chosen, order, dtMillis));
            }
        }
        return figures.isEmpty()
                ? List.of(units("unit-activity", "without a response", recorded, order, dtMillis))
                : figures;
    }

    private static Figure units(String name, String which, List<TrialActivity> shown, Order order, double dtMillis) {
        int units = shown.get(0).units();
        float[] mean = MeanTrajectories.of(shown);
        return UnitActivityFigure.of(
                name,
                "Mean activity h of each unit over " + shown.size() + " held-out trials " + which + "; units "
                        + order.words + ".",
                (step, unit) -> mean[step * units + unit],
                mean.length / units,
                order.units,
                dtMillis,
                periods(shown));
    }

    /** Recurrent weights of the last layer, whose units were recorded: a matrix for each gate. */
    public static List<Figure> weights(List<TrialActivity> recorded, Parameters network) {
        int units = network.spec().hidden();
        int offset =
                network.layer(network.spec().layers() - 1).recurrentWeights().offset();
        Order order = new Order(recorded);
        List<String> gates = network.spec().cell().gates();
        List<Figure> figures = new ArrayList<>();
        for (int g = 0; g < gates.size(); g++) {
            String gate = gates.get(g);
            int block = offset + g * units * units;
            figures.add(WeightFigure.of(
                    "recurrent-weights" + (gate.isEmpty() ? "" : "-" + gate),
                    "Recurrent weights" + (gate.isEmpty() ? "" : " of gate " + gate) + "; units " + order.words + ".",
                    (to, from) -> network.values()[block + to * units + from],
                    order.units));
        }
        return figures;
    }

    /** The units from the top of a figure to its bottom, and in words why so. */
    private static final class Order {
        final int[] units;
        final String words;

        Order(List<TrialActivity> recorded) {
            Optional<Selectivity> selectivity = Selectivity.forChoice(recorded, Period.STIMULUS);
            units = selectivity
                    .map(Selectivity::order)
                    .orElseGet(() -> IntStream.range(0, recorded.get(0).units()).toArray());
            words = selectivity.isPresent()
                    ? "sorted by selectivity for the choice during the stimulus, from choice 1 (top) to choice 2"
                    : "in their own order: selectivity needs two trials of each choice";
        }
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
