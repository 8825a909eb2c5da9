package cohort.sweep;

import static org.apache.spark.sql.functions.col;

import cohort.warehouse.EvidenceRows;
import cohort.warehouse.FittedFunction;
import cohort.warehouse.PsychometricRows;
import cohort.warehouse.Tables;
import cohort.warehouse.TestTables;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Psychometric functions of all networks of a sweep, and of all seeds of a setting together. They are fitted when somebody asks for
 * them: for a small network that takes longer than its training.
 */
public final class SweepFits {
    /** Tasks for each slot: networks take different times to fit, and the slots are to end together. */
    private static final int TASKS_PER_SLOT = 8;

    private final Warehouse warehouse;
    private final String sweep;
    private final int tasks;

    /**
     * Prepares the fits of a sweep.
     *
     * @param slots tasks that run at the same time
     */
    public SweepFits(Warehouse warehouse, String sweep, int slots) {
        this.warehouse = warehouse;
        this.sweep = sweep;
        this.tasks = TASKS_PER_SLOT * slots;
    }

    /**
     * Appends to table psychometric_fits what is missing there; the settings' fits are made anew if any of their networks was, or if
     * they were deleted with one.
     *
     * @return how many networks were fitted
     */
    public long fitMissing() throws IOException {
        Dataset<Row> fitted = warehouse
                .read(TestTables.PSYCHOMETRIC_FITS)
                .where(col("run_id").isNotNull())
                .select("run_id")
                .distinct();
        Dataset<Row> counts = EvidenceRows.of(
                warehouse,
                warehouse
                        .read(Tables.SWEEP_RUNS)
                        .where(col("sweep").equalTo(sweep))
                        .select("run_id", "setting"));
        Dataset<Row> missing = counts.join(fitted, counts.col("run_id").equalTo(fitted.col("run_id")), "left_anti");
        List<String> networks = missing.select("run_id").distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
        boolean hasSettings = !warehouse
                .read(TestTables.PSYCHOMETRIC_FITS)
                .where(col("run_id").isNull().and(col("sweep").equalTo(sweep)))
                .isEmpty();
        // Repartitioned at the end: the fits are many tasks, their rows one file.
        if (!networks.isEmpty()) {
            warehouse.append(
                    TestTables.PSYCHOMETRIC_FITS,
                    networks,
                    by("run_id", missing).flatMap(group -> ofRun(group._2())).repartition(1));
        }
        if (!networks.isEmpty() || (!hasSettings && !counts.isEmpty())) {
            Map<String, String> ofSettings = new TreeMap<>();
            ofSettings.put("run_id", null);
            ofSettings.put("sweep", sweep);
            String name = sweep; // so that tasks take this along, and not the whole warehouse
            warehouse.replace(
                    TestTables.PSYCHOMETRIC_FITS,
                    ofSettings,
                    by("setting", counts)
                            .flatMap(group -> ofSetting(name, group._1(), group._2()))
                            .repartition(1));
        }
        return networks.size();
    }

    private JavaPairRDD<String, Iterable<Row>> by(String column, Dataset<Row> counts) {
        return counts.toJavaRDD()
                .mapToPair(row -> new Tuple2<>(row.<String>getAs(column), row))
                .groupByKey(tasks);
    }

    private static Iterator<Row> ofRun(Iterable<Row> counts) {
        Row any = counts.iterator().next();
        FittedFunction.Subject run = FittedFunction.Subject.run(any.getAs("run_id"), any.<Long>getAs("seed"));
        return PsychometricRows.of(run, EvidenceRows.together(counts)).iterator();
    }

    private static Iterator<Row> ofSetting(String sweep, String setting, Iterable<Row> counts) {
        Set<String> networks = new HashSet<>();
        counts.forEach(row -> networks.add(row.getAs("run_id")));
        FittedFunction.Subject all = new FittedFunction.Subject(null, null, sweep, setting, networks.size());
        return PsychometricRows.of(all, EvidenceRows.together(counts)).iterator();
    }
}
