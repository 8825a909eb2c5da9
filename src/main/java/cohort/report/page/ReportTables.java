package cohort.report.page;

import cohort.evaluation.Selectivity;
import cohort.evaluation.TrialActivity;
import cohort.report.ReportTable;
import cohort.report.ReportTable.Column;
import cohort.task.Factor;
import cohort.task.Psychometry;
import cohort.task.Signature;
import cohort.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** Tables that reports of runs and of sweeps have in common. */
final class ReportTables {
    private ReportTables() {}

    /**
     * Of table psychometric_fits.
     *
     * @param subject column that says what was fitted, or empty if all rows are of the same
     */
    static ReportTable fits(List<Row> fits, String subject) {
        RowsTable table = new RowsTable("Psychometric functions", fits);
        if (!subject.isEmpty()) {
            table.text(subject).numbers("%,d", "networks");
        }
        return table.text("kind")
                .text("function")
                .text("status")
                .numbers("%.3f", "deviance_p")
                .numbers("%.3f", "threshold", "threshold_low", "threshold_high", "ideal_threshold")
                .numbers("%.4f", "slope", "slope_low", "slope_high", "ideal_slope")
                .numbers("%.3f", "bias", "bias_low", "bias_high")
                .numbers("%.4f", "guess", "lapse")
                .numbers("%.2f", "deviance")
                .build();
    }

    /** Of table condition_accuracy. */
    static ReportTable accuracy(Signature task, List<Row> accuracy) {
        return new RowsTable("Accuracy per condition", accuracy)
                .conditions(task.factors())
                .numbers("%,d", "trials", "correct", "no_response")
                .numbers("%.4f", "accuracy", "wilson_low", "wilson_high", "chance")
                .numbersIfAny("%.4f", "ideal")
                .numbers("%.3f", "efficiency")
                .build();
    }

    /**
     * How well each unit tells choices apart, and the largest and smallest values of each factor, the most selective for the first choice
     * first: while the evidence is shown, or over the whole trial of tasks without such a period. What no unit could tell apart is left
     * out.
     *
     * @return empty if that is all
     */
    static Optional<ReportTable> units(Task task, List<TrialActivity> recorded) {
        Optional<String> period = task.psychometry().map(Psychometry::period);
        Optional<Selectivity> choice = Selectivity.forChoice(recorded, period);
        int units = recorded.get(0).units();
        int[] order = choice.map(Selectivity::order)
                .orElseGet(() -> IntStream.range(0, units).toArray());
        List<Column> columns =
                new ArrayList<>(List.of(Column.number("unit", "index in the network's arrays, from 0 on", "%d")));
        List<Selectivity> selectivities = new ArrayList<>();
        choice.ifPresent(selectivity -> {
            columns.add(Column.number(
                    "d' of the choice",
                    Selectivity.firstChoice(recorded) == 0
                            ? "above 0: more active before choice 1 than before none"
                            : "above 0: more active before choice 2 than before choice 1",
                    "%.2f"));
            selectivities.add(selectivity);
        });
        for (Factor factor : task.signature().factors()) {
            Selectivity.forFactor(recorded, factor.name(), period).ifPresent(selectivity -> {
                columns.add(Column.number(
                        "d' of the " + factor.name(),
                        "above 0: more active at the largest " + factor.name() + " than at the smallest",
                        "%.2f"));
                selectivities.add(selectivity);
            });
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int unit : order) {
            List<Object> row = new ArrayList<>(List.of(unit));
            selectivities.forEach(selectivity -> row.add(selectivity.values()[unit]));
            rows.add(row);
        }
        return selectivities.isEmpty() ? Optional.empty() : Optional.of(ReportTable.of("Units", columns, rows));
    }
}
