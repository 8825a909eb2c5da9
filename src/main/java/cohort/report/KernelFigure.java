package cohort.report;

import cohort.report.KernelSeries.Point;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;

/** Psychophysical kernels: which noise came before a choice, and when. */
public final class KernelFigure {
    /** Standard errors from the mean to the end of a 95 % interval. */
    private static final double INTERVAL = 1.96;

    private KernelFigure() {}

    /**
     * Draws kernels of channels over time.
     *
     * @param name file name without ending
     * @param what what the y axis shows
     * @param kernels at least one; the first of them that have colours of their own are drawn
     */
    public static Figure of(String name, String caption, String what, List<KernelSeries> kernels) {
        XYChart chart = FigureStyle.chart("time from the onset of the evidence (ms)", what);
        List<KernelSeries> shown = kernels.subList(0, Math.min(FigureStyle.colors(), kernels.size()));
        double last = shown.stream()
                .flatMap(kernel -> kernel.points().stream())
                .mapToDouble(Point::millis)
                .max()
                .orElse(1);
        double largest = shown.stream()
                .flatMap(kernel -> kernel.points().stream())
                .mapToDouble(point -> Math.abs(point.mean()) + (point.error() > 0 ? INTERVAL * point.error() : 0))
                .max()
                .orElse(1);
        double height = largest > 0 ? 1.06 * largest : 1;
        FigureStyle.rangeX(chart, 0, Math.max(1, 1.02 * last));
        FigureStyle.rangeY(chart, -height, height);
        chart.setCustomYAxisTickLabelsFormatter(Ticks.within(-height, height));
        Layers.line(chart, "", new double[] {0, last}, new double[] {0, 0}, FigureStyle.GREY, FigureStyle.THIN);
        for (int i = 0; i < shown.size(); i++) {
            KernelSeries kernel = shown.get(i);
            double[] x = values(kernel, Point::millis);
            Layers.intervals(
                    chart,
                    "",
                    x,
                    values(kernel, point -> point.mean() - INTERVAL * point.error()),
                    values(kernel, point -> point.mean() + INTERVAL * point.error()),
                    FigureStyle.pale(i));
            Layers.line(chart, kernel.label(), x, values(kernel, Point::mean), FigureStyle.color(i), FigureStyle.SOLID);
        }
        String note = kernels.size() > shown.size()
                ? " Drawn are the first " + shown.size() + " of " + kernels.size() + " channels."
                : "";
        return Figure.of(name, caption + note, chart);
    }

    private static double[] values(KernelSeries kernel, ToDoubleFunction<Point> value) {
        return kernel.points().stream().mapToDouble(value).toArray();
    }
}
