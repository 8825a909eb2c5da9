package cohort.report.page;

import cohort.report.ChronometricFigure;
import cohort.report.ConditionLabels;
import cohort.report.Figure;
import cohort.report.KernelFigure;
import cohort.report.KernelSeries;
import cohort.report.ReportPage.Section;
import cohort.report.ReportTable;
import cohort.report.SpeedAccuracyFigure;
import cohort.report.TimePoint;
import cohort.report.TimeSeries;
import cohort.task.BoundedObserver;
import cohort.task.Condition;
import cohort.task.DecisionTimes;
import cohort.task.Psychometry;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.warehouse.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** What a run's page shows of behaviour in time: response times, and the noise that came before choices. */
final class TimeFigures {
    /** From one bound of the curve of speed and accuracy to the next. */
    private static final double NEXT_BOUND = 1.3;

    private static final double FIRST_BOUND = 0.2;

    /** So much of the accuracy that can be reached is all of it. */
    private static final double ALL = 0.9995;

    /** A time that fewer than these of the trials reach before the answer has no place in a figure. */
    private static final double FEW = 0.1;

    private final Task task;
    private final Signature signature;
    private final RunRecord record;

    TimeFigures(Task task, RunRecord record) {
        this.task = task;
        this.signature = task.signature();
        this.record = record;
    }

