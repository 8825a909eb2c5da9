package cohort.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How the loss falls in training. */
public final class LossFigure {
    /** More than a line of that width can show. */
    private static final int MOST_POINTS = 400;

    /** A smaller ratio of the largest to the smallest loss has too few round numbers for a logarithmic axis. */
    private static final double LOGARITHMIC_FROM = 3;

    private LossFigure() {}

    /**
     * Draws training losses over optimizer steps on a logarithmic axis, on a linear one if they hardly differ. Runs of more than
     * {@value #MOST_POINTS} steps are drawn as means of neighbouring steps.
     *
     * @param name file name without ending
     * @param runs one run, or the seeds of one setting
     * @param floor the lowest possible loss, or NaN
     * @param unit what the losses are counted in: "nats per time step"
     */
    public static Figure of(String name, String caption, List<LossRun> runs, double floor, String unit) {
        XYChart chart = chart(runs, floor, unit);
        String training = runs.size() > 1 ? "training, " + runs.size() + " runs" : "training";
        drawTraining(chart, training, runs, FigureStyle.color(0));
        drawHeldOut(chart, runs.size() > 1 ? "held out, each run" : "held out", runs, FigureStyle.color(1));
        drawFloor(chart, runs, floor);
        return Figure.of(name, caption, chart);
    }

    /**
     * The same of several that are compared; each has a colour, and of more than there are colours the first are drawn, as the caption
     * then says.
     *
     * @param runs one or several runs by label
     * @param floor the lowest possible loss of all of them, or NaN
     */
    public static Figure compare(
            String name, String caption, Map<String, List<LossRun>> runs, double floor, String unit) {
        List<String> labels = runs.keySet().stream().limit(FigureStyle.colors()).toList();
        List<LossRun> all =
                labels.stream().flatMap(label -> runs.get(label).stream()).toList();
        XYChart chart = chart(all, floor, unit);
        for (int i = 0; i < labels.size(); i++) {
            List<LossRun> ofOne = runs.get(labels.get(i));
            drawTraining(chart, labels.get(i), ofOne, FigureStyle.color(i));
            drawHeldOut(chart, "", ofOne, FigureStyle.color(i));
        }
        if (all.stream().anyMatch(run -> run.heldOut() > 0)) {
            Layers.legend(chart, "held out", FigureStyle.INK, SeriesLines.NONE, SeriesMarkers.DIAMOND);
        }
        drawFloor(chart, all, floor);
        String note =
                labels.size() < runs.size() ? " Drawn are the first " + labels.size() + " of " + runs.size() + "." : "";
        return Figure.of(name, caption + note, chart);
    }

    private static XYChart chart(List<LossRun> runs, double floor, String unit) {
        XYChart chart = FigureStyle.chart("optimizer steps", "loss (" + unit + ")");
        double[] values = DoubleStream.concat(
                        runs.stream().flatMapToDouble(run -> Arrays.stream(run.losses(MOST_POINTS))),
                        DoubleStream.concat(runs.stream().mapToDouble(LossRun::heldOut), DoubleStream.of(floor)))
                .filter(value -> value > 0 && value < Double.POSITIVE_INFINITY)
                .toArray();
        axes(chart, right(runs), values);
        return chart;
    }

    private static double right(List<LossRun> runs) {
        double last = runs.stream()
                .mapToDouble(LossRun::lastStep)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        return last > 0 ? last : 1;
    }

    private static void drawTraining(XYChart chart, String label, List<LossRun> runs, Color color) {
        BasicStroke stroke = runs.size() > 1 ? FigureStyle.THIN : FigureStyle.SOLID;
        String first = label;
        for (LossRun run : runs) {
            Layers.line(chart, first, run.steps(MOST_POINTS), run.losses(MOST_POINTS), color, stroke);
            first = "";
        }
    }

    private static void drawHeldOut(XYChart chart, String label, List<LossRun> runs, Color color) {
        Layers.points(
                chart,
                label,
                runs.stream().mapToDouble(LossRun::lastStep).toArray(),
                runs.stream()
                        .mapToDouble(run -> run.heldOut() > 0 ? run.heldOut() : Double.NaN)
                        .toArray(),
                color,
                SeriesMarkers.DIAMOND);
    }

    private static void drawFloor(XYChart chart, List<LossRun> runs, double floor) {
        if (floor > 0) {
            Layers.line(
                    chart,
                    "lowest possible",
                    new double[] {0, right(runs)},
                    new double[] {floor, floor},
                    FigureStyle.INK,
                    FigureStyle.DASHED);
        }
    }

    private static void axes(XYChart chart, double right, double[] values) {
        double low = Arrays.stream(values).min().orElse(0.1);
        double high = Arrays.stream(values).max().orElse(1);
        FigureStyle.rangeX(chart, -0.02 * right, 1.03 * right);
        chart.setCustomXAxisTickLabelsFormatter(Ticks.within(0, right));
        if (high / low >= LOGARITHMIC_FROM) {
            FigureStyle.logarithmicY(chart, low, high);
        } else {
            double margin = high > low ? 0.08 * (high - low) : 0.5 * high;
            FigureStyle.rangeY(chart, low - margin, high + margin);
            chart.setCustomYAxisTickLabelsFormatter(Ticks.within(low - margin, high + margin));
        }
    }
}
