package cohort.cli;

import cohort.config.Counted;
import cohort.config.UserError;
import cohort.run.Names;
import cohort.run.RunConfiguration;
import cohort.storage.Files;
import cohort.task.Split;
import cohort.warehouse.TrialTable;
import cohort.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `generate CONF`: a table of trials. */
@Command(name = "generate", description = "Generates trials in parallel and writes them as a table.")
final class GenerateCommand implements Callable<Integer> {
    /** Trials that one task writes by default: a file of some 70 MB at the tutorial's size. */
    private static final long TRIALS_PER_PARTITION = 100_000;

    /** More than a table of a petabyte has. */
    private static final long MOST_TRIALS = 10_000_000_000L;

    @Mixin
    private ConfigurationOptions options;

    @Option(names = "--trials", paramLabel = "N", required = true, description = "Number of trials: 0 to N - 1.")
    private long trials;

    @Option(names = "--table", paramLabel = "NAME", defaultValue = "trials", description = "Default: ${DEFAULT-VALUE}.")
    private String table;

    @Option(names = "--split", paramLabel = "SPLIT", defaultValue = "train", description = "train, validation or test.")
    private String split;

    @Option(
            names = "--conditions-only",
            description = "Leaves out observations and targets: they follow from seed, split and trial.")
    private boolean conditionsOnly;

    @Option(names = "--partitions", paramLabel = "N", description = "Number of tasks, each of which writes one file.")
    private Integer partitions;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        RunConfiguration run = options.load();
        requireOptions();
        Split which = split();
        return SparkSessions.with("generate " + run.name(), true, spark -> generate(run, which, spark));
    }

    private int generate(RunConfiguration run, Split which, SparkSession spark) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        String path = new Warehouse(spark, run.warehouse()).table(table);
        if (new Files(spark.sparkContext().hadoopConfiguration()).exists(path)) {
            throw new UserError("table " + path + " exists already: choose another --table");
        }
        int tasks = partitions != null
                ? partitions
                : (int) Math.max(
                        spark.sparkContext().defaultParallelism(),
                        (trials + TRIALS_PER_PARTITION - 1) / TRIALS_PER_PARTITION);
        out.println("Generating " + Counted.of(trials, which.label() + " trial") + " in " + Counted.of(tasks, "task")
                + " ...");
        out.flush();
        long started = System.nanoTime();
        new TrialTable(spark, path).generate(run.plan().task(), run.seed(), which, trials, conditionsOnly, tasks);
        out.printf(
                Locale.ROOT,
                "Wrote %s in %.1f s to %s%n",
                Counted.of(trials, which.label() + " trial"),
                (System.nanoTime() - started) / 1e9,
                path);
        return 0;
    }

    private void requireOptions() {
        if (trials < 1 || trials > MOST_TRIALS) {
            throw new UserError("--trials " + trials + ": must be from 1 to " + MOST_TRIALS);
        }
        if (partitions != null && (partitions < 1 || partitions > 1_000_000)) {
            throw new UserError("--partitions " + partitions + ": must be from 1 to 1000000");
        }
        Names.problemOfTable(table).ifPresent(problem -> {
            throw new UserError("--table " + UserError.quoted(table) + ": " + problem);
        });
    }

    private Split split() {
        return Arrays.stream(Split.values())
                .filter(candidate -> candidate.label().equals(split))
                .findFirst()
                .orElseThrow(() -> new UserError("--split " + split + ": must be one of "
                        + Arrays.stream(Split.values()).map(Split::label).collect(Collectors.joining(", "))));
    }
}
