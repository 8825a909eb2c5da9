package cohort.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table of results: of each column its name, type, meaning with unit, and value, in one line.
 *
 * @param <T> what a row is made of
 */
public final class Table<T> {
    private final String name;
    private final List<StructField> fields = new ArrayList<>();
    private final List<Function<? super T, ?>> values = new ArrayList<>();

    private Table(String name) {
        this.name = name;
    }

    /** A table that has no columns yet. */
    public static <T> Table<T> named(String name) {
        return new Table<>(name);
    }

    /**
     * Adds a column.
     *
     * @param comment what it means, with its unit
     * @param value its value in a row; null, an empty {@link Optional} and NaN are stored as null
     */
    public Table<T> with(String column, DataType type, String comment, Function<? super T, ?> value) {
        fields.add(DataTypes.createStructField(column, type, true).withComment(comment));
        values.add(value);
        return this;
    }

    /** The name in SQL, and of its folder. */
    public String name() {
        return name;
    }

    /** The columns, with their comments. */
    public StructType schema() {
        return DataTypes.createStructType(fields);
    }

    /** A row. */
    public Row row(T of) {
        Object[] row = new Object[values.size()];
        for (int column = 0; column < row.length; column++) {
            row[column] = stored(values.get(column).apply(of));
        }
        return RowFactory.create(row);
    }

    /** Rows, in the same order. */
    public List<Row> rows(Iterable<? extends T> of) {
        List<Row> rows = new ArrayList<>();
        of.forEach(one -> rows.add(row(one)));
        return rows;
    }

    private static Object stored(Object value) {
        if (value instanceof Optional<?> optional) {
            return stored(optional.orElse(null));
        }
        return value instanceof Double number && number.isNaN() ? null : value;
    }
}
