package cohort.report;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Annotation;

/** The course of one trial: what goes into the network, or what comes out of it. */
public final class TrialFigure {
    /** Above the curves there is room for the names of periods, as a fraction of the curves' height. */
    private static final double ROOM_FOR_NAMES = 0.16;

    private static final double MARGIN = 0.06;

    private TrialFigure() {}

    /**
     * Draws channels over time, each value in the middle of its time step.
     *
     * @param name file name without ending
     * @param valueLabel what the values are: "input"
     * @param channels what the legend calls the channels, in their order
     * @param values value at (step, channel)
     * @param dtMillis length of a step in ms
     * @param periods of the trial; those without a step are left out
     */
    public static Figure of(
            String name,
            String caption,
            String valueLabel,
            List<String> channels,
            Cells values,
            double dtMillis,
            List<PeriodSpan> periods) {
        return of(name, caption, valueLabel, channels, values, dtMillis, periods, FigureStyle.HEIGHT);
    }

    /** The same, as high as this in CSS pixels. */
    static Figure of(
            String name,
            String caption,
            String valueLabel,
            List<String> channels,
            Cells values,
            double dtMillis,
            List<PeriodSpan> periods,
            int height) {
        XYChart chart = FigureStyle.chart("time from the start of the trial (ms)", valueLabel, height);
        int steps = periods.stream().mapToInt(PeriodSpan::end).max().orElse(0);
        double[] shown = Arrays.stream(ColorScale.values(steps, channels.size(), values))
                .filter(Double::isFinite)
                .toArray();
        double low = Arrays.stream(shown).min().orElse(0);
        double high = Arrays.stream(shown).max().orElse(1);
        double range = high > low ? high - low : 1;
        FigureStyle.rangeX(chart, 0, Math.max(1, steps) * dtMillis);
        FigureStyle.rangeY(chart, low - MARGIN * range, high + ROOM_FOR_NAMES * range);
        chart.setCustomXAxisTickLabelsFormatter(Ticks.within(0, Math.max(1, steps) * dtMillis));
        double[] times =
                IntStream.range(0, steps).mapToDouble(t -> (t + 0.5) * dtMillis).toArray();
        for (int c = 0; c < channels.size(); c++) {
            int channel = c;
            double[] course = IntStream.range(0, steps)
                    .mapToDouble(t -> values.at(t, channel))
                    .toArray();
            Layers.line(chart, channels.get(c), times, course, FigureStyle.color(c), FigureStyle.SOLID);
        }
        chart.addAnnotation(new PeriodNames(
                periods.stream().filter(span -> span.end() > span.start()).toList(), dtMillis));
        return Figure.of(name, caption, chart);
    }

    /** Writes the periods' names at the top of the plot, and draws lines between them. */
    private static final class PeriodNames extends Annotation {
        private static final int LINE = 16;
        private static final int GAP = 6;

        private final List<PeriodSpan> periods;
        private final double dtMillis;

        PeriodNames(List<PeriodSpan> periods, double dtMillis) {
            super(false);
            this.periods = periods;
            this.dtMillis = dtMillis;
        }

        @Override
        public void paint(Graphics2D canvas) {
            double left = chart.getScreenXFromChart(chart.getStyler().getXAxisMin());
            double right = chart.getScreenXFromChart(chart.getStyler().getXAxisMax());
            double top = chart.getScreenYFromChart(chart.getStyler().getYAxisMax());
            double lineTop = top + LINE; // below the names, which may be wider than their periods
            double bottom = chart.getScreenYFromChart(chart.getStyler().getYAxisMin());
            double taken = left;
            int line = 0;
            for (PeriodSpan period : periods) {
                double end = chart.getScreenXFromChart(period.end() * dtMillis);
                double middle = (chart.getScreenXFromChart(period.start() * dtMillis) + end) / 2;
                double half = Labels.width(period.name(), FigureStyle.TEXT) / 2;
                double place = Math.max(left + GAP + half, Math.min(right - half, middle));
                line = place - half < taken ? line + 1 : 0;
                taken = place + half + GAP;
                double height = top + LINE * (line + 0.5);
                Labels.draw(canvas, period.name(), FigureStyle.TEXT, FigureStyle.INK, place, height, 0.5);
                if (end < right) {
                    canvas.setColor(FigureStyle.GREY);
                    canvas.setStroke(FigureStyle.THIN);
                    canvas.draw(new Line2D.Double(end, lineTop, end, bottom));
                }
            }
        }
    }
}
