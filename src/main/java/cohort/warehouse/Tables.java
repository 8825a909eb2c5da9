package cohort.warehouse;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import cohort.evaluation.Accuracy;
import cohort.linalg.Blas;
import cohort.run.RoundReport;
import cohort.task.Factor;
import cohort.task.Group;
import cohort.task.Psychometry;
import cohort.task.Signature;
import cohort.training.Loss;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.types.DataType;
import scala.collection.mutable.LinkedHashMap;

/** The tables that runs and sweeps write; what tests find is in {@link TestTables}. */
public final class Tables {
    static final DataType TEXTS = createMapType(StringType, StringType, false);

    public static final String LOSS_UNIT = Loss.CROSS_ENTROPY.unit() + " of the cross-entropy, "
            + Loss.MEAN_SQUARED_ERROR.unit() + " of the mean squared error";
    public static final String RUN_ID = "run this row belongs to; key of table runs";
    public static final String SEED = "experiment seed of the run";
    public static final String STEP = "optimizer steps of each worker done so far";
    static final String TASK = "name of the task; key of table tasks, with run_id";

    /** One row for each run. */
    public static final Table<RunRow> RUNS = Table.<RunRow>named("runs")
            .with("run_id", StringType, RUN_ID, row -> row.run().runId())
            .with("seed", LongType, SEED, row -> row.run().seed())
            .with(
                    "name",
                    StringType,
                    "name given in the configuration",
                    row -> row.run().name())
            .with(
                    "status",
                    StringType,
                    "trained, evaluated (a model from elsewhere), diverged, failed, timed-out or stopped",
                    row -> row.end().status().label())
            .with(
                    "reason",
                    StringType,
                    "why the run is not trained: step, loss, gradient norm; empty otherwise",
                    row -> row.end().reason())
            .with(
                    "changed",
                    StringType,
                    "keys of a trained run that were changed for this test, task.sigma = 2; null if none was",
                    RunRow::changed)
            .with("started_at", TimestampType, "when the run began", RunRow::started)
            .with("seconds", DoubleType, "time from start to the last table but this one, seconds", RunRow::seconds)
            .with("step", LongType, STEP, row -> row.end().step())
            .with(
                    "workers",
                    IntegerType,
                    "logical workers whose parameters were averaged",
                    row -> row.run().plan().workers())
            .with(
                    "cell",
                    StringType,
                    "recurrent layers: leaky, lstm or gru",
                    row -> row.network().cell().kind().label())
            .with(
                    "layers",
                    IntegerType,
                    "recurrent layers on top of each other",
                    row -> row.network().layers())
            .with(
                    "hidden",
                    IntegerType,
                    "recurrent units of each layer",
                    row -> row.network().hidden())
            .with(
                    "activation",
                    StringType,
                    "non-linearity of a leaky cell's units; null for other cells",
                    RunRow::activation)
            .with(
                    "optimizer",
                    StringType,
                    "adam, adamw or sgd; null if nothing was trained",
                    row -> row.training().map(training -> training.optimizer().label()))
            .with(
                    "learning_rate",
                    DoubleType,
                    "peak learning rate, that after the warm-up, per step; null if nothing was trained",
                    row -> row.training().map(training -> training.schedule().peak()))
            .with("parameters", IntegerType, "learned values of the network", RunRow::parameters)
            .with(
                    "training_sequences",
                    LongType,
                    "trials or windows trained on, all workers together",
                    RunRow::sequences)
            .with(
                    "training_loss",
                    DoubleType,
                    "mean loss over the last averaging round with any weight, " + LOSS_UNIT,
                    RunRow::lastLoss)
            .with(
                    "held_out_loss",
                    DoubleType,
                    "mean loss on the validation split, " + LOSS_UNIT,
                    row -> row.end().heldOutLoss())
            .with(
                    "accuracy",
                    DoubleType,
                    "fraction correct on held-out trials, of conditions in which somebody can do better than chance",
                    row -> row.accuracy().map(Accuracy::accuracy))
            .with(
                    "ideal",
                    DoubleType,
                    "fraction correct of the ideal observer on the same trials; null if none is known",
                    row -> row.accuracy().map(Accuracy::ideal))
            .with(
                    "efficiency",
                    DoubleType,
                    "accuracy above chance / what is possible above chance: the ideal observer's, or 1 if none is known; no response counts as wrong where one is asked for, so that below 0 is worse than guessing",
                    row -> row.accuracy().map(Accuracy::efficiency))
            .with(
                    "no_response",
                    DoubleType,
                    "fraction of the same trials in which the network gave no answer",
                    row -> row.accuracy().map(Accuracy::noResponseRate))
            .with(
                    "model",
                    StringType,
                    "path of model.safetensors; null if there is none",
                    row -> row.end().model())
            .with(
                    "model_digest",
                    StringType,
                    "SHA-256 of the model's tensors alone: equal for equal networks",
                    row -> row.end().modelDigest())
            .with(
                    "initial_model",
                    StringType,
                    "model the training began with; null: weights drawn from the seed",
                    RunRow::initialModel)
            .with(
                    "initial_model_digest",
                    StringType,
                    "SHA-256 of that model's tensors, as in model_digest",
                    RunRow::initialDigest)
            .with(
                    "blas",
                    StringType,
                    "BLAS and kernel of the driver",
                    row -> Blas.instance().info().toString())
            .with("versions", StringType, "versions of Cohort, Java and Spark", RunRow::versions)
            .with(
                    "commit",
                    StringType,
                    "git commit that was checked out when Cohort was built; null: built without git",
                    row -> SourceCommit.ofThisBuild())
            .with(
                    "config",
                    StringType,
                    "resolved configuration, HOCON",
                    row -> row.run().config());

