package cohort.experiment;

import cohort.cluster.EvaluationJob;
import cohort.config.Settings;
import cohort.config.UserError;
import cohort.evaluation.TrialActivity;
import cohort.network.Parameters;
import cohort.run.HeldOutTrials;
import cohort.run.RunConfiguration;
import cohort.run.RunSpec;
import cohort.run.Workspaces;
import cohort.storage.Files;
import cohort.storage.ModelFile;
import cohort.task.BatchSource;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TrialSource;
import cohort.warehouse.RunRows;
import cohort.warehouse.TestTables;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * An experiment in Java, as its configuration describes it: the task, the network, a trainer, and what the network does as a data
 * frame. These are the classes that the commands use; the same configuration gives the same numbers.
 */
public final class Experiment {
    private final RunConfiguration configuration;

    public Experiment(RunConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Reads a configuration.
     *
     * @param file a file of HOCON, for instance one of conf/
     * @param changes texts "key=value" that win over the file
     * @throws UserError if it cannot be read, or something in it is not allowed
     */
    public static Experiment of(String file, String... changes) {
        return new Experiment(RunConfiguration.of(Settings.load(new File(file), List.of(changes))));
    }

    public RunConfiguration configuration() {
        return configuration;
    }

    private RunSpec run() {
        return configuration.spec();
    }

    /** The task. */
    public Task task() {
        return run().plan().task();
    }

    /** Trials of the task, each a pure function of the experiment's seed, the split and its index. */
    public TrialSource trials(Split split) {
        return task().trials(run().seed(), split);
    }

    /** These trials as batches, of the form and size that the configuration names; training step n takes batch n. */
    public BatchSource batches(Split split) {
        return run().plan().batching().open(trials(split), 0, 1);
    }

    /** The network before training: drawn from the experiment's seed, or read from the file that the configuration names. */
    public Parameters network() throws IOException {
        return run().firstParameters(files(), told -> {});
    }

    /** A network of this experiment's shape from a safetensors file, ours or PyTorch's. */
    public Parameters network(String file) throws IOException {
        return ModelFile.read(files(), run().plan().network(), file, told -> {});
    }

    private static Files files() {
        return new Files(new Configuration());
    }

    /**
     * What trains a network on the experiment's trials, as the command `train` does.
     *
     * @param network where to begin; not changed
     */
    public Trainer trainer(Parameters network) {
        return new Trainer(run().plan(), network);
    }

    /**
     * Tests a network on held-out trials.
     *
     * @return one row for each, with the columns of table trial_outcomes
     */
    public Dataset<Row> outcomes(SparkSession spark, Parameters network) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        RunRows rows = new RunRows(run(), "");
        try (EvaluationJob job = new EvaluationJob(context, run(), network)) {
            JavaRDD<Row> outcomes = job.accuracy().outcomes().map(rows.outcomes(0));
            return spark.createDataFrame(outcomes.collect(), TestTables.TRIAL_OUTCOMES.schema());
        }
    }

    /**
     * Records what the units of a network do in held-out trials.
     *
     * @param trials how many: 0 to {@code trials - 1} of the test split
     */
    public List<TrialActivity> activity(Parameters network, int trials) {
        return new HeldOutTrials(run(), network, new Workspaces()).activity(trials);
    }

    /** What losses of the training are counted in: "nats per time step". */
    public String lossUnit() {
        return configuration.lossUnit();
    }

    /** The lowest mean cross-entropy any network can reach on the training batches, nats per time step; NaN for another loss, or if nobody knows. */
    public double lowestLoss() {
        return configuration.lowestLoss();
    }
}
