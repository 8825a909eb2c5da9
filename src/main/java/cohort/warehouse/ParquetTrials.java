package cohort.warehouse;

import cohort.config.UserError;
import cohort.task.recorded.TrialFile.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Trials in a Parquet file, a row each: columns of lists are arrays [trial, time], lists of lists [trial, time, channel]; shorter trials
 * are padded, and lengths follow from the inputs.
 */
public final class ParquetTrials {
    private ParquetTrials() {}

    /**
     * Reads all columns of numbers.
     *
     * @throws UserError if it cannot be read, or a column holds something else
     */
    public static Map<String, Numbers> read(SparkSession spark, String path) {
        Dataset<Row> rows;
        try {
            rows = spark.read().parquet(path);
        } catch (Exception e) { // AnalysisException is checked, and Spark does not say that it throws it
            if (e instanceof AnalysisException || e instanceof org.apache.spark.SparkException) {
                throw new UserError(
                        path + " cannot be read as Parquet: "
                                + e.getMessage().lines().findFirst().orElse(""),
                        e);
            }
            throw e;
        }
        List<Row> trials = rows.collectAsList();
        if (trials.isEmpty()) {
            throw new UserError(path + " has no row");
        }
        Map<String, Numbers> arrays = new LinkedHashMap<>();
        StructField[] fields = rows.schema().fields();
        for (int column = 0; column < fields.length; column++) {
            arrays.put(fields[column].name(), numbers(fields[column], column, trials));
            if (fields[column].name().equals("inputs")
                    && !Arrays.asList(rows.columns()).contains("lengths")) {
                arrays.put("lengths", lengths(trials, column));
            }
        }
        return arrays;
    }

    private static Numbers lengths(List<Row> trials, int column) {
        double[] lengths = trials.stream()
                .mapToDouble(row -> elements(row.get(column)).size())
                .toArray();
        return new Numbers(new int[] {lengths.length}, lengths, true);
    }

    private static Numbers numbers(StructField field, int column, List<Row> trials) {
        DataType type = field.dataType();
        int dimensions = 1;
        while (type instanceof ArrayType list) {
            type = list.elementType();
            dimensions++;
        }
        if (!(type instanceof NumericType) && !(type instanceof BooleanType)) {
            throw new UserError("column " + field.name() + " holds no numbers: "
                    + field.dataType().simpleString());
        }
        int[] shape = new int[dimensions];
        shape[0] = trials.size();
        trials.forEach(row -> widen(shape, 1, row.get(column)));
        int size = 1;
        for (int length : shape) {
            size = Math.multiplyExact(size, length);
        }
        double[] values = new double[size];
        int each = size / trials.size();
        for (int trial = 0; trial < trials.size(); trial++) {
            fill(
                    field.name(),
                    trial,
                    values,
                    trial * each,
                    each,
                    shape,
                    1,
                    trials.get(trial).get(column));
        }
        return new Numbers(shape, values, !(type instanceof FractionalType));
    }

    private static List<?> elements(Object list) {
        return list instanceof scala.collection.Seq<?> seq ? CollectionConverters.asJava(seq) : List.of();
    }

    private static void widen(int[] shape, int dimension, Object value) {
        if (dimension < shape.length) {
            List<?> elements = elements(value);
            shape[dimension] = Math.max(shape[dimension], elements.size());
            elements.forEach(element -> widen(shape, dimension + 1, element));
        }
    }

    private static void fill(
            String column, int trial, double[] values, int at, int count, int[] shape, int dimension, Object value) {
        if (value == null) {
            throw new UserError("column " + column + " of trial " + trial + ": a value is missing");
        }
        if (dimension == shape.length) {
            values[at] = value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).doubleValue();
            return;
        }
        List<?> elements = elements(value);
        int each = count / Math.max(1, shape[dimension]);
        boolean isRagged = dimension > 1 && elements.size() != shape[dimension];
        if (isRagged) {
            throw new UserError("column " + column + " of trial " + trial + ": a step has " + elements.size()
                    + " values, others have " + shape[dimension]);
        }
        for (int i = 0; i < elements.size(); i++) {
            fill(column, trial, values, at + i * each, each, shape, dimension + 1, elements.get(i));
        }
    }
}
