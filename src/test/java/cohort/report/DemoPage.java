package cohort.report;

import cohort.report.ReportPage.KeyFigure;
import cohort.report.ReportPage.Listing;
import cohort.report.ReportPage.Section;
import cohort.report.ReportTable.Cell;
import cohort.report.ReportTable.Column;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.SplitMix64;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A page of a made-up sweep, as long as a real one. */
final class DemoPage {
    static final String RUN_WITH_MARKUP = "<script>document.title = 'owned'</script>";
    private static final Color[] COLORS = {new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73)};

    private DemoPage() {}

    static ReportPage of(int runs) {
        return new ReportPage(
                "perceptual-decision, 1000 runs",
                "A sweep over learning rate, hidden units and local steps: 993 runs finished, 7 diverged.",
                List.of(
                        new KeyFigure("efficiency", "0.994", "accuracy above chance, of the ideal observer's"),
                        new KeyFigure("accuracy", "0.8731", "95 % interval 0.8709 to 0.8752"),
                        new KeyFigure("held-out loss", "0.0412", "cross-entropy at the last step"),
                        new KeyFigure("threshold", "9.3 %", "coherence with 81.6 % right"),
                        new KeyFigure("time", "14 min", "8 executors of 4 cores")),
                List.of(
                        new Section(
                                "accuracy",
                                "Accuracy",
                                "Each coherence was shown in 20,000 trials that no training has seen. The ideal observer sums the"
                                        + " evidence without noise of its own: nobody can be better on these trials.",
                                List.of(
                                        lines(
                                                "psychometric",
                                                "Choices over signed coherence, with 95 % intervals.",
                                                540),
                                        lines("efficiency", "Accuracy as a part of what was possible.", 540)),
                                List.of(accuracy()),
                                List.of()),
                        new Section(
                                "training",
                                "Training",
                                "",
                                List.of(
                                        lines(
                                                "loss",
                                                "Loss on held-out trials over averaging rounds; one line for each seed.",
                                                1030),
                                        lines("gradient-norm", "Gradient norm before clipping.", 540),
                                        lines("distance", "Distance of the workers from their mean.", 540)),
                                List.of(),
                                List.of()),
                        new Section("activity", "Activity", "", List.of(heatMap()), List.of(), List.of()),
                        new Section("runs", "Runs", "", List.of(), List.of(runs(runs)), List.of()),
                        new Section(
                                "again",
                                "Do it again",
                                "The same configuration on any number of executors gives the same bits.",
                                List.of(),
                                List.of(),
                                List.of(
                                        new Listing(
                                                "Command",
                                                "submit/local sweep conf/sweep.conf --set seed=1 \\\n    --set warehouse=hdfs:///cohort"),
                                        new Listing("Configuration", configuration())))));
    }

    private static ReportTable accuracy() {
        return ReportTable.of(
                "Accuracy of the best run",
                List.of(
                        Column.number("coherence", "strength of the evidence, percent", "%.1f %%"),
                        Column.number("trials", "held-out trials", "%,d"),
                        Column.number("accuracy", "fraction of trials with the right choice", "%.4f"),
                        Column.number("95 % interval", "of the accuracy, Wilson 1927", "%s"),
                        Column.number("ideal observer", "its accuracy on these trials", "%.4f"),
                        Column.number("efficiency", "accuracy above chance, of the ideal observer's", "%.3f")),
                List.of(
                        List.of(0.0, 20_000, 0.5012, interval(0.4943), 0.5, Double.NaN),
                        List.of(6.4, 20_000, 0.7584, interval(0.7524), 0.7611, 0.9897),
                        List.of(12.8, 20_000, 0.9188, interval(0.9149), 0.9217, 0.9931),
                        List.of(25.6, 20_000, 0.9971, interval(0.9963), 0.9977, 0.9988),
                        List.of(51.2, 20_000, 1.0, interval(0.9998), 1.0, 1.0)));
    }

    private static Cell interval(double lower) {
        return new Cell(String.format(Locale.ROOT, "%.4f – %.4f", lower, Math.min(lower + 0.0138, 1)), "" + lower);
    }

    static ReportTable runs(int count) {
        List<Column> columns = List.of(
                Column.text("run", "experiment, seed and checksum of the configuration"),
                Column.text("status", "finished, stopped early or diverged"),
                Column.number("seed", "", "%d"),
                Column.number("learning rate", "of the first step", "%.2e"),
                Column.number("hidden", "recurrent units", "%d"),
                Column.number("local steps", "between two averaging rounds", "%d"),
                Column.number("accuracy", "fraction of right choices in trials with coherence above 0", "%.4f"),
                Column.number("efficiency", "accuracy above chance, of the ideal observer's", "%.3f"),
                Column.number("loss", "on held-out trials, at the last step", "%.4f"),
                Column.number("trials", "trained on", "%,d"),
                Column.number("time", "of the run's task, seconds", "%.1f"),
                Column.text("reason", "why the run ended before its last step"));
        UniformRandomProvider random = new SplitMix64(1);
        List<List<?>> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            boolean diverged = r % 150 == 7;
            double accuracy = diverged ? Double.NaN : 0.5 + 0.38 * Math.sqrt(random.nextDouble());
            List<Object> row = new ArrayList<>(List.of(
                    r == 3 ? RUN_WITH_MARKUP : "pd-" + r + "-" + Integer.toHexString(random.nextInt()),
                    diverged ? "diverged" : "finished",
                    r % 5 + 1,
                    Math.pow(10, -4 + 3 * random.nextDouble()),
                    1 << (4 + random.nextInt(5)),
                    25 << random.nextInt(4),
                    accuracy,
                    (accuracy - 0.5) / 0.38,
                    diverged ? Double.NaN : 1.2 * random.nextDouble(),
                    (1 + random.nextInt(90)) * 16_000L,
                    10 + 300 * random.nextDouble()));
            row.add(
                    diverged
                            ? "the loss is not finite at step 312: learning rate 0.0873, gradient norm 3.1e+17"
                            : null);
            rows.add(row);
        }
        return ReportTable.of("Runs of the sweep", columns, rows);
    }

    static Figure lines(String name, String caption, int width) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(340)
                .xAxisTitle("coherence, %")
                .yAxisTitle(name)
                .build();
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendBorderColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.InsideNW);
        double[] x = new double[60];
        for (int line = 0; line < COLORS.length; line++) {
            double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = i - x.length / 2.0;
                y[i] = 1 / (1 + Math.exp(-x[i] * (line + 1) / 12));
            }
            chart.addSeries("seed " + (line + 1), x, y)
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(COLORS[line]);
        }
        return Figure.of(name, caption, chart);
    }

    static Figure heatMap() {
        int[] units = IntStream.range(0, 64).toArray();
        return UnitActivityFigure.of(
                "activity",
                "Rates of 64 units in one trial, sorted by the time of their peak.",
                (step, unit) -> Math.exp(-Math.pow(step - 0.9 * unit, 2) / 90),
                60,
                units,
                20,
                List.of(new PeriodSpan("stimulus", 5, 55)));
    }

    private static String configuration() {
        try (InputStream in = DemoPage.class.getResourceAsStream("/cohort/reference.conf")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
