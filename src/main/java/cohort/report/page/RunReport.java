package cohort.report.page;

import cohort.config.Counted;
import cohort.config.Shell;
import cohort.evaluation.Evidence;
import cohort.evaluation.Probabilities;
import cohort.evaluation.TaskFacts;
import cohort.evaluation.TrialActivity;
import cohort.evaluation.TrialEvaluator;
import cohort.network.Parameters;
import cohort.report.ActivityFigures;
import cohort.report.ConditionLabels;
import cohort.report.Figure;
import cohort.report.LearningFigure;
import cohort.report.ReportPage;
import cohort.report.ReportPage.Listing;
import cohort.report.ReportPage.Section;
import cohort.report.ReportTable;
import cohort.report.TrialFigures;
import cohort.run.HeldOutTrials;
import cohort.run.RunConfiguration;
import cohort.run.RunSpec;
import cohort.run.RunStatus;
import cohort.run.Workspaces;
import cohort.task.Outputs;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.training.Loss;
import cohort.warehouse.RunRecord;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** The page of one run. */
public final class RunReport {
    /** Held-out trials whose activity is analysed. */
    private static final int RECORDED = 1000;

    /** Conditions of which a trial is shown. */
    private static final int MOST_TRIALS = 4;

    /** Curves in a figure of learning that can be told apart. */
    private static final int MOST_CURVES = 6;

    private static final DateTimeFormatter BEGUN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RunRecord record;
    private final RunConfiguration configuration;
    private final String warehouse;
    private final double lowestLoss;
    private final String lossUnit;

    public RunReport(RunRecord record, RunConfiguration configuration, String warehouse) {
        this.record = record;
        this.configuration = configuration;
        this.warehouse = warehouse;
        this.lowestLoss = configuration.lowestLoss();
        this.lossUnit = configuration.lossUnit();
    }

    /**
     * The whole page.
     *
     * @param network what was trained, unless there is no such file any more
     */
    public ReportPage page(Optional<Parameters> network) {
        Row run = record.run();
        List<Section> sections = new ArrayList<>();
        sections.add(trials(network));
        if (!record.accuracy().isEmpty()) {
            sections.add(choices());
        }
        new TimeFigures(configuration.task(), record).section().ifPresent(sections::add);
        if (!record.curve().isEmpty()) {
            sections.add(new Section(
                    "training",
                    "Training",
                    "",
                    List.of(RunFigures.loss(
                            List.of(RunFigures.lossRun(record.curve(), run.getAs("held_out_loss"))),
                            lowestLoss,
                            lossUnit)),
                    List.of(),
                    List.of()));
        }
        if (record.accuracies().size() > 1) {
            sections.add(learning());
        }
        if (network.isPresent()) {
            List<TrialActivity> recorded =
                    new HeldOutTrials(configuration.spec(), network.get(), new Workspaces()).activity(RECORDED);
            List<TrialActivity> compared = withEvidence(recorded);
            sections.add(new Section(
                    "activity",
                    "Activity",
                    "Of the first " + recorded.size() + " held-out trials"
                            + (compared.size() < recorded.size() ? ", without catch trials." : "."),
                    activity(compared, network.get()),
                    ReportTables.units(configuration.task(), compared).stream().toList(),
                    List.of()));
        }
        sections.add(reproduce(run));
        return new ReportPage(
                run.getAs("run_id"),
                summary(run),
                new RunKeyFigures(configuration, record, lowestLoss).all(),
                sections);
    }

    /** A held-out trial of each condition, or of some of them, with the network's outputs. */
    private Section trials(Optional<Parameters> network) {
        RunSpec run = configuration.spec();
        TrialSource source = configuration.task().trials(run.seed(), Split.TEST);
        TaskFacts facts = TaskFacts.of(configuration.task(), run.response(), source, RECORDED);
        Optional<TrialEvaluator> evaluator =
                network.map(trained -> new HeldOutTrials(run, trained, new Workspaces()).evaluator());
        Signature task = source.signature();
        ConditionLabels labels =
                ConditionLabels.of(task.factors(), facts.examples().keySet());
        List<Figure> figures = new ArrayList<>();
        Trial trial = new Trial(task);
        for (long index : facts.examples(MOST_TRIALS)) {
            source.read(index, trial);
            Optional<Outputs> outputs = evaluator.map(of -> outputs(of.outputs(index), task));
            figures.add(TrialFigures.of(
                    "trial-" + (figures.size() + 1),
                    trial,
                    labels,
                    run.plan().batching().periodWeights(),
                    outputs));
        }
        return new Section(
                "trials",
                "Trials",
                figures.size() < facts.examples().size()
                        ? "Of " + figures.size() + " of " + facts.examples().size() + " conditions."
                        : "",
                figures,
                List.of(),
                List.of());
    }

    /** The outputs of a trial, [step, output]; as probabilities where the loss takes them for such. */
    private Outputs outputs(float[] values, Signature task) {
        Outputs raw = (step, output) -> values[step * task.outputCount() + output];
        return configuration.plan().training().loss() == Loss.CROSS_ENTROPY
                ? new Probabilities(raw, task.outputs())
                : raw;
    }