    /** The section of a run's page; empty if there are neither response times nor kernels. */
    Optional<Section> section() {
        List<Figure> figures = new ArrayList<>();
        List<ReportTable> tables = new ArrayList<>();
        if (!record.times().isEmpty()) {
            figures.add(chronometric());
            task.bounded().flatMap(this::speedAndAccuracy).ifPresent(figures::add);
            tables.add(times());
        }
        if (!record.kernels().isEmpty()) {
            kernels().ifPresent(figures::add);
        }
        return figures.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section("times", "Behaviour in time", "", figures, tables, List.of()));
    }

    private ReportTable times() {
        return new RowsTable("Response times per condition", record.times())
                .conditions(signature.factors())
                .text("correct")
                .numbers("%,d", "trials")
                .numbers("%.1f", "mean_ms", "sd_ms", "q10_ms", "q25_ms", "median_ms", "q75_ms", "q90_ms")
                .numbersIfAny("%.1f", "bound_ms")
                .numbersIfAny("%.4f", "bound_accuracy")
                .build();
    }

    /** Over the strength of the evidence, if conditions differ in nothing else, or in the order of the conditions. */
    private Figure chronometric() {
        List<Condition> conditions = new ArrayList<>(new TreeSet<>(record.times().stream()
                .map(row -> ChoiceFigures.condition(signature, row))
                .toList()));
        String caption =
                "Response times of right and of wrong answers: means, and bars from the 10 % to the 90 % quantile.";
        Optional<String> factor = task.psychometry().map(Psychometry::factor);
        boolean isOverStrength = factor.isPresent()
                && conditions.stream()
                                .map(condition -> condition.value(factor.get()))
                                .filter(strength -> !strength.isNaN())
                                .distinct()
                                .count()
                        == conditions.size();
        if (!isOverStrength) {
            ConditionLabels labels = ConditionLabels.of(signature.factors(), conditions);
            return ChronometricFigure.inConditions(
                    "chronometric-curve",
                    caption,
                    conditions.stream().map(labels::of).toList(),
                    List.of(series("right", true, conditions::indexOf), series("wrong", false, conditions::indexOf)));
        }
        List<TimePoint> bound = record.times().stream()
                .filter(row -> row.<Boolean>getAs("correct") && row.getAs("bound_ms") != null)
                .map(row -> new TimePoint(
                        ChoiceFigures.condition(signature, row).value(factor.get()),
                        row.getAs("bound_ms"),
                        Double.NaN,
                        Double.NaN))
                .toList();
        return ChronometricFigure.overStrength(
                "chronometric-curve",
                caption
                        + (bound.isEmpty()
                                ? ""
                                : " Dashed: right answers of who answers when the evidence adds up to a bound, with which that takes"
                                        + " as long as the network on average over all conditions."),
                ChoiceFigures.strength(signature, factor.get()),
                List.of(
                        series("right", true, condition -> condition.value(factor.get())),
                        series("wrong", false, condition -> condition.value(factor.get()))),
                bound.isEmpty() ? Optional.empty() : Optional.of(new TimeSeries("bound, right", bound)));
    }

    /** Where a condition stands on an axis. */
    private interface Place {
        double of(Condition condition);
    }

    private TimeSeries series(String label, boolean correct, Place place) {
        return new TimeSeries(
                label,
                record.times().stream()
                        .filter(row -> row.<Boolean>getAs("correct") == correct)
                        .map(row -> new TimePoint(
                                place.of(ChoiceFigures.condition(signature, row)),
                                row.getAs("mean_ms"),
                                row.getAs("q10_ms"),
                                row.getAs("q90_ms")))
                        .toList());
    }

    /** The network beside bounds of all heights, in the conditions in which somebody can do better than chance; empty if there are none. */
    private Optional<Figure> speedAndAccuracy(BoundedObserver observer) {
        NavigableMap<Condition, Row> tested = new TreeMap<>();
        record.accuracy().stream()
                .filter(row -> row.getAs("efficiency") != null)
                .forEach(row -> tested.put(ChoiceFigures.condition(signature, row), row));
        double trials = 0;
        double correct = 0;
        for (Row row : tested.values()) {
            trials += row.<Long>getAs("trials");
            correct += row.<Long>getAs("correct");
        }
        double answers = 0;
        double millis = 0;
        for (Row row : record.times()) {
            if (tested.containsKey(ChoiceFigures.condition(signature, row))) {
                answers += row.<Long>getAs("trials");
                millis += row.<Long>getAs("trials") * row.<Double>getAs("mean_ms");
            }
        }
        if (answers == 0) {
            return Optional.empty();
        }
        return Optional.of(SpeedAccuracyFigure.of(
                "speed-accuracy",
                "Accuracy and mean response time of the network in conditions with evidence, beside those of who answers when the"
                        + " evidence adds up to a bound. A trial without an answer counts as wrong, and has no response time.",
                millis / answers,
                correct / trials,
                curve(observer, tested),
                record.accuracy().get(0).getAs("chance")));
    }

    private static NavigableMap<Double, Double> curve(BoundedObserver observer, NavigableMap<Condition, Row> tested) {
        NavigableMap<Double, Double> curve = new TreeMap<>();
        double best = decide(observer, tested, observer.highestBound()).accuracy();
        DecisionTimes decision = decide(observer, tested, 0);
        for (double bound = FIRST_BOUND;
                decision.accuracy() < ALL * best && bound < observer.highestBound();
                bound *= NEXT_BOUND) {
            curve.put(decision.meanMillis(), decision.accuracy());
            decision = decide(observer, tested, bound);
        }
        curve.put(decision.meanMillis(), decision.accuracy());
        return curve;
    }

    /** With one bound, over all trials of these conditions. */
    private static DecisionTimes decide(BoundedObserver observer, NavigableMap<Condition, Row> tested, double bound) {
        double trials = 0;
        double accuracy = 0;
        double millis = 0;
        for (var entry : tested.entrySet()) {
            long count = entry.getValue().getAs("trials");
            DecisionTimes decision = observer.decide(entry.getKey(), bound);
            trials += count;
            accuracy += count * decision.accuracy();
            millis += count * decision.meanMillis();
        }
        return new DecisionTimes(accuracy / trials, millis / trials, Double.NaN, Double.NaN);
    }

    /**
     * By how much the noise before choice 2 exceeds that before choice 1, at the smallest strength; empty if one was never made there. Times
     * that few trials reach before the answer are left out.
     */
    private Optional<Figure> kernels() {
        double strength = record.kernels().get(0).getAs("strength");
        NavigableMap<Integer, List<KernelSeries.Point>> byChannel = new TreeMap<>();
        NavigableMap<Integer, String> names = new TreeMap<>();
        double few = FEW
                * record.kernels().stream()
                        .filter(row -> row.<Double>getAs("strength") == strength && row.<Integer>getAs("choice") > 0)
                        .mapToLong(row -> row.getAs("trials"))
                        .max()
                        .orElse(0);
        for (Row second : atStrength(strength, 2, few).toList()) {
            int channel = second.getAs("channel");
            atStrength(strength, 1, few)
                    .filter(row -> row.<Integer>getAs("channel") == channel
                            && row.<Double>getAs("time_ms").equals(second.<Double>getAs("time_ms")))
                    .findFirst()
                    .ifPresent(first -> {
                        names.put(channel, second.<String>getAs("input") + ", channel " + channel);
                        byChannel
                                .computeIfAbsent(channel, c -> new ArrayList<>())
                                .add(difference(first, second));
                    });
        }
        List<KernelSeries> series = new ArrayList<>();
        byChannel.forEach((channel, points) -> series.add(new KernelSeries(names.get(channel), points)));
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(KernelFigure.of(
                        "psychophysical-kernel",
                        "Psychophysical kernel at " + record.kernels().get(0).getAs("factor") + " " + strength
                                + ": by how much the mean noise of each channel before choice 2 exceeds that before choice 1, with 95 %"
                                + " intervals. Noise after the answer is left out, and times that few trials reach before it.",
                        "noise before choice 2 - before choice 1",
                        series));
    }

    private Stream<Row> atStrength(double strength, int choice, double few) {
        return record.kernels().stream()
                .filter(row -> row.<Double>getAs("strength") == strength
                        && row.<Integer>getAs("choice") == choice
                        && row.<Long>getAs("trials") >= few);
    }

    private static KernelSeries.Point difference(Row first, Row second) {
        Double before = first.getAs("sem");
        Double after = second.getAs("sem");
        return new KernelSeries.Point(
                first.getAs("time_ms"),
                second.<Double>getAs("mean") - first.<Double>getAs("mean"),
                before == null || after == null ? Double.NaN : Math.hypot(before, after));
    }
}
