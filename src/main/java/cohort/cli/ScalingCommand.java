package cohort.cli;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import cohort.config.Counted;
import cohort.config.Settings;
import cohort.config.UserError;
import cohort.run.RunConfiguration;
import cohort.training.OuterStep;
import cohort.warehouse.Table;
import cohort.warehouse.Tables;
import cohort.warehouse.Warehouse;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * `scaling CONF`: what more workers are worth. The statistics of averaging are the same on any number of cores, so that two of
 * them can tell what 32 workers would need.
 */
@Command(
        name = "scaling",
        description =
                "Trains with different numbers of workers and local steps until the held-out loss reaches a target, and"
                        + " says how many trials that took. Repeated, it trains only what is missing.")
final class ScalingCommand implements Callable<Integer> {
    /** The average as it is, and the outer step of DiLoCo (Douillard et al. 2023). */
    private static final List<OuterStep> OUTER = List.of(OuterStep.PLAIN, new OuterStep(0.7, 0.9));

    private static final int MOST_SEEDS = 10_000;

    /**
     * A training of the study.
     *
     * @param target the held-out loss that ends it
     */
    private record Study(RunConfiguration run, double target, TrainingToTarget.Result result) {}

    /** One row for each training of a scaling study. */
    private static final Table<Study> SCALING = Table.<Study>named(Tables.OF_SCALING)
            .with("run_id", StringType, Tables.RUN_ID, of -> of.run().runId())
            .with("seed", LongType, Tables.SEED, of -> of.run().seed())
            .with(
                    "workers",
                    IntegerType,
                    "logical workers whose parameters were averaged",
                    of -> of.run().plan().workers())
            .with(
                    "local_steps",
                    IntegerType,
                    "optimizer steps of a worker between two averages",
                    of -> of.run().plan().localSteps())
            .with(
                    "outer_rate",
                    DoubleType,
                    "step from the old parameters towards the average",
                    of -> of.run().plan().outer().learningRate())
            .with(
                    "outer_momentum",
                    DoubleType,
                    "Nesterov momentum over rounds",
                    of -> of.run().plan().outer().momentum())
            .with("target_loss", DoubleType, "held-out loss that ends the training, " + Tables.LOSS_UNIT, Study::target)
            .with(
                    "reached",
                    BooleanType,
                    "whether the target was reached before the last step",
                    of -> of.result().reached())
            .with("step", LongType, Tables.STEP, of -> of.result().step())
            .with(
                    "sequences",
                    LongType,
                    "trials or windows trained on, all workers together",
                    of -> of.result().sequences())
            .with(
                    "held_out_loss",
                    DoubleType,
                    "loss of the averaged network at the end, " + Tables.LOSS_UNIT,
                    of -> of.result().heldOutLoss())
            .with(
                    "seconds",
                    DoubleType,
                    "time from the first round to the last, seconds",
                    of -> of.result().seconds());

    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--target",
            paramLabel = "LOSS",
            defaultValue = "0.024",
            description =
                    "Held-out loss to reach: nats per time step, or squared output units where training.loss is the mean"
                            + " squared error. Default: ${DEFAULT-VALUE}.")
    private double target;

    @Option(
            names = "--workers",
            paramLabel = "K",
            split = ",",
            defaultValue = "1,2,4,8,16,32",
            description = "Numbers of logical workers. Default: ${DEFAULT-VALUE}.")
    private List<Integer> workers;

    @Option(
            names = "--local-steps",
            paramLabel = "L",
            split = ",",
            defaultValue = "10,50,200",
            description = "Numbers of local steps. Default: ${DEFAULT-VALUE}.")
    private List<Integer> localSteps;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Seeds for each setting, from the configuration's on. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--figure", paramLabel = "FILE.svg", description = "Also draw the result.")
    private File figure;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        if (!(target > 0 && target < Double.POSITIVE_INFINITY)) {
            throw new UserError("--target " + target + ": must be above 0");
        }
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new UserError("--seeds " + seeds + ": must be from 1 to " + MOST_SEEDS);
        }
        Settings settings = options.settings();
        RunConfiguration base = RunConfiguration.of(settings);
        if (base.seed() > Long.MAX_VALUE - seeds) {
            throw settings.error("seed", "there are no " + seeds + " seeds from this one on");
        }
        List<RunConfiguration> runs = runs(settings, base.seed());
        return SparkSessions.with("scaling " + base.name(), false, spark -> {
            Warehouse warehouse = new Warehouse(spark, base.warehouse());
            study(spark, warehouse, runs);
            Dataset<Row> rows = results(warehouse, runs);
            PrintWriter out = command.commandLine().getOut();
            out.println(RowTable.render(ScalingFigure.medians(rows)));
            if (figure != null) {
                ScalingFigure.draw(rows, figure);
                out.println("Figure  " + figure);
            }
            return 0;
        });
    }

    /** The settings, seed after seed, so that a study broken off still says something about all of them. */
    private List<RunConfiguration> runs(Settings settings, long firstSeed) {
        List<RunConfiguration> runs = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (OuterStep outer : OUTER) {
                for (int steps : localSteps) {
                    for (int count : workers) {
                        runs.add(RunConfiguration.of(settings.with(Map.of(
                                "seed", ConfigValueFactory.fromAnyRef(firstSeed + seed, "--seeds"),
                                "averaging.workers", ConfigValueFactory.fromAnyRef(count, "--workers"),
                                "averaging.local-steps", ConfigValueFactory.fromAnyRef(steps, "--local-steps"),
                                "averaging.outer.learning-rate",
                                        ConfigValueFactory.fromAnyRef(outer.learningRate(), "scaling"),
                                "averaging.outer.momentum",
                                        ConfigValueFactory.fromAnyRef(outer.momentum(), "scaling")))));
                    }
                }
            }
        }
        return runs;
    }

    private void study(SparkSession spark, Warehouse warehouse, List<RunConfiguration> runs) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Set<String> done = new HashSet<>();
        if (warehouse.tables().contains(Tables.OF_SCALING)) {
            results(warehouse, runs).select("run_id").collectAsList().forEach(row -> done.add(row.getString(0)));
        }
        int number = 0;
        for (RunConfiguration run : runs) {
            number++;
            if (done.contains(run.runId())) {
                continue;
            }
            TrainingToTarget.Result result = new TrainingToTarget(spark, run, target).run();
            warehouse.append(
                    SCALING,
                    functions.col("target_loss").equalTo(target),
                    Set.of(run.runId()),
                    SCALING.rows(List.of(new Study(run, target, result))));
            out.printf(
                    Locale.ROOT,
                    "%d of %d: seed %d, %s, %s, outer momentum %.1f: loss %.4f after %s, %s," + " %.1f s%n",
                    number,
                    runs.size(),
                    run.seed(),
                    Counted.of(run.plan().workers(), "worker"),
                    Counted.of(run.plan().localSteps(), "local step"),
                    run.plan().outer().momentum(),
                    result.heldOutLoss(),
                    Counted.of(result.step(), "step"),
                    Counted.of(result.sequences(), "sequence"),
                    result.seconds());
            out.flush();
        }
    }

    private Dataset<Row> results(Warehouse warehouse, List<RunConfiguration> runs) {
        Object[] ids = runs.stream().map(RunConfiguration::runId).toArray();
        Dataset<Row> all = warehouse.read(Tables.OF_SCALING);
        return all.where(all.col("run_id").isin(ids).and(all.col("target_loss").equalTo(target)));
    }
}
