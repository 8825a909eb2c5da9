package cohort.report.page;

import cohort.evaluation.TaskFacts;
import cohort.report.ConditionLabels;
import cohort.report.Figure;
import cohort.report.ReportPage;
import cohort.report.ReportPage.KeyFigure;
import cohort.report.ReportPage.Section;
import cohort.report.ReportTable;
import cohort.report.ReportTable.Column;
import cohort.report.TrialFigures;
import cohort.task.Batching;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Signature;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The page of a task, which nobody need have trained on yet.
 *
 * @param about what it is
 * @param facts what its first trials are like
 * @param trials where the trials shown come from
 * @param batching has the loss weights of periods
 */
public record TaskReport(String about, TaskFacts facts, TrialSource trials, Batching batching) {
    /** Conditions of which a trial is shown. */
    private static final int MOST_TRIALS = 24;

    /** The whole page. */
    public ReportPage page() {
        Signature task = trials.signature();
        return new ReportPage(
                task.name(),
                about,
                List.of(
                        new KeyFigure("inputs", Integer.toString(task.channels()), names(task.inputs())),
                        new KeyFigure("outputs", Integer.toString(task.outputCount()), names(task.outputs())),
                        new KeyFigure("chance", number(facts.chance()), "accuracy of who guesses"),
                        new KeyFigure("ceiling", number(facts.ceiling()), "accuracy of the best possible answers")),
                List.of(
                        new Section("parts", "Periods and factors", length(task), List.of(), tables(task), List.of()),
                        examples(task)));
    }

    private static String names(List<Group> groups) {
        return String.join(
                ", ",
                groups.stream()
                        .map(group -> group.size() == 1 ? group.name() : group.name() + " (" + group.size() + ")")
                        .toList());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    }

    private String length(Signature task) {
        return String.format(
                Locale.ROOT,
                "Trials have %d to %d steps of %s ms.",
                facts.shortest(),
                facts.longest(),
                number(task.dtMillis()));
    }

    private List<ReportTable> tables(Signature task) {
        List<ReportTable> tables = new ArrayList<>();
        tables.add(ReportTable.of(
                "Periods",
                List.of(Column.text("period", ""), Column.text("duration", "before it is floored to whole steps")),
                task.periods().stream()
                        .map(period -> List.of(period.name(), period.duration().label()))
                        .toList()));
        if (!task.factors().isEmpty()) {
            tables.add(ReportTable.of(
                    "Factors",
                    List.of(
                            Column.text("factor", ""),
                            Column.text("unit", ""),
                            Column.text("meaning", ""),
                            Column.text("values", "")),
                    task.factors().stream()
                            .map(factor -> List.of(factor.name(), factor.unit(), factor.meaning(), values(factor)))
                            .toList()));
        }
        return tables;
    }

    /** The values that came up, "0, 6.4, 12.8". */
    private String values(Factor factor) {
        return String.join(
                ", ",
                facts.examples().keySet().stream()
                        .mapToDouble(condition -> condition.value(factor.name()))
                        .filter(value -> !Double.isNaN(value))
                        .sorted()
                        .distinct()
                        .mapToObj(TaskReport::number)
                        .toList());
    }

    private Section examples(Signature task) {
        ConditionLabels labels =
                ConditionLabels.of(task.factors(), facts.examples().keySet());
        List<Figure> figures = new ArrayList<>();
        Trial trial = new Trial(task);
        for (long index : facts.examples(MOST_TRIALS)) {
            trials.read(index, trial);
            figures.add(TrialFigures.of(
                    "trial-" + (figures.size() + 1), trial, labels, batching.periodWeights(), Optional.empty()));
        }
        String shown = figures.size() < facts.examples().size() ? figures.size() + " of " : "";
        return new Section(
                "trials",
                "Trials",
                "One of each of " + shown + facts.examples().size() + " conditions.",
                figures,
                List.of(),
                List.of());
    }
}
