package cohort.report.page;

import cohort.config.Counted;
import cohort.evaluation.Evidence;
import cohort.report.Figure;
import cohort.report.LossRun;
import cohort.report.ReportPage;
import cohort.report.ReportPage.KeyFigure;
import cohort.report.ReportPage.Listing;
import cohort.report.ReportPage.Section;
import cohort.report.ReportTable;
import cohort.report.SettingSeeds;
import cohort.report.SettingSeedsFigure;
import cohort.report.ValueBounds;
import cohort.run.RunStatus;
import cohort.sweep.SweepRecord;
import cohort.task.Signature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** The page of a sweep. */
public final class SweepReport {
    /** Settings whose curves are drawn side by side: the best ones. */
    private static final int CURVES = 4;

    private final String name;
    private final SweepRecord sweep;
    private final String unfinished;
    private final Signature task;

    /**
     * @param task the best setting's task
     * @param unfinished how many runs there are of how many, and why not all; empty if all are there
     */
    public SweepReport(String name, Signature task, SweepRecord sweep, String unfinished) {
        this.name = name;
        this.task = task;
        this.sweep = sweep;
        this.unfinished = unfinished;
    }

    /**
     * The whole page.
     *
     * @param lowestLoss the lowest possible loss of the best setting's task, or NaN
     * @param lossUnit what the best setting's loss is counted in
     */
    public ReportPage page(double lowestLoss, String lossUnit) {
        long trained = sweep.runs().stream().filter(SweepReport::isTrained).count();
        return new ReportPage(
                name,
                String.format(
                        Locale.ROOT,
                        "%s%s, %s of which %,d %s trained to their end",
                        unfinished.isEmpty() ? "Sweep of " : "Unfinished sweep (" + unfinished + "); so far ",
                        Counted.of(sweep.settings().size(), "setting"),
                        Counted.of(sweep.runs().size(), "run"),
                        trained,
                        trained == 1 ? "was" : "were"),
                keyFigures(),
                List.of(settings(), choices(), training(lowestLoss, lossUnit), runs(), reproduce()));
    }

    private static boolean isTrained(Row run) {
        return RunStatus.TRAINED.label().equals(run.getAs("status"));
    }

    private List<KeyFigure> keyFigures() {
        List<KeyFigure> figures = new ArrayList<>();
        if (!sweep.settings().isEmpty() && sweep.settings().get(0).getAs("efficiency") != null) {
            Row best = sweep.settings().get(0);
            figures.add(new KeyFigure(
                    "best mean efficiency",
                    String.format(Locale.ROOT, "%.4f", best.<Double>getAs("efficiency")),
                    best.getAs("setting")));
            Double noResponse = best.getAs("no_response");
            if (noResponse != null) {
                figures.add(new KeyFigure(
                        "no response", RowsTable.percent("%.1f", noResponse).text(), "of this setting's networks"));
            }
        }
        for (Row key : sweep.importance()) {
            if (key.getAs("variance_explained") != null) {
                figures.add(new KeyFigure(
                        key.getAs("key"),
                        String.format(Locale.ROOT, "%.0f %%", 100 * key.<Double>getAs("variance_explained")),
                        "of the variance of efficiency explained"));
            }
        }
        return figures;
    }

    private Section settings() {
        List<Figure> figures = new ArrayList<>(SettingGrid.figures(sweep));
        Map<String, List<Double>> bySetting = new LinkedHashMap<>();
        for (Row run : sweep.runs()) {
            if (run.getAs("efficiency") != null) {
                bySetting
                        .computeIfAbsent(run.getAs("setting"), setting -> new ArrayList<>())
                        .add(run.getAs("efficiency"));
            }
        }
        Set<String> silent = new HashSet<>();
        for (Row setting : sweep.settings()) {
            Double noResponse = setting.getAs("no_response");
            if (noResponse != null && noResponse == 1) {
                silent.add(setting.getAs("setting"));
            }
        }
        List<SettingSeeds> seeds = new ArrayList<>();
        bySetting.forEach((setting, values) -> seeds.add(SettingSeeds.of(
                setting,
                silent.contains(setting) ? "no response" : "",
                values.stream().mapToDouble(Double::doubleValue).toArray())));
        figures.add(SettingSeedsFigure.of(
                "seeds",
                "Efficiency of every seed, with the mean over seeds and its 95 % interval.",
                "efficiency",
                seeds,
                ValueBounds.ofEfficiency()));
        return new Section(
                "settings",
                "Settings",
                "Settings are ranked by the mean efficiency of the seeds that were trained to their end. No response counts as"
                        + " wrong, so that networks that rather give none are below 0, which is guessing.",
                figures,
                List.of(
                        settings("Settings", sweep),
                        new RowsTable("What explains the efficiency", sweep.importance())
                                .text("key")
                                .numbers("%,d", "values", "runs")
                                .numbers("%.3f", "variance_explained")
                                .build()),
                List.of());
    }

