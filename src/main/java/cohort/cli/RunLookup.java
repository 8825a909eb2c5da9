package cohort.cli;

import static org.apache.spark.sql.functions.col;

import cohort.cluster.Tables;
import cohort.cluster.Warehouse;
import cohort.experiment.UserError;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the run that somebody means. */
final class RunLookup {
    private static final int MOST_NAMED = 10;

    private RunLookup() {}

    /**
     * The row of table runs whose run_id or name is this text, or whose run_id begins with it.
     *
     * @throws UserError if there is none, or more than one; it names some
     */
    static Row find(Warehouse warehouse, String text) throws IOException {
        Dataset<Row> runs = warehouse.read("runs", Tables.RUNS);
        for (var condition : List.of(
                col("run_id").equalTo(text),
                col("name").equalTo(text),
                col("run_id").startsWith(text))) {
            List<Row> found = runs.where(condition).orderBy("run_id").takeAsList(MOST_NAMED + 1);
            if (found.size() > 1) {
                throw new UserError(text + " may be any of " + names(found) + ": give the whole id");
            }
            if (found.size() == 1) {
                return found.get(0);
            }
        }
        List<Row> some = runs.orderBy(col("started_at").desc()).takeAsList(MOST_NAMED);
        throw new UserError("there is no run or sweep " + text + " in " + warehouse.root()
                + (some.isEmpty()
                        ? ": it has no runs. Train something first, or name the folder with --warehouse"
                        : "; there are, newest first, " + names(some)));
    }

    private static String names(List<Row> runs) {
        return runs.stream()
                        .limit(MOST_NAMED)
                        .map(row -> row.<String>getAs("run_id"))
                        .collect(Collectors.joining(", "))
                + (runs.size() > MOST_NAMED ? ", ..." : "");
    }
}
