package cohort.cli;

import cohort.report.ReportTable;
import java.util.List;
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
                .numbers("%.3f", "threshold", "threshold_low", "threshold_high", "ideal_threshold")
                .numbers("%.4f", "slope", "slope_low", "slope_high", "ideal_slope")
                .numbers("%.3f", "bias", "bias_low", "bias_high")
                .numbers("%.4f", "guess", "lapse")
                .numbers("%.2f", "deviance")
                .numbers("%.3f", "deviance_p")
                .build();
    }

    /** Of table coherence_accuracy. */
    static ReportTable accuracy(List<Row> accuracy) {
        return new RowsTable("Accuracy per coherence", accuracy)
                .numbers("%.1f %%", "coherence")
                .numbers("%,d", "trials", "correct", "no_response")
                .numbers("%.4f", "accuracy", "wilson_low", "wilson_high", "ideal")
                .numbers("%.3f", "efficiency")
                .build();
    }
}
