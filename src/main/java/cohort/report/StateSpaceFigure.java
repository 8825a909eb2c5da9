package cohort.report;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The course of trials through the space of unit activity. */
public final class StateSpaceFigure {
    /** Where periods end, in their order. */
    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.TRIANGLE_DOWN);

    /** More entries than this do not fit beside the plot. */
    static final int MOST_LABELS = 14;

    private StateSpaceFigure() {}

    /**
     * Draws mean trajectories. Each choice has its hue, which fades to grey as the evidence falls to 0.
     *
     * @param name file name without ending
     * @param trajectories in the order of the legend, for instance from the strongest evidence for choice 1 to that for choice 2
     * @param periods of all these trials; a period that ends where there is no step is not marked
     * @param firstVariance fraction of the variance along the first component, or NaN
     * @param secondVariance fraction of the variance along the second component, or NaN
     */
    public static Figure of(
            String name,
            String caption,
            List<Trajectory> trajectories,
            List<PeriodSpan> periods,
            double firstVariance,
            double secondVariance) {
        XYChart chart = FigureStyle.chart(label(1, firstVariance), label(2, secondVariance));
        double[] x = extent(trajectories, Trajectory::first);
        double[] y = extent(trajectories, Trajectory::second);
        FigureStyle.rangeX(chart, x[0], x[1]);
        FigureStyle.rangeY(chart, y[0], y[1]);
        double[] strengths = trajectories.stream()
                .mapToDouble(Trajectory::strength)
                .filter(strength -> strength > 0)
                .distinct()
                .sorted()
                .toArray();
        boolean labelled = trajectories.size() <= MOST_LABELS;
        Map<Integer, Trajectory> families = new TreeMap<>();
        trajectories.forEach(one -> families.putIfAbsent(one.choice(), one));
        for (Trajectory one : trajectories) {
            String label = labelled ? one.label() : "";
            Layers.line(
                    chart, label, one.first(), one.second(), color(one, strengths, families.size()), FigureStyle.SOLID);
        }
        for (Trajectory one : trajectories) {
            mark(chart, one, 0, color(one, strengths, families.size()), SeriesMarkers.CIRCLE);
            for (int i = 0; i < periods.size(); i++) {
                if (periods.get(i).end() > periods.get(i).start()) {
                    mark(chart, one, periods.get(i).end() - 1, color(one, strengths, families.size()), marker(i));
                }
            }
        }
        if (!labelled && families.size() <= MOST_LABELS) {
            families.values()
                    .forEach(one -> Layers.legend(
                            chart, one.family(), hue(one, families.size()), FigureStyle.SOLID, SeriesMarkers.NONE));
        }
        Layers.legend(chart, "start", FigureStyle.INK, SeriesLines.NONE, SeriesMarkers.CIRCLE);
        for (int i = 0; i < periods.size(); i++) {
            if (periods.get(i).end() > periods.get(i).start()) {
                String label = "end of " + periods.get(i).name();
                Layers.legend(chart, label, FigureStyle.INK, SeriesLines.NONE, marker(i));
            }
        }
        return Figure.of(name, caption, chart);
    }

    private static void mark(XYChart chart, Trajectory trajectory, int step, Color color, Marker marker) {
        if (step >= 0 && step < trajectory.first().length) {
            double[] x = {trajectory.first()[step]};
            double[] y = {trajectory.second()[step]};
            Layers.points(chart, "", x, y, color, marker);
        }
    }

    private static Marker marker(int period) {
        return MARKERS.get(period % MARKERS.size());
    }

    /** The hue of the choice, mixed with grey by the rank of the strength: strengths double, and their colours would crowd. */
    private static Color color(Trajectory trajectory, double[] strengths, int families) {
        if (Double.isNaN(trajectory.strength())) {
            return hue(trajectory, families);
        }
        int rank = Arrays.binarySearch(strengths, trajectory.strength());
        return rank < 0
                ? FigureStyle.GREY
                : ColorScale.mix(
                        FigureStyle.MISSING, hue(trajectory, families), 0.25 + 0.75 * (rank + 1) / strengths.length);
    }

    /** The hue of a choice; of a family without evidence that of a scale, if there are more than hues. */
    private static Color hue(Trajectory trajectory, int families) {
        return !Double.isNaN(trajectory.strength()) || families <= FigureStyle.colors()
                ? FigureStyle.color(trajectory.choice() - 1)
                : ColorScale.sequential(1, families + 1).of(trajectory.choice());
    }

    private static double[] extent(List<Trajectory> trajectories, Function<Trajectory, double[]> component) {
        double[] values = trajectories.stream()
                .flatMapToDouble(one -> Arrays.stream(component.apply(one)))
                .filter(Double::isFinite)
                .toArray();
        double low = Arrays.stream(values).min().orElse(-1);
        double high = Arrays.stream(values).max().orElse(1);
        double margin = high > low ? 0.06 * (high - low) : 1;
        return new double[] {low - margin, high + margin};
    }

    private static String label(int component, double variance) {
        return Double.isFinite(variance)
                ? "PC " + component + " (" + Math.round(100 * variance) + " % of variance)"
                : "PC " + component;
    }
}
