package cohort.report;

import cohort.evaluation.MeanTrajectories;
import cohort.evaluation.PrincipalComponents;
import cohort.evaluation.Selectivity;
import cohort.evaluation.TrialActivity;
import cohort.evaluation.TrialGroup;
import cohort.network.Parameters;
import cohort.task.Factor;
import cohort.task.Psychometry;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the units of a network do in recorded trials. Units are sorted by their selectivity for the choice. */
public final class ActivityFigures {
    private final Signature task;
    private final Optional<Psychometry> psychometry;
    private final List<TrialActivity> recorded;

    /**
     * Figures of some trials.
     *
     * @param recorded trials of the task, at least one
     */
    public ActivityFigures(Task task, List<TrialActivity> recorded) {
        this.task = task.signature();
        this.psychometry = task.psychometry();
        this.recorded = List.copyOf(recorded);
    }

    /** Mean trajectories in each condition, of a network of two units or more. */
    public Figure stateSpace() {
        PrincipalComponents components = PrincipalComponents.of(recorded);
        List<Trajectory> trajectories = new ArrayList<>();
        Map<TrialGroup, float[]> means = MeanTrajectories.perGroup(recorded, psychometry);
        Function<TrialGroup, String> labels = labels(means.keySet());
        for (Map.Entry<TrialGroup, float[]> mean : means.entrySet()) {
            TrialGroup group = mean.getKey();
            double[] projected = components.project(mean.getValue(), 2);
            double[] first = new double[projected.length / 2];
            double[] second = new double[projected.length / 2];
            for (int step = 0; step < first.length; step++) {
                first[step] = projected[2 * step];
                second[step] = projected[2 * step + 1];
            }
            int hue = psychometry.isPresent() ? Math.max(1, group.answer()) : trajectories.size() + 1;
            Trajectory trajectory = Trajectory.of(labels.apply(group), hue, group.strength(), first, second);
            boolean isOneOfMany = psychometry.isEmpty() && means.size() > StateSpaceFigure.MOST_LABELS;
            trajectories.add(isOneOfMany ? inFamily(trajectory, group, means.keySet()) : trajectory);
        }
        return StateSpaceFigure.of(
                "state-space",
                "Mean activity "
                        + (psychometry.isPresent()
                                ? "at each signed " + psychometry.get().factor()
                                : "in each condition")
                        + " in the plane of the first two principal components of all states.",
                trajectories,
                periods(recorded),
                components.varianceExplained()[0],
                components.varianceExplained()[1]);
    }

    /** Where there are more conditions than a legend names, those with the same value of the first factor have one hue. */
    private Trajectory inFamily(Trajectory trajectory, TrialGroup group, Set<TrialGroup> groups) {
        Factor factor = task.factors().get(0);
        double[] values = groups.stream()
                .mapToDouble(one -> one.condition().orElseThrow().value(factor.name()))
                .distinct()
                .sorted()
                .toArray();
        double value = group.condition().orElseThrow().value(factor.name());
        String label =
                factor.name() + " " + NumberLabels.of(Arrays.stream(values)).with(value, factor.unit());
        return trajectory.inFamily(1 + Arrays.binarySearch(values, value), label);
    }

    private Function<TrialGroup, String> labels(Set<TrialGroup> groups) {
        boolean severalAnswers =
                groups.stream().mapToInt(TrialGroup::answer).max().orElse(0) > 2;
        if (psychometry.isEmpty()) {
            ConditionLabels conditions = ConditionLabels.of(
                    task.factors(),
                    groups.stream().flatMap(group -> group.condition().stream()).toList());
            return group -> conditions.of(group.condition().orElseThrow());
        }
        NumberLabels strengths = NumberLabels.of(groups.stream().mapToDouble(TrialGroup::strength));
        String unit =
                task.factors().get(task.factor(psychometry.get().factor())).unit();
        return group -> severalAnswers && group.answer() > 0
                ? strengths.with(group.strength(), unit) + ", choice " + group.answer()
                : strengths.with(group.signedStrength(), unit);
    }

    /**
     * Mean activity of each unit over the time of a trial: one figure for each of the two choices that are compared, as far as they were
     * made, on one scale of colours.
     */
    public List<Figure> units() {
        Order order = new Order();
        double[] all = order.means.values().stream()
                .flatMapToDouble(mean -> IntStream.range(0, mean.length).mapToDouble(i -> mean[i]))
                .toArray();
        ColorScale scale = UnitActivityFigure.scale(all);
        List<Figure> figures = new ArrayList<>();
        order.means.forEach((choice, mean) -> {
            List<TrialActivity> shown = order.isOfAll ? recorded : chosen(choice);
            int units = recorded.get(0).units();
            figures.add(UnitActivityFigure.of(
                    choice == 0 ? "unit-activity" : "unit-activity-choice-" + choice,
                    "Mean activity h of each unit over " + shown.size() + " held-out trials "
                            + (choice == 0 ? "without a response" : "with choice " + choice) + "; units " + order.words
                            + ".",
                    (step, unit) -> mean[step * units + unit],
                    mean.length / units,
                    order.units,
                    task.dtMillis(),
                    periods(shown),
                    scale,
                    order.title,
                    order.leftOut));
        });
        return figures;
    }

