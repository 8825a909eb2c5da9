package cohort.report.page;

import cohort.evaluation.Evidence;
import cohort.report.AccuracyFigure;
import cohort.report.ConditionAccuracy;
import cohort.report.ConditionFigure;
import cohort.report.ConditionLabels;
import cohort.report.Figure;
import cohort.report.PsychometricFigure;
import cohort.report.PsychometricSeries;
import cohort.report.RateSeries;
import cohort.task.Condition;
import cohort.task.Factor;
import cohort.task.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Figures of what networks chose. */
final class ChoiceFigures {
    private ChoiceFigures() {}

    /**
     * Choices over the strength of the evidence: the psychometric curve, of two choices, and the accuracy.
     *
     * @param task the first one's task
     * @param whose networks or settings by their labels, the first with the ideal observer; those of another factor than the first
     *     one's are left out
     * @param detail what captions add: ", with 95 % intervals."
     */
    static List<Figure> overEvidence(Signature task, Map<String, Evidence> whose, String detail) {
        List<Figure> figures = new ArrayList<>();
        if (whose.isEmpty()) {
            return figures;
        }
        psychometric(task, whose, detail, "psychometric-curve").ifPresent(figures::add);
        Evidence first = whose.values().iterator().next();
        List<RateSeries> right = new ArrayList<>();
        alike(whose).forEach((label, evidence) -> right.add(PsychometricSeries.accuracy(label, evidence)));
        figures.add(AccuracyFigure.of(
                "accuracy",
                "Fraction correct at each " + first.factor() + with(right, "the Weibull function", detail),
                strength(task, first.factor()),
                right,
                PsychometricSeries.idealAccuracy(first),
                first.chance()));
        return figures;
    }

    /** The psychometric curve of two choices; empty if there are more, or none was made. */
    static Optional<Figure> psychometric(Signature task, Map<String, Evidence> whose, String detail, String name) {
        List<RateSeries> chosen = new ArrayList<>();
        alike(whose)
                .forEach((label, evidence) ->
                        PsychometricSeries.choices(label, evidence).ifPresent(chosen::add));
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Evidence first = whose.values().iterator().next();
        return Optional.of(PsychometricFigure.of(
                name,
                "How often choice " + first.positive() + " is taken over signed " + first.factor()
                        + ", positive for evidence for choice " + first.positive()
                        + with(chosen, "the cumulative Gaussian", detail),
                strength(task, first.factor()),
                first.positive(),
                chosen,
                PsychometricSeries.idealChoices(first)));
    }

    /** Those with the same factor as the first. */
    private static Map<String, Evidence> alike(Map<String, Evidence> whose) {
        Map<String, Evidence> alike = new LinkedHashMap<>(whose);
        alike.values()
                .removeIf(evidence -> !evidence.factor()
                        .equals(whose.values().iterator().next().factor()));
        return alike;
    }

    /** What is drawn besides the points; a function that could not be fitted is not. */
    private static String with(List<RateSeries> series, String function, String detail) {
        boolean isFitted = series.stream().anyMatch(one -> one.curve().isPresent());
        return ", with 95 % Wilson intervals" + (isFitted ? " and " + function + " of maximum likelihood" : "")
                + detail;
    }

    /** What an axis says of a factor: "coherence (%)". */
    static String strength(Signature task, String factor) {
        return task.factors().stream()
                .filter(one -> one.name().equals(factor) && !one.unit().isEmpty())
                .findFirst()
                .map(one -> factor + " (" + one.unit() + ")")
                .orElse(factor);
    }

    /**
     * The accuracy in each condition.
     *
     * @param rows of table condition_accuracy, or of view setting_accuracy, whose intervals have other names
     */
    static Figure inConditions(Signature task, List<Row> rows, double chance, String caption) {
        List<Condition> conditions =
                rows.stream().map(row -> condition(task, row)).toList();
        ConditionLabels labels = ConditionLabels.of(task.factors(), conditions);
        boolean isOfRun = rows.get(0).schema().getFieldIndex("wilson_low").isDefined();
        List<ConditionAccuracy> accuracies = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            accuracies.add(new ConditionAccuracy(
                    labels.of(conditions.get(i)),
                    row.getAs("accuracy"),
                    row.getAs(isOfRun ? "wilson_low" : "bootstrap_low"),
                    row.getAs(isOfRun ? "wilson_high" : "bootstrap_high"),
                    Optional.ofNullable(row.<Double>getAs("ideal")).orElse(Double.NaN)));
        }
        return ConditionFigure.of("accuracy", caption, accuracies, chance);
    }

    /** The condition of a row of a table that has such a column. */
    static Condition condition(Signature task, Row row) {
        Map<String, Double> values = row.getJavaMap(row.fieldIndex("conditions"));
        return new Condition(
                task.factors(),
                task.factors().stream()
                        .map(Factor::name)
                        .mapToDouble(factor -> values.getOrDefault(factor, Double.NaN))
                        .toArray());
    }
}
