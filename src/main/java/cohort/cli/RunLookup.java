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
        var hasId = col("run_id").equalTo(text);
        var hasName = col("name").equalTo(text);
        List<Row> found = runs.where(hasId.or(hasName).or(col("run_id").startsWith(text)))
                .orderBy(hasId.desc(), hasName.desc(), col("run_id"))
                .takeAsList(MOST_NAMED + 1);
        if (found.size() == 1 || (!found.isEmpty() && isNearer(found.get(0), found.get(1), text))) {
            return found.get(0);
        }
        if (!found.isEmpty()) {
            throw new UserError(text + " may be any of " + names(found) + ": give the whole id");
        }
        List<Row> some = runs.orderBy(col("started_at").desc()).takeAsList(MOST_NAMED);
        throw new UserError("there is no run or sweep " + text + " in " + warehouse.root()
                + (some.isEmpty()
                        ? ": it has no runs. Train something first, or name the folder with --warehouse"
                        : "; there are, newest first, " + names(some)));
    }

    /** Whether the id of the first run is the text, or its name and not that of the second. */
    private static boolean isNearer(Row first, Row second, String text) {
        return text.equals(first.getAs("run_id"))
                || (text.equals(first.getAs("name")) && !text.equals(second.getAs("name")));
    }

    private static String names(List<Row> runs) {
        return runs.stream()
                        .limit(MOST_NAMED)
                        .map(row -> row.<String>getAs("run_id"))
                        .collect(Collectors.joining(", "))
                + (runs.size() > MOST_NAMED ? ", ..." : "");
    }
}