    /** View leaderboard as a table. */
    static ReportTable settings(String caption, SweepRecord sweep) {
        return new RowsTable(caption, sweep.settings())
                .numbers("%d", "rank")
                .text("setting")
                .numbers("%,d", "runs", "trained")
                .countsIfAny("failed", "stopped")
                .numbers("%.4f", "efficiency", "efficiency_sem", "worst_efficiency")
                .fractions("%.1f", "no_response")
                .numbers("%.5f", "held_out_loss")
                .numbers("%.2f", "seconds_per_run")
                .numbers("%,d", "parameters")
                .build();
    }

    /** Training losses of the seeds of the best setting. */
    static List<LossRun> losses(SweepRecord sweep) {
        Map<String, List<Row>> byRun = new LinkedHashMap<>();
        for (Row row : sweep.curves()) {
            byRun.computeIfAbsent(row.getAs("run_id"), run -> new ArrayList<>()).add(row);
        }
        Map<String, Double> heldOut = new HashMap<>();
        sweep.runs().forEach(run -> heldOut.put(run.getAs("run_id"), run.getAs("held_out_loss")));
        List<LossRun> runs = new ArrayList<>();
        byRun.forEach((run, rows) -> runs.add(RunFigures.lossRun(rows, heldOut.get(run))));
        return runs;
    }

    private Section choices() {
        Map<String, Evidence> best = new LinkedHashMap<>();
        for (Row setting : sweep.settings()) {
            String label = setting.getAs("setting");
            Evidence evidence = sweep.choices().get(label);
            if (evidence != null && best.size() < CURVES) {
                best.put(label, evidence);
            }
        }
        List<Figure> figures =
                ChoiceFigures.overEvidence(task, best, "; all seeds of a setting together: the best settings.");
        if (figures.isEmpty() && !sweep.settings().isEmpty()) {
            String setting = sweep.settings().get(0).getAs("setting");
            List<Row> rows = sweep.accuracy().stream()
                    .filter(row -> setting.equals(row.getAs("setting")))
                    .toList();
            if (!rows.isEmpty()) {
                figures.add(
                        ChoiceFigures.inConditions(
                                task,
                                rows,
                                Double.NaN,
                                "Fraction correct in each condition, mean over the seeds of the best setting with its 95 % bootstrap interval."));
            }
        }
        List<ReportTable> tables = new ArrayList<>();
        if (!sweep.fits().isEmpty()) {
            tables.add(ReportTables.fits(bestFirst(sweep.fits()), "setting"));
        }
        tables.add(new RowsTable("Accuracy over seeds", bestFirst(sweep.accuracy()))
                .text("setting")
                .conditions(task.factors())
                .numbers("%,d", "seeds")
                .numbers("%.4f", "accuracy", "accuracy_sem", "bootstrap_low", "bootstrap_high")
                .numbersIfAny("%.4f", "ideal")
                .numbers("%.3f", "efficiency")
                .fractions("%.1f", "no_response")
                .fractions("%.1f", "failure_rate")
                .build());
        return new Section(
                "choices",
                "Choices",
                best.isEmpty()
                        ? ""
                        : "Fitted to all seeds of a setting together. The ideal observer is that of the best setting.",
                figures,
                tables,
                List.of());
    }

    /** The same rows, those of the best setting first. */
    private List<Row> bestFirst(List<Row> rows) {
        List<String> ranked = sweep.settings().stream()
                .map(row -> row.<String>getAs("setting"))
                .toList();
        return rows.stream()
                .sorted(Comparator.comparingInt(row -> ranked.indexOf(row.<String>getAs("setting"))))
                .toList();
    }

    private Section training(double lowestLoss, String lossUnit) {
        List<LossRun> runs = losses(sweep);
        return new Section(
                "training",
                "Training",
                "All seeds of the best setting.",
                runs.isEmpty() ? List.of() : List.of(RunFigures.loss(runs, lowestLoss, lossUnit)),
                List.of(),
                List.of());
    }

    private Section runs() {
        return new Section(
                "runs",
                "Runs",
                "",
                List.of(),
                List.of(new RowsTable("All runs", sweep.runs())
                        .text("setting")
                        .numbers("%d", "seed")
                        .text("status")
                        .text("reason")
                        .numbers("%.4f", "efficiency", "accuracy")
                        .fractions("%.1f", "no_response")
                        .numbers("%.2f", "threshold")
                        .numbers("%.5f", "held_out_loss", "training_loss")
                        .numbers("%,d", "step")
                        .numbers("%.2f", "seconds")
                        .text("run_id")
                        .build()),
                List.of());
    }

    private Section reproduce() {
        String versions = sweep.runs().isEmpty() ? "" : sweep.runs().get(0).getAs("versions");
        return new Section(
                "reproduce",
                "Reproduce",
                versions + ". The same configuration and seed give the same bits, in a sweep or alone.",
                List.of(),
                List.of(),
                List.of(
                        new Listing(
                                "Commands",
                                "# " + name + ".conf is the sweep's configuration\nsubmit/local sweep " + name
                                        + ".conf --set warehouse=again\nsubmit/local report " + name
                                        + " --warehouse again"),
                        new Listing(
                                "Configuration of the best setting's first seed; the sweep changed the keys named above",
                                sweep.config())));
    }
}