    /** One row for each run and each task it is tested on. */
    public static final Table<OfRun<Signature>> TASKS = Tables.<Signature>ofRun("tasks")
            .with("task", StringType, "name of the task", of -> of.value().name())
            .with("kind", StringType, "task.kind of the configuration", OfRun::kind)
            .with(
                    "inputs",
                    TEXTS,
                    "groups of input channels: name -> its channels, from 0 on",
                    of -> groups(of.value().inputs()))
            .with(
                    "outputs",
                    TEXTS,
                    "groups of outputs: name -> its outputs, from 0 on",
                    of -> groups(of.value().outputs()))
            .with(
                    "periods",
                    createArrayType(StringType, false),
                    "names of the periods, in their order",
                    of -> of.value().periodNames().toArray(String[]::new))
            .with(
                    "factors",
                    TEXTS,
                    "what conditions are made of: name -> meaning, unit",
                    of -> map(of.value().factors(), Factor::name, Tables::meaning))
            .with(
                    "choices",
                    IntegerType,
                    "number of different choices, besides that of no answer",
                    of -> of.response().choices())
            .with(
                    "chance",
                    DoubleType,
                    "fraction of right answers of who guesses",
                    of -> of.response().chance())
            .with(
                    "evidence",
                    StringType,
                    "factor that psychometric functions are drawn over; null: there are none",
                    of -> of.psychometry().map(Psychometry::factor))
            .with(
                    "positive",
                    IntegerType,
                    "which of two choices is the positive one of psychometric functions; null: there are none",
                    of -> of.psychometry().map(Psychometry::positive));

    /** One row for each averaging round. */
    public static final Table<OfRun<RoundReport>> TRAINING_CURVE = Tables.<RoundReport>ofRun("training_curve")
            .with(
                    "round",
                    IntegerType,
                    "averaging round, from 1",
                    of -> of.value().round())
            .with("step", LongType, STEP, of -> of.value().step())
            .with(
                    "loss",
                    DoubleType,
                    "mean training loss over the round's time steps, by their loss weights; null: none has any; "
                            + LOSS_UNIT,
                    of -> of.value().loss())
            .with(
                    "gradient_norm",
                    DoubleType,
                    "mean Euclidean norm of the gradients before clipping; null: no time step has a loss weight",
                    of -> of.value().gradientNorm())
            .with(
                    "learning_rate",
                    DoubleType,
                    "learning rate of the round's last step",
                    of -> of.value().learningRate())
            .with(
                    "sequences",
                    LongType,
                    "trials or windows processed in the round, all workers together",
                    of -> of.value().sequences())
            .with(
                    "compute_ms",
                    DoubleType,
                    "time of the slowest worker's steps, milliseconds",
                    of -> of.value().computeMillis())
            .with(
                    "overhead_ms",
                    DoubleType,
                    "rest of the round: scheduling, broadcast, averaging, milliseconds",
                    of -> of.value().overheadMillis());

    /** One row for each run of a sweep. */
    public static final Table<SweepMember> SWEEP_RUNS = Table.<SweepMember>named("sweep_runs")
            .with("sweep", StringType, "name of the sweep", SweepMember::sweep)
            .with("run_id", StringType, RUN_ID, of -> of.run().runId())
            .with("seed", LongType, SEED, of -> of.run().seed())
            .with("setting", StringType, "what the sweep changed, the same text for all seeds", of -> of.setting())
            .with(
                    "settings",
                    TEXTS,
                    "the same by configuration key",
                    of -> map(of.settings().entrySet(), Map.Entry::getKey, Map.Entry::getValue));

    /** The name of the table that `scaling` writes. */
    public static final String OF_SCALING = "scaling";

    private Tables() {}

    /** A table whose rows begin with the run they belong to. */
    static <T> Table<OfRun<T>> ofRun(String name) {
        return Table.<OfRun<T>>named(name)
                .with("run_id", StringType, RUN_ID, OfRun::runId)
                .with("seed", LongType, SEED, OfRun::seed);
    }

    private static LinkedHashMap<String, String> groups(List<Group> groups) {
        return map(
                groups,
                Group::name,
                group -> group.size() == 1
                        ? Integer.toString(group.first())
                        : group.first() + " to " + (group.end() - 1));
    }

    private static String meaning(Factor factor) {
        return factor.unit().isEmpty() ? factor.meaning() : factor.meaning() + ", " + factor.unit();
    }

    /** A map as Spark's rows have it, in this order. */
    static <T, V> LinkedHashMap<String, V> map(Iterable<T> entries, Function<T, String> key, Function<T, V> value) {
        LinkedHashMap<String, V> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(key.apply(entry), value.apply(entry)));
        return map;
    }
}
