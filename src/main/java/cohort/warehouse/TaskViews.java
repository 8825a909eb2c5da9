package cohort.warehouse;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import cohort.task.Psychometry;
import cohort.task.Signature;
import cohort.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * Views of table condition_accuracy with factors as columns: one for each task, named after it, and one for each factor that psychometric
 * functions are drawn over, named after the factor. They show what a run came to; stages of learning are in the table.
 */
public final class TaskViews {
    /** What their names end with. */
    static final String ENDING = "_accuracy";

    /** A name with that ending which is no table's, and no view's of sweeps. */
    private static final Pattern NAMED = Pattern.compile("\\b(?!condition_|setting_)\\w+" + ENDING + "\\b");

    private static final List<String> BEFORE = List.of("run_id", "seed", "step");
    private static final List<String> AFTER =
            List.of("trials", "correct", "accuracy", "wilson_low", "wilson_high", "no_response", "ideal", "efficiency");

    private final Warehouse warehouse;

    /** The views of a warehouse. */
    public TaskViews(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** A query over the view that says most of a run at this task. */
    public static String query(Task task, String runId) {
        Signature signature = task.signature();
        String factors =
                signature.factors().stream().map(factor -> factor.name() + ", ").collect(Collectors.joining());
        String view = task.psychometry()
                .filter(psychometry -> signature.factors().size() == 1) // that view has no other factor
                .map(Psychometry::factor)
                .orElse(underscored(signature.name()));
        return "SELECT " + factors + "accuracy, efficiency FROM " + view + ENDING + " WHERE run_id = '" + runId + "'";
    }

    private static String underscored(String task) {
        return task.replace('-', '_');
    }

    /** Whether a query, in small letters, may name such a view. */
    public static boolean mayBeIn(String query) {
        return NAMED.matcher(query).find();
    }

    /** Makes those of all tasks that networks were tested on. */
    public void register() throws IOException {
        Dataset<Row> accuracy = atTheEnd();
        Map<String, Set<String>> ofTasks = new TreeMap<>();
        Map<String, String> meanings = new TreeMap<>();
        Set<String> evidence = new LinkedHashSet<>();
        for (Row task : warehouse
                .read(Tables.TASKS)
                .where("task IS NOT NULL AND factors IS NOT NULL")
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
                register(underscored(task), accuracy.where(col("task").equalTo(task)), factors, meanings));
        for (String factor : evidence) {
            Column value = col("conditions").getItem(factor);
            register(factor, accuracy.where(value.isNotNull()), Set.of(factor), meanings);
        }
    }

    private Dataset<Row> atTheEnd() throws IOException {
        Dataset<Row> ends = warehouse.read(Tables.RUNS).select("run_id", "step");
        return warehouse
                .read(TestTables.CONDITION_ACCURACY)
                .join(broadcast(ends), new String[] {"run_id", "step"}, "left_semi");
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