    private Section choices() {
        Signature task = configuration.task().signature();
        List<ReportTable> tables = new ArrayList<>(List.of(ReportTables.accuracy(task, record.accuracy())));
        if (record.choices().isEmpty()) {
            double chance = record.accuracy().get(0).getAs("chance");
            return new Section(
                    "choices",
                    "Answers",
                    "Efficiency is accuracy above chance as a fraction of what is possible: of the ideal observer's, or of 1 where none is"
                            + " known.",
                    List.of(ChoiceFigures.inConditions(
                            task,
                            record.accuracy(),
                            chance,
                            "Fraction correct in each condition, with 95 % Wilson intervals.")),
                    tables,
                    List.of());
        }
        Evidence evidence = record.choices().get();
        tables.add(ReportTables.fits(record.fits(), ""));
        return new Section(
                "choices",
                "Choices",
                "The ideal observer knows the task's statistics; it is shown what it can be expected to do in trials like these."
                        + " Efficiency is accuracy above chance as a fraction of the ideal observer's. The threshold is the "
                        + evidence.factor()
                        + " at which an observer without lapses and bias is right in 75 % of the trials. Where nobody was"
                        + " tested between 0 and it, trust the fits of choices more than those of the accuracy.",
                ChoiceFigures.overEvidence(task, Map.of("network", evidence), "."),
                tables,
                List.of());
    }

    /** What was learned when; the last stage is the end. */
    private Section learning() {
        Map<String, NavigableMap<Long, Double>> curves = new LinkedHashMap<>();
        int conditions = record.accuracy().size();
        record.accuracies().forEach((step, rows) -> {
            long trials = 0;
            long correct = 0;
            for (Row row : rows) {
                if (row.getAs("efficiency") != null) {
                    trials += row.<Long>getAs("trials");
                    correct += row.<Long>getAs("correct");
                }
                if (conditions <= MOST_CURVES) {
                    curves.computeIfAbsent(row.getAs("condition"), condition -> new TreeMap<>())
                            .put(step, row.getAs("accuracy"));
                }
            }
            if (conditions > MOST_CURVES) {
                curves.computeIfAbsent("all conditions", all -> new TreeMap<>()).put(step, (double) correct / trials);
            }
        });
        double chance = record.accuracy().get(0).getAs("chance");
        List<Figure> figures = new ArrayList<>(List.of(LearningFigure.of(
                "learning", "Fraction correct on held-out trials at stages of learning.", curves, chance)));
        List<Long> steps = List.copyOf(record.evidence().keySet());
        Map<String, Evidence> stages = new LinkedHashMap<>();
        int every = Math.max(1, (steps.size() + MOST_CURVES - 2) / (MOST_CURVES - 1));
        for (int i = steps.size() - 1; i >= 0; i -= every) {
            stages.put("step " + steps.get(i), record.evidence().get(steps.get(i)));
        }
        ChoiceFigures.psychometric(
                        configuration.task().signature(), stages, "; stages of learning.", "psychometric-stages")
                .ifPresent(figures::add);
        return new Section("learning", "Learning", "", figures, List.of(), List.of());
    }

    /** Without those, catch trials, in which the evidence that trials are compared by has no strength; all of them if none has. */
    private List<TrialActivity> withEvidence(List<TrialActivity> recorded) {
        List<TrialActivity> compared = configuration
                .task()
                .psychometry()
                .map(psychometry -> recorded.stream()
                        .filter(trial ->
                                !Double.isNaN(trial.outcome().condition().value(psychometry.factor())))
                        .toList())
                .orElse(recorded);
        return compared.isEmpty() ? recorded : compared;
    }

    private List<Figure> activity(List<TrialActivity> recorded, Parameters network) {
        List<Figure> figures = new ArrayList<>();
        ActivityFigures activity = new ActivityFigures(configuration.task(), recorded);
        if (network.spec().hidden() > 1) {
            figures.add(activity.stateSpace());
        }
        figures.addAll(activity.units());
        figures.addAll(activity.weights(network));
        return figures;
    }

    private static String summary(Row run) {
        String reason = run.getAs("reason");
        return String.format(
                Locale.ROOT,
                "%s%s; seed %d, %,d parameters, %s of %s, begun %s",
                run.<String>getAs("status"),
                reason.isEmpty() ? "" : " (" + reason + ")",
                run.<Long>getAs("seed"),
                run.<Integer>getAs("parameters"),
                Counted.of(run.<Long>getAs("step"), "step"),
                Counted.of(run.<Integer>getAs("workers"), "logical worker"),
                BEGUN.format(run.<Timestamp>getAs("started_at").toInstant()));
    }

    private Section reproduce(Row run) {
        String name = run.getAs("name");
        boolean isTrained = !RunStatus.EVALUATED.label().equals(run.getAs("status"));
        String again = isTrained
                ? "submit/local train " + name + ".conf --set warehouse=again\n"
                : "submit/local evaluate " + name + ".conf --model " + run.<String>getAs("model") + "\n";
        return new Section(
                "reproduce",
                "Reproduce",
                run.<String>getAs("versions") + ". BLAS: " + run.<String>getAs("blas")
                        + ". The same configuration and seed give the same bits, on any number of cores or executors.",
                List.<Figure>of(),
                List.of(),
                List.of(
                        new Listing(
                                "Commands",
                                "# " + name + ".conf is the configuration below\n" + again
                                        + "submit/local report " + run.<String>getAs("run_id")
                                        + (isTrained
                                                ? " --warehouse again"
                                                : " --warehouse " + Shell.quoted(warehouse))),
                        new Listing("Configuration", run.getAs("config"))));
    }
}
