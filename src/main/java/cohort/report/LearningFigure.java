package cohort.report;

import java.util.Map;
import java.util.NavigableMap;
import org.knowm.xchart.XYChart;

/** How accuracy grows over the steps of a training. */
public final class LearningFigure {
    private LearningFigure() {}

    /**
     * Draws accuracies at stages of learning.
     *
     * @param name file name without ending
     * @param accuracies fraction of right answers by optimizer steps, of each curve by its label
     * @param chance accuracy of guessing
     */
    public static Figure of(
            String name, String caption, Map<String, NavigableMap<Long, Double>> accuracies, double chance) {
        XYChart chart = FigureStyle.chart("optimizer steps of each worker", "accuracy");
        double last = accuracies.values().stream()
                .mapToDouble(curve -> curve.lastKey())
                .max()
                .orElse(1);
        FigureStyle.rangeX(chart, 0, 1.04 * last);
        FigureStyle.rangeY(chart, -0.04, 1.04);
        chart.setCustomXAxisTickLabelsFormatter(Ticks.within(0, 1.04 * last));
        Layers.line(
                chart,
                "chance",
                new double[] {0, last},
                new double[] {chance, chance},
                FigureStyle.GREY,
                FigureStyle.THIN);
        int index = 0;
        for (Map.Entry<String, NavigableMap<Long, Double>> curve : accuracies.entrySet()) {
            double[] steps = curve.getValue().keySet().stream()
                    .mapToDouble(Long::doubleValue)
                    .toArray();
            double[] values = curve.getValue().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            Layers.lineAndPoints(chart, curve.getKey(), steps, values, FigureStyle.color(index++), true);
        }
        return Figure.of(name, caption, chart);
    }
}
