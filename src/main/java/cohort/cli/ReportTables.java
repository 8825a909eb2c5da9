package cohort.cli;

import cohort.evaluation.Selectivity;
import cohort.evaluation.TrialActivity;
import cohort.report.ReportTable;
import cohort.report.ReportTable.Column;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Of table coherence_accuracy. */
    static ReportTable accuracy(List<Row> accuracy) {
        return new RowsTable("Accuracy per coherence", accuracy)
                .percentages("coherence")
                .numbers("%,d", "trials", "correct", "no_response")
                .numbers("%.4f", "accuracy", "wilson_low", "wilson_high", "ideal")
                .numbers("%.3f", "efficiency")
                .build();
    }

    /** How well each unit tells choices and coherences apart during the stimulus, the most selective for choice 1 first. */
    static ReportTable units(List<TrialActivity> recorded) {
        Optional<Selectivity> choice = Selectivity.forChoice(recorded, "stimulus");
        Optional<Selectivity> coherence = Selectivity.forCoherence(recorded, "stimulus");
        int units = recorded.get(0).units();
        int[] order = choice.map(Selectivity::order)
                .orElseGet(() -> IntStream.range(0, units).toArray());
        List<List<Object>> rows = new ArrayList<>();
        for (int unit : order) {
            rows.add(Arrays.asList(
                    unit,
                    choice.map(d -> d.values()[unit]).orElse(null),
                    coherence.map(d -> d.values()[unit]).orElse(null)));
        }
        return ReportTable.of(
                "Units",
                List.of(
                        Column.number("unit", "index in the network's arrays, from 0 on", "%d"),
                        Column.number(
                                "d' of the choice",
                                "above 0: more active before choice 2 than before choice 1",
                                "%.2f"),
                        Column.number(
                                "d' of the coherence",
                                "above 0: more active at the largest coherence than at the smallest",
                                "%.2f")),
                rows);
    }
}
