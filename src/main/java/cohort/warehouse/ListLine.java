package cohort.warehouse;

import java.sql.Timestamp;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A line of `list`: a run, or a sweep; null for what it does not have.
 *
 * @param runId null for a sweep
 * @param sweep the sweep, or those that the run is in
 * @param status of table runs, or what an unfinished run or a sweep is at
 * @param begun when it began, of a sweep its first run; null for an unfinished one
 * @param efficiency of a sweep the best
 * @param differs what tells it from the runs of the same name; of a sweep the keys it changed
 */
public record ListLine(
        String name,
        Long seed,
        String runId,
        String sweep,
        String status,
        Timestamp begun,
        Double efficiency,
        String differs) {
    public Row row() {
        return RowFactory.create(name, seed, runId, sweep, status, begun, efficiency, differs);
    }

    /** The columns of {@link #row}. */
    public static StructType columns() {
        return StructType.fromDDL("name string, seed bigint, run_id string, sweep string, status string,"
                + " started_at timestamp, efficiency double, differs string");
    }

    ListLine withDiffers(String text) {
        return new ListLine(name, seed, runId, sweep, status, begun, efficiency, text);
    }

    /** Newest first, with those of one name together; what has not come to its end is newest. */
    static List<ListLine> sorted(List<ListLine> lines) {
        Map<String, Long> newest = new HashMap<>();
        lines.forEach(line -> newest.merge(line.name(), line.time(), Math::max));
        return lines.stream()
                .sorted(Comparator.<ListLine, Long>comparing(line -> newest.get(line.name()))
                        .thenComparing(ListLine::name)
                        .thenComparing(ListLine::time)
                        .reversed())
                .toList();
    }

    private long time() {
        return begun == null ? Long.MAX_VALUE : begun.getTime();
    }
}
