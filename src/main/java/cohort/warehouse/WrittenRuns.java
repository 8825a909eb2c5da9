package cohort.warehouse;

import static org.apache.spark.sql.functions.col;

import cohort.storage.Files;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which runs have rows in a table. To look takes a query; so it is done only if somebody else has written since the last time,
 * which takes one question to the file system.
 */
final class WrittenRuns {
    /** Of more, naming them takes longer than to read them all. */
    private static final int MOST_NAMED = 200;

    private final TableReader reader;
    private final Files files;
    private final String table;
    private final Column rows;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> written = new HashSet<>();
    private long version = -1;

    /**
     * @param table where it lies, or will lie
     * @param rows those that count
     */
    WrittenRuns(TableReader reader, Files files, String table, Column rows) {
        this.reader = reader;
        this.files = files;
        this.table = table;
        this.rows = rows;
    }

    /** Those of some runs that have rows now. */
    Set<String> among(Collection<String> runIds) throws IOException {
        boolean isChanged = isChanged();
        if (asked.addAll(runIds) || isChanged) {
            written.clear();
            if (version >= 0) {
                read(asked);
            }
        }
        Set<String> among = new HashSet<>(runIds);
        among.retainAll(written);
        return among;
    }

    private void read(Collection<String> runIds) {
        Dataset<Row> all = reader.read(table).where(rows);
        Dataset<Row> some =
                runIds.size() > MOST_NAMED ? all : all.where(col("run_id").isin(runIds.toArray()));
        some.select("run_id").distinct().collectAsList().forEach(row -> written.add(row.getString(0)));
    }

    /** Notes a commit of one's own. */
    void wrote(Collection<String> runIds) {
        version++; // if it is somebody else's, one's own is the next, and they are looked for once more
        asked.addAll(runIds);
        written.addAll(runIds);
    }

    /** The version of the table that this is known of; -1: there was no table. */
    long version() {
        return version;
    }

    private boolean isChanged() throws IOException {
        long before = version;
        if (version < 0) {
            for (String name : files.list(table + "/_delta_log")) {
                if (isCommit(name)) {
                    version = Math.max(version, Long.parseLong(name.substring(0, 20)));
                }
            }
        }
        while (files.exists(commit(version + 1))) {
            version++;
        }
        return version != before;
    }

    /** Whether a file of a table's log is a commit, whose name is the version that it made. */
    static boolean isCommit(String name) {
        return name.matches("\\d{20}\\.json");
    }

    /** Where the commit lies that made a version. */
    String commit(long ofVersion) {
        return String.format(Locale.ROOT, "%s/_delta_log/%020d.json", table, ofVersion);
    }
}
