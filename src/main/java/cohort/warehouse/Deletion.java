package cohort.warehouse;

import static org.apache.spark.sql.functions.col;

import cohort.run.Names;
import cohort.storage.Files;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * Deletes runs and sweeps for good: their rows, their folders, and the files their rows were in. What was asked for is written down
 * first, so that the same request, made again after the first one was broken off, is carried to its end, and means no other run.
 */
public final class Deletion {
    private static final String FITS = "psychometric_fits";
    private static final String MEMBERS = "sweep_runs";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Warehouse warehouse;
    private final Files files;
    private final String note;

    /**
     * What is to go.
     *
     * @param runs ids of runs
     * @param sweeps names of sweeps; those of their runs that are to go are among the runs
     */
    public record Plan(List<String> runs, List<String> sweeps) {}

    /** What went: rows, and bytes of data files and folders. */
    public record Gone(long rows, long bytes) {}

    /**
     * Prepares a deletion.
     *
     * @param warehouse held by who owns all that is to go
     * @param request what tells it from others, good for the name of a file
     */
    public Deletion(Warehouse warehouse, String request) {
        this.warehouse = warehouse;
        this.files = warehouse.files();
        this.note = warehouse.deletions() + "/" + request + ".json";
    }

    /** What was to go when the same request was broken off. */
    public Optional<Plan> brokenOff() throws IOException {
        return files.exists(note) ? Optional.of(JSON.readValue(files.read(note), Plan.class)) : Optional.empty();
    }

    /**
     * Deletes; what is gone already does not matter.
     *
     * @param progress is told of each step; there is one for the rows, and one for each table's files
     */
    public Gone carryOut(Plan plan, Runnable progress) throws IOException {
        files.replace(note, JSON.writeValueAsBytes(plan));
        long before = bytes(plan);
        long rows = new RunRemoval(warehouse).remove(plan.runs());
        progress.run();
        List<String> tables = warehouse.tables();
        if (tables.contains(MEMBERS)) {
            if (tables.contains(FITS)) { // those of all seeds of a setting, which are fitted anew when asked for
                rows += warehouse.delete(
                        FITS, col("run_id").isNull().and(col("sweep").isin(sweeps(plan))));
            }
            rows += warehouse.delete(
                    MEMBERS,
                    col("run_id")
                            .isin(plan.runs().toArray())
                            .or(col("sweep").isin(plan.sweeps().toArray()))); // last: it says which sweeps a run is in
        }
        for (String sweep : plan.sweeps()) {
            if (Names.isFolderName(sweep)) {
                files.deleteFolder(warehouse.sweep(sweep));
            }
        }
        for (String table : tables) {
            if (ResultTables.BY_NAME.containsKey(table)) {
                warehouse.vacuum(table);
            }
            progress.run();
        }
        files.delete(note);
        return new Gone(rows, before - bytes(plan));
    }

    /** The sweeps that go, and those that lose a run. */
    private Object[] sweeps(Plan plan) throws IOException {
        Collection<String> sweeps = new TreeSet<>(plan.sweeps());
        for (Row row : warehouse
                .read(Tables.SWEEP_RUNS)
                .where(col("run_id").isin(plan.runs().toArray()))
                .select("sweep")
                .distinct()
                .collectAsList()) {
            sweeps.add(row.getString(0));
        }
        return sweeps.toArray();
    }

    private long bytes(Plan plan) throws IOException {
        long bytes = 0;
        for (String table : ResultTables.BY_NAME.keySet()) {
            bytes += warehouse.dataBytes(table);
        }
        for (String run : plan.runs()) {
            bytes += Names.isFolderName(run) ? files.size(warehouse.modelFolder(run)) : 0;
        }
        for (String sweep : plan.sweeps()) {
            bytes += Names.isFolderName(sweep) ? files.size(warehouse.sweep(sweep)) : 0;
        }
        return bytes;
    }
}
