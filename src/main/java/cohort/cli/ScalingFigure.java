package cohort.cli;

import static org.apache.spark.sql.functions.expr;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

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
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .xAxisTitle("logical workers")
                .yAxisTitle("trials or windows to the target loss")
                .build();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setLegendPosition(Styler.LegendPosition.OutsideE);
        Map<String, List<Row>> lines = new TreeMap<>();
        for (Row row : medians(rows).collectAsList()) {
            if (row.<Double>getAs("sequences") < Double.POSITIVE_INFINITY) {
                String line = row.getAs("local_steps") + " local steps"
                        + (row.<Double>getAs("outer_momentum") > 0 ? ", Nesterov" : "");
                lines.computeIfAbsent(line, key -> new ArrayList<>()).add(row);
            }
        }
        lines.forEach((line, points) -> chart.addSeries(
                line,
                points.stream()
                        .mapToDouble(row -> row.<Integer>getAs("workers"))
                        .toArray(),
                points.stream()
                        .mapToDouble(row -> row.<Double>getAs("sequences"))
                        .toArray()));
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.getPath(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    }
}
