package cohort.report.page;

import cohort.report.Figure;
import cohort.report.LossFigure;
import cohort.report.LossRun;
import java.util.List;
import org.apache.spark.sql.Row;

/** The figures of what a run's tables say. */
final class RunFigures {
    private RunFigures() {}

    /**
     * Training loss over steps.
     *
     * @param floor the lowest possible loss, or NaN
     * @param unit what the loss is counted in
     */
    static Figure loss(List<LossRun> runs, double floor, String unit) {
        return LossFigure.of(
                "loss",
                "Mean loss over each averaging round"
                        + (runs.stream().anyMatch(run -> Double.isFinite(run.heldOut()))
                                ? "; the point at the end is the loss on held-out data."
                                : "."),
                runs,
                floor,
                unit);
    }

    /** The loss of each round. */
    static LossRun lossRun(List<Row> curve, Double heldOut) {
        return LossRun.of(
                curve.stream().mapToDouble(row -> row.<Long>getAs("step")).toArray(),
                curve.stream()
                        .mapToDouble(row -> orNaN(row.<Double>getAs("loss")))
                        .toArray(),
                orNaN(heldOut));
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }
}
