package cohort.sweep;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import cohort.evaluation.Evidence;
import cohort.warehouse.EvidenceRows;
import cohort.warehouse.SweepView;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What the tables say of one sweep.
 *
 * @param settings rows of view leaderboard, best first
 * @param accuracy rows of view setting_accuracy, by setting and condition
 * @param importance rows of view setting_importance, most important first
 * @param runs rows of table runs without the configuration, with setting and settings of table sweep_runs and the threshold of the
 *     cumulative Gaussian fitted to the choices, by setting and seed
 * @param fits rows of table psychometric_fits for all seeds of a setting together
 * @param curves rows of table training_curve for the seeds of the best setting
 * @param choices choices of all seeds of a setting together, by setting; none of tasks without psychometric functions
 * @param config configuration of a run of the best setting
 */
public record SweepRecord(
        List<Row> settings,
        List<Row> accuracy,
        List<Row> importance,
        List<Row> runs,
        List<Row> fits,
        List<Row> curves,
        Map<String, Evidence> choices,
        String config) {
    /** Reads them. */
    public static SweepRecord read(SparkSession spark, Warehouse warehouse, String sweep) throws IOException {
        warehouse.registerAll();
        Dataset<Row> members = spark.table("sweep_runs").where(col("sweep").equalTo(sweep));
        Dataset<Row> runs = members.join(spark.table("runs").drop("seed"), "run_id");
        Dataset<Row> fits = warehouse.read(TestTables.PSYCHOMETRIC_FITS);
        Dataset<Row> thresholds = fits.where(
                        "run_id IS NOT NULL AND kind = 'choice' AND function = 'cumulative-gaussian'")
                .select("run_id", "threshold");
        List<Row> settings = view(spark, SweepView.LEADERBOARD, sweep, col("rank"), col("setting"));
        List<Row> accuracy = view(
                spark, SweepView.SETTING_ACCURACY, sweep, col("setting"), col("task"), expr("map_values(conditions)"));
        Dataset<Row> best = settings.isEmpty()
                ? members
                : members.where(col("setting").equalTo(settings.get(0).getAs("setting")));
        return new SweepRecord(
                settings,
                accuracy,
                view(
                        spark,
                        SweepView.SETTING_IMPORTANCE,
                        sweep,
                        col("variance_explained").desc()),
                runs.drop("config")
                        .join(thresholds, runs.col("run_id").equalTo(thresholds.col("run_id")), "left")
                        .drop(thresholds.col("run_id"))
                        .orderBy("setting", "seed")
                        .collectAsList(),
                fits.where(col("run_id").isNull().and(col("sweep").equalTo(sweep)))
                        .orderBy(col("setting"), col("kind").desc(), col("function"))
                        .collectAsList(),
                warehouse
                        .read(Tables.TRAINING_CURVE)
                        .join(best.select("run_id"), "run_id")
                        .orderBy("seed", "round")
                        .collectAsList(),
                choices(warehouse, members),
                runs.isEmpty()
                        ? ""
                        : runs.join(best.select("run_id"), "run_id")
                                .orderBy("seed")
                                .select("config")
                                .first()
                                .getString(0));
    }

    private static Map<String, Evidence> choices(Warehouse warehouse, Dataset<Row> members) throws IOException {
        Map<String, List<Row>> bySetting = new HashMap<>();
        EvidenceRows.of(warehouse, members.select("run_id", "setting"))
                .groupBy("setting", "task", "evidence", "choices", "positive", "strength", "answer", "choice")
                .agg(
                        sum("trials").as("trials"),
                        expr("sum(trials * ideal) / sum(trials)").as("ideal"))
                .orderBy("setting", "task", "strength", "answer", "choice")
                .collectAsList()
                .forEach(row -> bySetting
                        .computeIfAbsent(row.getAs("setting"), setting -> new ArrayList<>())
                        .add(row));
        Map<String, Evidence> choices = new HashMap<>();
        bySetting.forEach((setting, rows) -> choices.put(setting, EvidenceRows.together(rows)));
        return choices;
    }

    private static List<Row> view(SparkSession spark, SweepView view, String sweep, Column... order) {
        return spark.table(view.label())
                .where(col("sweep").equalTo(sweep))
                .orderBy(order)
                .collectAsList();
    }
}
