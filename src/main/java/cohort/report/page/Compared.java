package cohort.report.page;

import cohort.evaluation.Evidence;
import cohort.report.LossRun;
import cohort.report.ReportTable;
import cohort.run.RunConfiguration;
import cohort.sweep.SweepRecord;
import cohort.warehouse.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * A run, or the best setting of a sweep, beside others.
 *
 * @param labels what it may be called, the shortest first
 * @param status how it ended
 * @param figures row of table runs, or of view leaderboard
 * @param fits rows of table psychometric_fits
 * @param accuracy accuracy by condition, in their order
 * @param choices what was chosen over the strength of the evidence, of all seeds together, if it was tested on such a task
 * @param losses training losses of each seed
 * @param configuration what it was run with, of one of the seeds
 * @param config its configuration
 * @param settings of a sweep all settings, or null
 */
public record Compared(
        List<String> labels,
        String status,
        Row figures,
        List<Row> fits,
        Map<String, Double> accuracy,
        Optional<Evidence> choices,
        List<LossRun> losses,
        RunConfiguration configuration,
        String config,
        ReportTable settings) {
    public static Compared of(RunRecord record, RunConfiguration configuration) {
        Row run = record.run();
        return new Compared(
                List.of(run.getAs("name"), run.getAs("name") + ", seed " + run.getAs("seed"), run.getAs("run_id")),
                run.getAs("status"),
                run,
                record.fits(),
                accuracy(record.accuracy()),
                record.choices(),
                record.curve().isEmpty()
                        ? List.of()
                        : List.of(RunFigures.lossRun(record.curve(), run.getAs("held_out_loss"))),
                configuration,
                run.getAs("config"),
                null);
    }

    /** The best setting; there is one. */
    public static Compared of(String name, SweepRecord sweep, RunConfiguration configuration) {
        Row best = sweep.settings().get(0);
        String setting = best.getAs("setting");
        return new Compared(
                List.of(name, name + ": " + setting),
                best.getAs("trained") + " of " + best.getAs("runs") + " seeds trained",
                best,
                of(setting, sweep.fits()),
                accuracy(of(setting, sweep.accuracy())),
                Optional.ofNullable(sweep.choices().get(setting)),
                SweepReport.losses(sweep),
                configuration,
                sweep.config(),
                SweepReport.settings("Settings of " + name, sweep));
    }

    private static List<Row> of(String setting, List<Row> rows) {
        return rows.stream().filter(row -> setting.equals(row.getAs("setting"))).toList();
    }

    private static Map<String, Double> accuracy(List<Row> rows) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        rows.forEach(row -> accuracy.put(row.getAs("condition"), row.getAs("accuracy")));
        return accuracy;
    }

    /** A number of its row, or null where there is no such column. */
    Number number(String column) {
        return List.of(figures.schema().fieldNames()).contains(column) ? figures.getAs(column) : null;
    }

    /** The threshold of the cumulative Gaussian fitted to the choices, or null. */
    Double threshold() {
        return fits.stream()
                .filter(fit ->
                        "choice".equals(fit.getAs("kind")) && "cumulative-gaussian".equals(fit.getAs("function")))
                .map(fit -> fit.<Double>getAs("threshold"))
                .filter(Objects::nonNull) // none was fitted
                .findFirst()
                .orElse(null);
    }

    /** A label for each: the shortest that none shares with another. */
    static List<String> label(List<Compared> all) {
        List<String> chosen = new ArrayList<>();
        for (Compared one : all) {
            chosen.add(one.labels().stream()
                    .filter(label -> all.stream()
                                    .filter(other -> other.labels().contains(label))
                                    .count()
                            == 1)
                    .findFirst()
                    .orElse(one.labels().get(one.labels().size() - 1)));
        }
        return chosen;
    }
}
