package cohort.report.page;

import cohort.evaluation.Evidence;
import cohort.report.Figure;
import cohort.report.LossFigure;
import cohort.report.LossRun;
import cohort.report.ReportPage;
import cohort.report.ReportPage.Listing;
import cohort.report.ReportPage.Section;
import cohort.report.ReportTable;
import cohort.report.ReportTable.Column;
import cohort.task.Signature;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The page of several runs and sweeps side by side; of a sweep its best setting stands beside the others. */
public final class ComparisonReport {
    private final List<Compared> all;
    private final List<String> labels;
    private final String command;

    /**
     * @param command what makes the page again
     */
    public ComparisonReport(List<Compared> all, String command) {
        this.all = List.copyOf(all);
        this.labels = Compared.label(all);
        this.command = command;
    }

    public ReportPage page() {
        List<Section> sections = new ArrayList<>();
        sections.add(section("side-by-side", "Side by side", "", List.of(), List.of(sideBySide())));
        sections.add(section(
                "choices",
                "Choices",
                "The ideal observer is that of the first one that has one"
                        + ". Of a sweep, all seeds of its best setting together.",
                choices(),
                List.of(accuracy())));
        sections.add(section("training", "Training", "", losses(), List.of()));
        sections.add(section(
                "configuration",
                "Configuration",
                "What is not named here is the same in all of them.",
                List.of(),
                List.of(differences())));
        List<ReportTable> settings =
                all.stream().map(Compared::settings).filter(Objects::nonNull).toList();
        if (!settings.isEmpty()) {
            sections.add(section("settings", "Settings of sweeps", "", List.of(), settings));
        }
        sections.add(new Section(
                "reproduce", "Reproduce", "", List.of(), List.of(), List.of(new Listing("Command", command))));
        return new ReportPage(
                String.join(", ", labels), all.size() + " runs and sweeps side by side", List.of(), sections);
    }

    private static Section section(
            String id, String heading, String text, List<Figure> figures, List<ReportTable> tables) {
        return new Section(id, heading, text, figures, tables, List.of());
    }

    private ReportTable sideBySide() {
        List<Column> columns = List.of(
                Column.text("run or sweep", ""),
                Column.text("status", ""),
                Column.number(
                        "efficiency",
                        "accuracy above chance / what is possible; no response where one is asked for counts as wrong",
                        "%.4f"),
                Column.number(
                        "no response", "fraction of the trials in which there is something to be right about", "%s"),
                Column.number(
                        "threshold", "strength of evidence of 75 % right, cumulative Gaussian of the choices", "%.2f"),
                Column.number("held-out loss", "in the unit of its training.loss", "%.5f"),
                Column.number("parameters", "learned values of the network", "%,d"),
                Column.number("seconds", "of a run", "%.1f"));
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Compared one = all.get(i);
            Number noResponse = one.number("no_response");
            Number seconds = one.number("seconds");
            rows.add(Arrays.asList(
                    labels.get(i),
                    one.status(),
                    one.number("efficiency"),
                    noResponse == null ? null : RowsTable.percent("%.1f", noResponse.doubleValue()),
                    one.threshold(),
                    one.number("held_out_loss"),
                    one.number("parameters"),
                    seconds == null ? one.number("seconds_per_run") : seconds));
        }
        return ReportTable.of("Key figures", columns, rows);
    }

    private List<Figure> choices() {
        Map<String, Evidence> tested = new LinkedHashMap<>();
        Signature task = null;
        for (int i = 0; i < all.size(); i++) {
            Compared one = all.get(i);
            if (one.choices().isPresent()) {
                task = tested.isEmpty() ? one.configuration().task().signature() : task;
                tested.put(labels.get(i), one.choices().get());
            }
        }
        return ChoiceFigures.overEvidence(task, tested, ".");
    }

    private ReportTable accuracy() {
        Set<String> conditions = new LinkedHashSet<>();
        all.forEach(one -> conditions.addAll(one.accuracy().keySet()));
        List<Column> columns = new ArrayList<>(List.of(Column.text("condition", "factors and their values")));
        labels.forEach(label -> columns.add(Column.number(label, "", "%.4f")));
        List<List<Object>> rows = new ArrayList<>();
        for (String condition : conditions) {
            List<Object> row = new ArrayList<>(List.of(condition));
            all.forEach(one -> row.add(one.accuracy().get(condition)));
            rows.add(row);
        }
        return ReportTable.of("Accuracy per condition", columns, rows);
    }

    /** One figure for each unit of losses. */
    private List<Figure> losses() {
        Map<String, Map<String, List<LossRun>>> byUnit = new LinkedHashMap<>();
        Map<String, TreeSet<Double>> floors = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Compared one = all.get(i);
            if (!one.losses().isEmpty()) {
                String unit = one.configuration().lossUnit();
                byUnit.computeIfAbsent(unit, key -> new LinkedHashMap<>()).put(labels.get(i), one.losses());
                floors.computeIfAbsent(unit, key -> new TreeSet<>())
                        .add(one.configuration().lowestLoss());
            }
        }
        List<Figure> figures = new ArrayList<>();
        byUnit.forEach((unit, runs) -> figures.add(LossFigure.compare(
                figures.isEmpty() ? "loss" : "loss-" + (figures.size() + 1),
                "Mean loss over each averaging round; the points at the end are losses on held-out data.",
                runs,
                floors.get(unit).size() == 1 ? floors.get(unit).first() : Double.NaN,
                unit)));
        return figures;
    }

    private static String text(ConfigValue value) {
        return value.valueType() == ConfigValueType.STRING
                ? value.unwrapped().toString()
                : value.render(ConfigRenderOptions.concise());
    }

    private ReportTable differences() {
        List<Map<String, String>> configurations = all.stream()
                .map(one -> {
                    Map<String, String> values = new TreeMap<>();
                    ConfigFactory.parseString(one.config())
                            .entrySet()
                            .forEach(entry -> values.put(entry.getKey(), text(entry.getValue())));
                    return values;
                })
                .toList();
        TreeSet<String> keys = new TreeSet<>();
        configurations.forEach(configuration -> keys.addAll(configuration.keySet()));
        List<Column> columns = Stream.concat(Stream.of("key"), labels.stream())
                .map(label -> Column.text(label, ""))
                .toList();
        List<List<Object>> rows = new ArrayList<>();
        for (String key : keys) {
            List<Object> values = new ArrayList<>();
            configurations.forEach(configuration -> values.add(configuration.get(key)));
            if (values.stream().distinct().count() > 1) {
                values.add(0, key);
                rows.add(values);
            }
        }
        return ReportTable.of("Keys that differ", columns, rows);
    }
}
