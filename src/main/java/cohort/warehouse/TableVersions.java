package cohort.warehouse;

import cohort.config.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which version of Cohort has written tables. */
public final class TableVersions {
    private TableVersions() {}

    /** Accuracies per something else than a condition were a table before there was more than one task. */
    static void requireAnyTask(Path root, Configuration configuration) {
        try {
            FileSystem fileSystem = root.getFileSystem(configuration);
            if (!fileSystem.exists(root)) {
                return;
            }
            for (FileStatus status :
                    fileSystem.listStatus(root, path -> path.getName().endsWith(TaskViews.ENDING))) {
                String name = status.getPath().getName();
                if (!name.equals(TestTables.CONDITION_ACCURACY.name())
                        && Warehouse.isTable(fileSystem, status.getPath())) {
                    throw new UserError("the warehouse " + root + " has a table " + name
                            + ": it was written by an earlier version of Cohort, which knew one task."
                            + "\n       Read it with that version, and choose another folder for this one:"
                            + " --set warehouse=... or --warehouse ...");
                }
            }
        } catch (FileNotFoundException e) {
            throw new UserError("warehouse " + root + " is no folder", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tables with columns that {@link Tables} does not know, or knows of another type: "name: the columns that differ". Columns
     * that they lack they get with the next rows.
     */
    public static List<String> ofAnother(Warehouse warehouse) throws IOException {
        List<String> others = new ArrayList<>();
        for (String name : warehouse.tables()) {
            if (ResultTables.BY_NAME.containsKey(name)) {
                StructType expected = ResultTables.BY_NAME.get(name).schema();
                Set<String> differing = new TreeSet<>();
                for (StructField column : warehouse.written(name).schema().fields()) {
                    if (!hasColumn(expected, column)) {
                        differing.add(column.name());
                    }
                }
                if (!differing.isEmpty()) {
                    others.add(name + ": " + String.join(", ", differing));
                }
            }
        }
        return others;
    }

    private static boolean hasColumn(StructType table, StructField column) {
        return Arrays.stream(table.fields())
                .anyMatch(known -> known.name().equals(column.name())
                        && known.dataType()
                                .catalogString()
                                .equals(column.dataType().catalogString()));
    }
}
