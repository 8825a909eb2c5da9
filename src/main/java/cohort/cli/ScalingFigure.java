package cohort.cli;

import static org.apache.spark.sql.functions.expr;

import java.awt.Color;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The result of a scaling study: the medians over seeds, as a table and as a figure. */
final class ScalingFigure {
    /** Of Okabe and Ito (2008). */
    private static final Color[] COLOR_BLIND_SAFE = {
        new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0xE69F00)
    };

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
                .setYAxisLogarithmic(true)
                .setYAxisDecimalPattern("#,###")
                .setXAxisTickMarkSpacingHint(80)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendBorderColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendPosition(Styler.LegendPosition.OutsideE);
        // The axis is the logarithm itself: workers come in powers of two, and XChart marks powers of ten only.
        chart.setCustomXAxisTickLabelsFormatter(log2 -> String.valueOf(Math.round(Math.pow(2, log2))));
        Map<Integer, Color> colors = new HashMap<>();
        Map<String, List<Row>> lines = new LinkedHashMap<>();
        for (Row row : medians(rows).collectAsList()) {
            if (row.<Double>getAs("sequences") < Double.POSITIVE_INFINITY) {
                lines.computeIfAbsent(label(row), key -> new ArrayList<>()).add(row);
            }
        }
        lines.forEach((label, points) -> {
            Row any = points.get(0);
            Color color = colors.computeIfAbsent(
                    any.getAs("local_steps"), key -> COLOR_BLIND_SAFE[colors.size() % COLOR_BLIND_SAFE.length]);
            XYSeries series = chart.addSeries(
                    label,
                    values(points, row -> Math.log(row.<Integer>getAs("workers")) / Math.log(2)),
                    values(points, row -> row.<Double>getAs("sequences")));
            series.setLineColor(color);
            series.setMarkerColor(color);
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setLineStyle(isPlain(any) ? SeriesLines.SOLID : SeriesLines.DASH_DASH);
        });
        try (OutputStream out = new FileOutputStream(file)) {
            ChartEncoder.saveChart(chart, out, "svg");
        }
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
