package cohort.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import cohort.cluster.OwnKinds;
import cohort.cluster.Shard;
import cohort.run.TrainingPlan;
import cohort.task.Batching;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** A Delta table of trials: written by a Spark job, and read back to train on. */
public final class TrialTable {
    private static final Encoder<TrialRow> ENCODER = Encoders.bean(TrialRow.class);

    private final SparkSession spark;
    private final String path;

    public TrialTable(SparkSession spark, String path) {
        this.spark = spark;
        this.path = path;
    }

    /**
     * Generates trials 0 to {@code trials - 1} of a split and writes them as a new table. The rows are the same for any
     * number of partitions.
     *
     * @param conditionsOnly whether to leave out inputs, targets and weights, which follow from seed, split and trial
     * @param partitions number of tasks, each of which writes a file
     */
    public void generate(Task task, long seed, Split split, long trials, boolean conditionsOnly, int partitions) {
        OwnKinds.ship(JavaSparkContext.fromSparkContext(spark.sparkContext()));
        Dataset<TrialRow> rows = spark.range(0, trials, 1, partitions)
                .mapPartitions(new Generator(task, seed, split, !conditionsOnly), ENCODER);
        rows.select(documentedColumns())
                .write()
                .format("delta")
                .mode(SaveMode.ErrorIfExists)
                .save(path);
    }

    /** Generates the trials of one partition, one at a time. */
    private record Generator(Task task, long seed, Split split, boolean isWhole)
            implements MapPartitionsFunction<Long, TrialRow> {
        @Override
        public Iterator<TrialRow> call(Iterator<Long> indices) {
            TrialSource source = task.trials(seed, split);
            Trial scratch = new Trial(source.signature());
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return indices.hasNext();
                }

                @Override
                public TrialRow next() {
                    return TrialRow.of(source, seed, split, indices.next(), scratch, isWhole);
                }
            };
        }
    }

    /** The bean's properties under the table's names, with their comments. */
    private static Column[] documentedColumns() {
        return Arrays.stream(TrialRow.TABLE.schema().fields())
                .map(field -> col(property(field)).as(field.name(), field.metadata()))
                .toArray(Column[]::new);
    }

    /** period_ends as periodEnds. */
    private static String property(StructField field) {
        StringBuilder name = new StringBuilder();
        for (String word : field.name().split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private Dataset<Row> trainingRows() {
        return spark.read().format("delta").load(path).where(col("split").equalTo(Split.TRAIN.label()));
    }

    private static Dataset<TrialRow> beans(Dataset<Row> rows) {
        Column[] properties = Arrays.stream(TrialRow.TABLE.schema().fields())
                .map(field -> col(field.name()).as(property(field)))
                .toArray(Column[]::new);
        return rows.select(properties).as(ENCODER);
    }

    /**
     * Each logical worker's share of the training trials, kept on the executors. A table of conditions only gives workers
     * that generate its inputs again.
     *
     * @throws IllegalArgumentException if the table holds too few trials, or not those of the plan's task
     */
    public JavaRDD<Shard> shards(TrainingPlan plan) {
        Row summary = trainingRows()
                .agg(count(lit(1)), max(col("trial")), min(col("seed")), max(col("seed")), count(col("inputs")))
                .first();
        long trials = summary.getLong(0);
        long needed = trialsNeeded(plan);
        if (trials < needed) {
            throw new IllegalArgumentException("table " + path + " holds " + trials
                    + " training trials; this training may need " + needed + ": generate more, or set fewer steps");
        }
        boolean isWhole = summary.getLong(1) == trials - 1 && summary.getLong(2) == summary.getLong(3);
        if (!isWhole) {
            throw new IllegalArgumentException(
                    "table " + path + " does not hold trials 0 to " + (trials - 1) + " of one seed");
        }
        if (summary.getLong(2) != plan.seed()) {
            throw new IllegalArgumentException("table " + path + " was generated with seed " + summary.getLong(2)
                    + ", the configuration has seed " + plan.seed());
        }
        boolean conditionsOnly = summary.getLong(4) == 0;
        requireSameTask(plan, conditionsOnly);

        int workers = plan.workers();
        if (conditionsOnly) {
            return Shard.generated(JavaSparkContext.fromSparkContext(spark.sparkContext()), workers);
        }
        Batching batching = plan.batching();
        return beans(trainingRows().where(col("trial").lt(needed)))
                .toJavaRDD()
                .mapToPair(row -> new Tuple2<>(batching.workerOf(row.getTrial(), workers), row))
                .partitionBy(new HashPartitioner(workers))
                .<Shard>mapPartitionsWithIndex(
                        (worker, rows) -> {
                            List<TrialRow> own = new ArrayList<>();
                            rows.forEachRemaining(row -> own.add(row._2()));
                            return List.<Shard>of(new RecordedTrials.Recorded(worker, own))
                                    .iterator();
                        },
                        true)
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Trials 0 to this number, less one, are all that a training can ask for. */
    private static long trialsNeeded(TrainingPlan plan) {
        long lanes = (long) plan.workers() * plan.batching().batchSize();
        long steps = plan.training().steps();
        long perLane = switch (plan.batching().form()) {
            case TRIALS -> steps;
            case WINDOWS -> {
                int shortest = plan.task().signature().minSteps();
                yield (steps * plan.batching().sequenceLength() + shortest - 1) / shortest;
            }
        };
        return lanes * perLane;
    }

    /** The first trials of the table must be what the plan's task generates from the same seed. */
    private void requireSameTask(TrainingPlan plan, boolean conditionsOnly) {
        TrialSource source = plan.task().trials(plan.seed(), Split.TRAIN);
        Trial scratch = new Trial(source.signature());
        List<TrialRow> first = beans(trainingRows().where(col("trial").lt(10)).orderBy("trial"))
                .collectAsList();
        for (TrialRow row : first) {
            TrialRow expected = TrialRow.of(source, plan.seed(), Split.TRAIN, row.getTrial(), scratch, !conditionsOnly);
            if (!expected.isSame(row)) {
                throw new IllegalArgumentException("trial " + row.getTrial() + " of table " + path
                        + " is not the one the configured task generates: the table was made with other task settings");
            }
        }
    }
}