    private List<TrialActivity> chosen(int choice) {
        return recorded.stream()
                .filter(trial -> trial.outcome().choice() == choice)
                .toList();
    }

    /** Recurrent weights of the last layer, whose units were recorded: a matrix for each gate. */
    public List<Figure> weights(Parameters network) {
        int units = network.spec().hidden();
        int offset =
                network.layer(network.spec().layers() - 1).recurrentWeights().offset();
        Order order = new Order();
        List<String> gates = network.spec().cell().gates();
        List<Figure> figures = new ArrayList<>();
        for (int g = 0; g < gates.size(); g++) {
            String gate = gates.get(g);
            int block = offset + g * units * units;
            figures.add(WeightFigure.of(
                    "recurrent-weights" + (gate.isEmpty() ? "" : "-" + gate),
                    "Recurrent weights" + (gate.isEmpty() ? "" : " of gate " + gate)
                            + (order.leftOut.isEmpty() ? "" : " between units that are not silent") + "; units "
                            + order.words + ".",
                    (to, from) -> network.values()[block + to * units + from],
                    order.units,
                    order.title));
        }
        return figures;
    }

    /** The units from the top of a figure to its bottom, in words why so, and which are left out. */
    private final class Order {
        /** A unit that nowhere reaches this fraction of the largest activity is silent. */
        private static final double SILENT = 1e-3;

        /** Mean activity by choice, [step, unit]; of choice 0 if none was made. */
        final Map<Integer, float[]> means = new TreeMap<>();

        final int[] units;
        final String title;
        final String words;
        final String leftOut;
        final boolean isOfAll;

        Order() {
            int first = Selectivity.firstChoice(recorded);
            for (int choice = first; choice <= first + 1; choice++) {
                List<TrialActivity> chosen = chosen(choice);
                if (!chosen.isEmpty()) {
                    means.put(choice, MeanTrajectories.of(chosen));
                }
            }
            isOfAll = means.isEmpty();
            if (isOfAll) {
                means.put(0, MeanTrajectories.of(recorded));
            }
            Optional<String> period = psychometry.map(Psychometry::period);
            Optional<Selectivity> selectivity = Selectivity.forChoice(recorded, period);
            int[] all = selectivity
                    .map(Selectivity::order)
                    .orElseGet(() -> IntStream.range(0, recorded.get(0).units()).toArray());
            double[] peaks = peaks(all.length);
            double least = SILENT * Arrays.stream(peaks).max().orElse(0);
            units = Arrays.stream(all).filter(unit -> peaks[unit] >= least).toArray();
            title = selectivity.isPresent() ? "unit, sorted by selectivity" : "unit";
            words = selectivity.isPresent()
                    ? "sorted by selectivity for the choice during the " + period.orElse("trial")
                            + (first == 0 ? ", from none (top) to choice 1" : ", from choice 1 (top) to choice 2")
                    : "in their own order: selectivity needs two trials of each choice";
            int silent = all.length - units.length;
            leftOut = silent == 0
                    ? ""
                    : silent + " of " + all.length + (silent == 1 ? " units is" : " units are") + " silent";
        }

        /** The largest size of each unit's mean activity. */
        private double[] peaks(int count) {
            double[] peaks = new double[count];
            for (float[] mean : means.values()) {
                for (int i = 0; i < mean.length; i++) {
                    peaks[i % count] = Math.max(peaks[i % count], Math.abs(mean[i]));
                }
            }
            return peaks;
        }
    }

    /** The periods of the trials, if they are the same in all of them. */
    private static List<PeriodSpan> periods(List<TrialActivity> recorded) {
        List<PeriodSpan> spans = new ArrayList<>();
        Timeline first = recorded.get(0).timeline();
        for (String period : first.periods()) {
            int start = first.start(period);
            int end = first.end(period);
            if (recorded.stream()
                    .allMatch(trial -> trial.timeline().start(period) == start
                            && trial.timeline().end(period) == end)) {
                spans.add(new PeriodSpan(period, start, end));
            }
        }
        return spans;
    }
}
