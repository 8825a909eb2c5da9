package cohort.warehouse;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Reads Delta tables, small ones by Delta's kernel: Spark runs several jobs only to find out which files a table has, which takes many times
 * as long as to read a few rows.
 */
final class TableReader {
    /** Of tables with more bytes, or in more files, rows are left where they lie. */
    private static final long MOST_BYTES = 1 << 20;

    private static final int MOST_FILES = 256;

    private final SparkSession spark;

    TableReader(SparkSession spark) {
        this.spark = spark;
    }

    /** Rows of a table that is there, as they are now. */
    Dataset<Row> read(String table) {
        return inDriver(new Path(table)).orElseGet(() -> distributed(table));
    }

    /** Rows of a table that is there, in its files. */
    Dataset<Row> distributed(String table) {
        return spark.read().format("delta").load(table);
    }

    /** Rows of a small table; nothing if it is large, has columns of other types than ours, or cannot be read: Spark says why. */
    private Optional<Dataset<Row>> inDriver(Path table) {
        try {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            Engine engine = DefaultEngine.create(configuration);
            Snapshot snapshot = TableManager.loadSnapshot(table.getFileSystem(configuration)
                            .makeQualified(table)
                            .toString())
                    .build(engine);
            Scan scan = snapshot.getScanBuilder().build();
            List<io.delta.kernel.data.Row> files = files(engine, scan);
            return isSmall(files) && isKnown(snapshot.getSchema())
                    ? Optional.of(spark.createDataFrame(rows(engine, scan, files), schema(snapshot.getSchema())))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isSmall(List<io.delta.kernel.data.Row> files) {
        long bytes = files.stream()
                .mapToLong(file -> InternalScanFileUtils.getAddFileStatus(file).getSize())
                .sum();
        return files.size() <= MOST_FILES && bytes <= MOST_BYTES;
    }

    private static org.apache.spark.sql.types.StructType schema(StructType columns) {
        String json = DataTypeJsonSerDe.serializeStructType(columns);
        return (org.apache.spark.sql.types.StructType) org.apache.spark.sql.types.DataType.fromJson(json);
    }

    private static boolean isKnown(StructType columns) {
        return columns.fields().stream().allMatch(column -> isKnown(column.getDataType()));
    }

    /** The types of Cohort's own tables. */
    private static boolean isKnown(DataType type) {
        if (type instanceof ArrayType list) {
            return isPlain(list.getElementType());
        }
        if (type instanceof MapType map) {
            return isPlain(map.getKeyType()) && isPlain(map.getValueType());
        }
        return type instanceof TimestampType || isPlain(type);
    }

    private static boolean isPlain(DataType type) {
        return type instanceof StringType
                || type instanceof LongType
                || type instanceof IntegerType
                || type instanceof DoubleType
                || type instanceof FloatType
                || type instanceof BooleanType;
    }

    private static List<io.delta.kernel.data.Row> files(Engine engine, Scan scan) throws IOException {
        List<io.delta.kernel.data.Row> files = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<io.delta.kernel.data.Row> rows =
                        batches.next().getRows()) {
                    rows.forEachRemaining(files::add);
                }
            }
        }
        return files;
    }

    /** Rows of files, in their order; files are read side by side, since those of a cluster answer late. */
    private static List<Row> rows(Engine engine, Scan scan, List<io.delta.kernel.data.Row> files) {
        io.delta.kernel.data.Row state = scan.getScanState(engine);
        return files.parallelStream()
                .flatMap(file -> rows(engine, state, file).stream())
                .toList();
    }

    private static List<Row> rows(Engine engine, io.delta.kernel.data.Row state, io.delta.kernel.data.Row file) {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<FileReadResult> content = engine.getParquetHandler()
                        .readParquetFiles(
                                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                                ScanStateRow.getPhysicalDataReadSchema(state),
                                Optional.empty());
                CloseableIterator<FilteredColumnarBatch> batches =
                        Scan.transformPhysicalData(engine, state, file, content.map(FileReadResult::getData))) {
            while (batches.hasNext()) {
                FilteredColumnarBatch batch = batches.next();
                for (int row = 0; row < batch.getData().getSize(); row++) {
                    if (isThere(batch, row)) {
                        rows.add(row(batch.getData(), row));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** Whether a row has not been deleted from its file. */
    private static boolean isThere(FilteredColumnarBatch batch, int row) {
        return batch.getSelectionVector()
                .map(selected -> !selected.isNullAt(row) && selected.getBoolean(row))
                .orElse(true);
    }

    private static Row row(ColumnarBatch batch, int row) {
        Object[] values = new Object[batch.getSchema().length()];
        Arrays.setAll(values, column -> value(batch.getColumnVector(column), row));
        return RowFactory.create(values);
    }

    private static Object value(ColumnVector values, int row) {
        if (values.isNullAt(row)) {
            return null;
        }
        DataType type = values.getDataType();
        if (type instanceof TimestampType) {
            return Instant.EPOCH.plus(values.getLong(row), ChronoUnit.MICROS);
        }
        if (type instanceof MapType) {
            return map(values.getMap(row));
        }
        return VectorUtils.getValueAsObject(values, type, row);
    }

    /** A map with its entries in the order in which they were written, which is that of a task's factors. */
    private static Map<Object, Object> map(MapValue entries) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int entry = 0; entry < entries.getSize(); entry++) {
            map.put(value(entries.getKeys(), entry), value(entries.getValues(), entry));
        }
        return map;
    }
}
