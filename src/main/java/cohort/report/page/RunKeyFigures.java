package cohort.report.page;

import cohort.report.ReportPage.KeyFigure;
import cohort.run.RunConfiguration;
import cohort.warehouse.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** The figures at the top of a run's page, each with what it is. */
final class RunKeyFigures {
    private final RunConfiguration configuration;
    private final RunRecord record;
    private final double lowestLoss;
    private final String lossUnit;

    RunKeyFigures(RunConfiguration configuration, RunRecord record, double lowestLoss) {
        this.configuration = configuration;
        this.record = record;
        this.lowestLoss = lowestLoss;
        this.lossUnit = configuration.lossUnit();
    }

    /** The figures, those of a run without a value left out. */
    List<KeyFigure> all() {
        Row run = record.run();
        List<KeyFigure> figures = new ArrayList<>();
        add(
                figures,
                "efficiency",
                "%.3f",
                run.getAs("efficiency"),
                "accuracy above chance / " + (run.getAs("ideal") == null ? "1 - chance" : "ideal observer's")
                        + "; no response where one is asked for counts as wrong");
        add(
                figures,
                "accuracy",
                "%.4f",
                run.getAs("accuracy"),
                chosen()
                        + (run.getAs("ideal") == null ? "" : "; ideal observer " + format("%.4f", run.getAs("ideal"))));
        Double noResponse = run.getAs("no_response");
        if (noResponse != null) {
            add(figures, "no response", "%.1f %%", 100 * noResponse, chosen() + "; it gives no answer");
        }
        Optional<Row> drawn = drawnFit();
        if (drawn.isPresent()) {
            Row fit = drawn.get();
            String unit = unit(fit.getAs("factor"));
            add(
                    figures,
                    "threshold",
                    "%.2f" + unit,
                    fit.getAs("threshold"),
                    "95 % interval " + format("%.2f", fit.getAs("threshold_low")) + " to "
                            + format("%.2f", fit.getAs("threshold_high"))
                            + (fit.getAs("bias") == null ? "" : "; bias " + format("%.2f" + unit, fit.getAs("bias")))
                            + "; ideal observer "
                            + format("%.2f", fit.getAs("ideal_threshold")));
        }
        add(
                figures,
                "held-out loss",
                "%.5f",
                run.getAs("held_out_loss"),
                lossUnit + (Double.isNaN(lowestLoss) ? "" : "; lowest possible " + format("%.5f", lowestLoss)));
        return figures;
    }

    /** Which trials figures of accuracy are about. */
    private String chosen() {
        return record.choices().map(evidence -> evidence.factor() + " above 0").orElse("all conditions");
    }

    /** The unit of a factor in a format of {@link String#format}. */
    private String unit(String factor) {
        return configuration.task().signature().factors().stream()
                .filter(one -> one.name().equals(factor) && !one.unit().isEmpty())
                .findFirst()
                .map(one -> " " + one.unit().replace("%", "%%"))
                .orElse("");
    }

    /** The function that the first figure shows, of choices if there are two, or else of the accuracy; empty if nothing was fitted. */
    private Optional<Row> drawnFit() {
        boolean isOfTwo =
                record.choices().filter(evidence -> evidence.choices() == 2).isPresent();
        String function = isOfTwo ? "choice cumulative-gaussian" : "accuracy weibull";
        return record.fits().stream()
                .filter(fit -> function.equals(fit.getAs("kind") + " " + fit.getAs("function")))
                .findFirst();
    }

    private static void add(List<KeyFigure> figures, String name, String format, Double value, String hint) {
        if (value != null) {
            figures.add(new KeyFigure(name, format(format, value), hint));
        }
    }

    private static String format(String format, Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
