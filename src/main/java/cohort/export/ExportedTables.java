package cohort.export;

import static org.apache.spark.sql.functions.col;

import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;

/** The rows of a run as single files of this machine, in the order of their columns: Parquet and CSV. */
public final class ExportedTables {
    private final SparkSession spark;
    private final Warehouse warehouse;

    public ExportedTables(SparkSession spark, Warehouse warehouse) {
        this.spark = spark;
        this.warehouse = warehouse;
    }

    /**
     * Writes NAME.parquet and NAME.csv for each table with rows of the run; tables with lists as Parquet alone.
     *
     * @param folder is made
     * @return names of the tables that are no CSV
     */
    public List<String> write(String runId, Path folder) throws IOException {
        // Spark's own default is a type of Hive's that Parquet has given up.
        spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        Files.createDirectories(folder);
        List<String> withoutCsv = new ArrayList<>();
        for (String name : warehouse.tables()) {
            Dataset<Row> table = warehouse.read(name);
            if (!List.of(table.columns()).contains("run_id")) {
                continue;
            }
            Dataset<Row> rows = table.where(col("run_id").equalTo(runId))
                    .repartition(1)
                    .sortWithinPartitions(atomicColumns(table))
                    .persist(); // looked at three times, and Delta takes its time
            if (!rows.isEmpty()) {
                moveOnlyFile(rows.write(), folder.resolve(name + ".parquet"));
                if (has(rows, ArrayType.class)) {
                    withoutCsv.add(name);
                } else {
                    try (Writer csv = Files.newBufferedWriter(folder.resolve(name + ".csv"))) {
                        ResultLines.csv(rows, csv);
                    }
                }
            }
            rows.unpersist();
        }
        return withoutCsv;
    }

    private static boolean has(Dataset<Row> rows, Class<?> type) {
        return Arrays.stream(rows.schema().fields()).anyMatch(field -> type.isInstance(field.dataType()));
    }

    private static Column[] atomicColumns(Dataset<Row> rows) {
        return Arrays.stream(rows.schema().fields())
                .filter(field -> !(field.dataType() instanceof MapType) && !(field.dataType() instanceof ArrayType))
                .map(field -> col(field.name()))
                .toArray(Column[]::new);
    }

    /** Spark writes a folder of files, here one. */
    private static void moveOnlyFile(DataFrameWriter<Row> writer, Path file) throws IOException {
        Path parts = file.resolveSibling(file.getFileName() + ".parts");
        writer.parquet("file://" + parts.toAbsolutePath()); // whatever the default file system is
        try (Stream<Path> files = Files.list(parts)) {
            Path only = files.filter(path -> path.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            Files.move(only, file);
        }
        ExportFolder.delete(parts);
    }
}
