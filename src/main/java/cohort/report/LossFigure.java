package cohort.report;

import java.awt.BasicStroke;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
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
        XYChart chart = FigureStyle.chart("optimizer steps", "loss (" + unit + ")");
        double last = runs.stream()
                .mapToDouble(LossRun::lastStep)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double right = last > 0 ? last : 1;
        double[] values = DoubleStream.concat(
                        runs.stream().flatMapToDouble(run -> Arrays.stream(run.losses(MOST_POINTS))),
                        DoubleStream.concat(runs.stream().mapToDouble(LossRun::heldOut), DoubleStream.of(floor)))
                .filter(value -> value > 0 && value < Double.POSITIVE_INFINITY)
                .toArray();
        axes(chart, right, values);
        BasicStroke stroke = runs.size() > 1 ? FigureStyle.THIN : FigureStyle.SOLID;
        String training = runs.size() > 1 ? "training, " + runs.size() + " runs" : "training";
        for (LossRun run : runs) {
            Layers.line(chart, training, run.steps(MOST_POINTS), run.losses(MOST_POINTS), FigureStyle.color(0), stroke);
            training = "";
        }
        Layers.points(
                chart,
                runs.size() > 1 ? "held out, each run" : "held out",
                runs.stream().mapToDouble(LossRun::lastStep).toArray(),
                runs.stream()
                        .mapToDouble(run -> run.heldOut() > 0 ? run.heldOut() : Double.NaN)
                        .toArray(),
                FigureStyle.color(1),
                SeriesMarkers.DIAMOND);
        if (floor > 0) {
            Layers.line(
                    chart,
                    "lowest possible",
                    new double[] {0, right},
                    new double[] {floor, floor},
                    FigureStyle.INK,
                    FigureStyle.DASHED);
        }
        return Figure.of(name, caption, chart);
    }

    private static void axes(XYChart chart, double right, double[] values) {
        double low = Arrays.stream(values).min().orElse(0.1);
        double high = Arrays.stream(values).max().orElse(1);
        FigureStyle.rangeX(chart, -0.02 * right, 1.03 * right);
        chart.setCustomXAxisTickLabelsFormatter(Ticks::text);
        if (high / low >= LOGARITHMIC_FROM) {
            FigureStyle.logarithmicY(chart, low, high);
        } else {
            double margin = high > low ? 0.08 * (high - low) : 0.5 * high;
            FigureStyle.rangeY(chart, low - margin, high + margin);
            chart.setCustomYAxisTickLabelsFormatter(Ticks::text);
        }
    }
}
