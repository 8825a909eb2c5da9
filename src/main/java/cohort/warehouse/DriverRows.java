package cohort.warehouse;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.internal.data.DefaultColumnarBatch;
import io.delta.kernel.defaults.internal.data.vector.DefaultGenericVector;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Appends rows that the driver has to a Delta table by Delta's kernel: Spark would plan a query and run a job for them, which takes
 * several times as long as to write a few rows.
 */
final class DriverRows {
    private static final String WRITER = "Cohort";
    /** As {@code cohort.experiment.Sessions} has Spark's Delta do it: rows are counted, columns have no statistics. */
    private static final Map<String, String> PROPERTIES = Map.of("delta.dataSkippingNumIndexedCols", "0");

    private final Configuration configuration;

    /** Of tables on the file systems that a configuration of Hadoop knows. */
    DriverRows(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Appends rows to the version of a table that the caller knows.
     *
     * @param table its folder
     * @param version the version, -1 if there is no table
     * @return false if the table has other columns than the rows, which only Spark can bring together; nothing is written then
     * @throws ConcurrentModificationException if somebody else has written since
     */
    boolean append(Path table, long version, org.apache.spark.sql.types.StructType schema, List<Row> rows)
            throws IOException {
        String folder = table.getFileSystem(configuration).makeQualified(table).toString();
        StructType columns = DataTypeJsonSerDe.deserializeStructType(schema.json());
        try {
            return append(folder, version, columns, rows);
        } catch (ConcurrentWriteException | MaxCommitRetryLimitReachedException | TableAlreadyExistsException e) {
            throw new ConcurrentModificationException(e);
        }
    }

    private boolean append(String folder, long version, StructType columns, List<Row> rows) throws IOException {
        Engine engine = DefaultEngine.create(configuration);
        Transaction transaction;
        if (version < 0) {
            transaction = TableManager.buildCreateTableTransaction(folder, columns, WRITER)
                    .withTableProperties(PROPERTIES)
                    .withMaxRetries(0)
                    .build(engine);
        } else {
            Snapshot there =
                    TableManager.loadSnapshot(folder).atVersion(version).build(engine);
            if (!there.getSchema().equals(columns)) {
                return false;
            }
            transaction = there.buildUpdateTableTransaction(WRITER, Operation.WRITE)
                    .withMaxRetries(0)
                    .build(engine);
        }
        TransactionCommitResult committed = write(engine, transaction, folder, columns, rows);
        for (PostCommitHook hook : committed.getPostCommitHooks()) {
            if (hook.getType() == PostCommitHookType.CHECKPOINT) {
                hook.threadSafeInvoke(engine);
            }
        }
        return true;
    }

    private static TransactionCommitResult write(
            Engine engine, Transaction transaction, String folder, StructType columns, List<Row> rows)
            throws IOException {
        io.delta.kernel.data.Row state = transaction.getTransactionState(engine);
        var context = Transaction.getWriteContext(engine, state, Map.of());
        ColumnVector[] vectors = new ColumnVector[columns.length()];
        for (int column = 0; column < vectors.length; column++) {
            vectors[column] = vector(rows, column, columns.at(column).getDataType());
        }
        FilteredColumnarBatch batch =
                new FilteredColumnarBatch(new DefaultColumnarBatch(rows.size(), columns, vectors), Optional.empty());
        try (CloseableIterator<FilteredColumnarBatch> physical = Transaction.transformLogicalData(
                        engine, state, Utils.singletonCloseableIterator(batch), Map.of());
                CloseableIterator<DataFileStatus> files =
                        engine.getParquetHandler().writeParquetFiles(folder, physical, context.getStatisticsColumns());
                CloseableIterator<io.delta.kernel.data.Row> actions =
                        Transaction.generateAppendActions(engine, state, files, context)) {
            return transaction.commit(engine, CloseableIterable.inMemoryIterable(actions));
        }
    }

    private static ColumnVector vector(List<Row> rows, int column, DataType type) {
        Object[] values = new Object[rows.size()];
        Arrays.setAll(values, row -> value(rows.get(row).get(column), type));
        return DefaultGenericVector.fromArray(type, values);
    }

    private static Object value(Object value, DataType type) {
        if (value instanceof Timestamp time) {
            return TimeUnit.MILLISECONDS.toMicros(time.getTime());
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            return new Entries(CollectionConverters.asJava(map), (MapType) type);
        }
        if (value instanceof Object[] list) {
            return VectorUtils.buildArrayValue(List.of(list), ((ArrayType) type).getElementType());
        }
        return value;
    }

    /** A map as the kernel reads one: a vector of keys beside one of values. */
    private static final class Entries implements MapValue {
        private final ColumnVector keys;
        private final ColumnVector values;

        Entries(Map<?, ?> map, MapType type) {
            keys = VectorUtils.buildColumnVector(new ArrayList<>(map.keySet()), type.getKeyType());
            values = VectorUtils.buildColumnVector(new ArrayList<>(map.values()), type.getValueType());
        }

        @Override
        public int getSize() {
            return keys.getSize();
        }

        @Override
        public ColumnVector getKeys() {
            return keys;
        }

        @Override
        public ColumnVector getValues() {
            return values;
        }
    }
}
