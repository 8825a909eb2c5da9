package cohort.cli;

import static org.apache.spark.sql.functions.expr;

import cohort.report.Figure;
import cohort.report.FigureStyle;
import cohort.report.Layers;
import cohort.report.SpacedAxis;
import java.awt.Color;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.knowm.xchart.XYChart;

/** The result of a scaling study: the medians over seeds, as a table and as a figure. */
final class ScalingFigure {
    private ScalingFigure() {}

    /** One row for each setting. A seed that did not reach the target counts as one that needs infinitely many trials. */
    static Dataset<Row> medians(Dataset<Row> rows) {
        return rows.selectExpr(
                        "*",
                        "if(reached, step, double('infinity')) as needed_steps",
                        "if(reached, sequences, double('infinity')) as needed_sequences")
                .groupBy("outer_momentum", "local_steps", "workers")
                .agg(
                        expr("count(*) as seeds"),
                        expr("count_if(reached) as reached"),
                        expr("percentile(needed_steps, 0.5) as steps"),
                        expr("percentile(needed_sequences, 0.5) as sequences"))
                .orderBy("outer_momentum", "local_steps", "workers");
    }

    /** Draws sequences to the target over workers, both on logarithmic axes; what was not reached is left out. */
    static void draw(Dataset<Row> rows, File file) throws IOException {
        XYChart chart = FigureStyle.chart("logical workers", "trials or windows to the target loss");
        Map<Integer, Color> colors = new HashMap<>();
        Map<String, List<Row>> lines = new LinkedHashMap<>();
        for (Row row : medians(rows).collectAsList()) {
            if (row.<Double>getAs("sequences") < Double.POSITIVE_INFINITY) {
                lines.computeIfAbsent(label(row), key -> new ArrayList<>()).add(row);
            }
        }
        List<Row> drawn = lines.values().stream().flatMap(List::stream).toList();
        SpacedAxis axis = SpacedAxis.of(drawn.stream().mapToDouble(row -> row.<Integer>getAs("workers")));
        axis.apply(chart);
        DoubleSummaryStatistics range = drawn.stream()
                .mapToDouble(row -> row.<Double>getAs("sequences"))
                .summaryStatistics();
        if (range.getMin() < range.getMax()) {
            FigureStyle.logarithmicY(chart, range.getMin(), range.getMax());
        } else {
            FigureStyle.rangeY(chart, 0, drawn.isEmpty() ? 1 : 2 * range.getMax());
        }
        lines.forEach((label, points) -> {
            Row any = points.get(0);
            Color color = colors.computeIfAbsent(any.getAs("local_steps"), key -> FigureStyle.color(colors.size()));
            double[] workers = values(points, row -> axis.place(row.<Integer>getAs("workers")));
            double[] sequences = values(points, row -> row.<Double>getAs("sequences"));
            Layers.lineAndPoints(chart, label, workers, sequences, color, isPlain(any));
        });
        Files.write(
                file.toPath(),
                Figure.of("scaling", "Trials or windows that training needs, over logical workers.", chart)
                        .svg());
    }

    private static boolean isPlain(Row row) {
        return row.<Double>getAs("outer_momentum") == 0;
    }

    private static String label(Row row) {
        return row.getAs("local_steps") + " local steps, " + (isPlain(row) ? "plain" : "Nesterov");
    }

    private static double[] values(List<Row> points, ToDoubleFunction<Row> value) {
        return points.stream().mapToDouble(value).toArray();
    }
}
