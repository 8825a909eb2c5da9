package cohort.cluster;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * Views of table condition_accuracy with factors as columns: one for each task, named after it, and one for each factor that psychometric
 * functions are drawn over, named after the factor.
 */
final class TaskViews {
    /** What their names end with. */
    static final String ENDING = "_accuracy";

    private static final List<String> BEFORE = List.of("run_id", "seed", "step");
    private static final List<String> AFTER =
            List.of("trials", "correct", "accuracy", "wilson_low", "wilson_high", "no_response", "ideal", "efficiency");

    private final Warehouse warehouse;

    TaskViews(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Makes those of all tasks that networks were tested on. */
    void register() throws IOException {
        Dataset<Row> accuracy = warehouse.read(TestTables.CONDITION_ACCURACY);
        Map<String, Set<String>> ofTasks = new TreeMap<>();
        Map<String, String> meanings = new TreeMap<>();
        Set<String> evidence = new LinkedHashSet<>();
        for (Row task : warehouse
                .read(Tables.TASKS)
                .selectExpr("task", "map_entries(factors) AS factors", "evidence")
                .distinct()
                .collectAsList()) {
            Set<String> factors = ofTasks.computeIfAbsent(task.getString(0), name -> new LinkedHashSet<>());
            for (Row factor : task.<Row>getList(1)) {
                factors.add(factor.getString(0));
                meanings.put(factor.getString(0), factor.getString(1));
            }
            if (!task.isNullAt(2)) {
                evidence.add(task.getString(2));
            }
        }
        ofTasks.forEach((task, factors) ->
                register(task.replace('-', '_'), accuracy.where(col("task").equalTo(task)), factors, meanings));
        for (String factor : evidence) {
            Column value = col("conditions").getItem(factor);
            register(factor, accuracy.where(value.isNotNull()), Set.of(factor), meanings);
        }
    }

    private static void register(
            String name, Dataset<Row> accuracy, Set<String> factors, Map<String, String> meanings) {
        List<Column> columns = new ArrayList<>();
        BEFORE.forEach(column -> columns.add(col(column)));
        for (String factor : factors) {
            MetadataBuilder comment = new MetadataBuilder().putString("comment", meanings.get(factor));
            columns.add(col("conditions").getItem(factor).as(factor, comment.build()));
        }
        AFTER.forEach(column -> columns.add(col(column)));
        accuracy.select(columns.toArray(Column[]::new)).createOrReplaceTempView(name + ENDING);
    }
}
