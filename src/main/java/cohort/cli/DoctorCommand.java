package cohort.cli;

import cohort.cluster.Execution;
import cohort.cluster.ExecutorMeasurements;
import cohort.cluster.ExecutorMeasurements.Generation;
import cohort.cluster.ExecutorMeasurements.Step;
import cohort.cluster.ParameterAveraging;
import cohort.config.Counted;
import cohort.config.Settings;
import cohort.config.UserError;
import cohort.linalg.BlasInfo;
import cohort.network.CellKind;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.run.RoundReport;
import cohort.run.RunConfiguration;
import cohort.run.Topology;
import cohort.run.TrainingPlan;
import cohort.run.TrainingState;
import cohort.task.Batching;
import cohort.warehouse.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `doctor`: what this installation runs on, how fast it is, and what to do if something is slow. */
@Command(name = "doctor", description = "Checks versions, BLAS and speed in about 20 seconds, and says what to mend.")
final class DoctorCommand implements Callable<Integer> {
    private static final double EXPECTED_STEP_EFFICIENCY = 0.4;
    private static final String REGIONS = "-XX:+UseG1GC -XX:G1HeapRegionSize=1m";
    private static final double EXPECTED_GENERATION = 25e6;
    private static final double EXPECTED_OVERHEAD_MILLIS = 40;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "200", description = "Averaging rounds to time.")
    private int rounds;

    @Option(
            names = "--workers",
            paramLabel = "K",
            split = ",",
            description = "Numbers of logical workers to time rounds with. Default: one for each slot.")
    private List<Integer> workers = List.of();

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            description = "Also time rounds of networks of these sizes, averaged in the driver and in slices.")
    private List<Integer> hidden = List.of();

    @Option(
            names = "--tasks",
            description = "Prints instead how fast trials of every task are generated, in about a minute.")
    private boolean tasks;

    @Spec
    private CommandSpec command;

    private final List<String> complaints = new ArrayList<>();
    private boolean slowKernel;

    @Override
    public Integer call() throws IOException {
        if (rounds < 2) {
            throw new UserError("--rounds " + rounds + ": must be at least 2");
        }
        requirePositive("--workers", workers);
        requirePositive("--hidden", hidden);
        if (tasks) {
            TaskSpeeds.print(command.commandLine().getOut());
            return 0;
        }
        return SparkSessions.with("doctor", false, session -> {
            examine(
                    JavaSparkContext.fromSparkContext(session.sparkContext()),
                    command.commandLine().getOut());
            return 0;
        });
    }

    private static void requirePositive(String option, List<Integer> values) {
        for (int value : values) {
            if (value < 1) {
                throw new UserError(option + " " + value + ": must be at least 1");
            }
        }
    }

    private void examine(JavaSparkContext spark, PrintWriter out) throws IOException {
        RunConfiguration run = configuration();
        print(out, "Versions", "%s", Versions.line());
        print(
                out,
                "Machine",
                "%s of %s, %.1f GB for this JVM",
                Counted.of(spark.defaultParallelism(), "slot"),
                spark.master(),
                Runtime.getRuntime().maxMemory() / 1e9);
        blas(out, spark);
        steps(out, spark, run);
        generation(out, spark, run);
        overhead(out, spark);
        verdict(out);
    }

    /** The tutorial's task and network. */
    private static RunConfiguration configuration(String... overrides) {
        List<String> all = new ArrayList<>(List.of(overrides));
        all.add("task.timing.stimulus=1000");
        return RunConfiguration.of(Settings.defaults(all));
    }

    private void blas(PrintWriter out, JavaSparkContext spark) {
        Map<String, BlasInfo> byExecutor = ExecutorMeasurements.blas(spark);
        byExecutor.forEach((executor, info) -> {
            print(out, "BLAS", "executor %s: %s", executor, info);
            if (!info.isNative()) {
                complaints.add("Executor " + executor + " has no OpenBLAS (" + info.fallbackReason()
                        + "): check that its cache folder ~/.javacpp can be written, and that the machine is Linux or an"
                        + " Apple Silicon Mac.");
            }
            if (info.rearrangesSmallMatrices()) {
                slowKernel = true;
                complaints.add("Executor " + executor
                        + " runs a kernel of OpenBLAS that copies matrices before each product: with"
                        + " BLIS (apt-get install libblis4-serial), and without OPENBLAS_CORETYPE, a training step takes half"
                        + " the time.");
            }
        });
        if (byExecutor.values().stream().distinct().count() > 1) {
            complaints.add(
                    "Executors differ in BLAS or kernel: a run repeated here may differ in its last bits."
                            + " Set OPENBLAS_CORETYPE to one kernel of OpenBLAS for all; if processors are alike, BLIS on all or none will do.");
        }
        if (System.getenv("OPENBLAS_CORETYPE") != null) {
            complaints.add("OPENBLAS_CORETYPE is set to " + System.getenv("OPENBLAS_CORETYPE")
                    + ": products may run on a slower kernel than this processor's own. Unset it.");
        }
    }

    private void steps(PrintWriter out, JavaSparkContext spark, RunConfiguration run) {
        int lanes = run.plan().batching().batchSize();
        Step leaky = step(out, spark, run, run.plan().network(), lanes, 3);
        for (CellKind cell : EnumSet.complementOf(EnumSet.of(CellKind.LEAKY))) {
            NetworkSpec network =
                    configuration("network.cell=" + cell.label()).plan().network();
            // A step takes several times as long, and the compiler needs as many of them.
            step(out, spark, run, network, lanes, 4);
        }
        step(out, spark, run, run.plan().network().withHidden(512), 64, 2);
        if (leaky.efficiency() < EXPECTED_STEP_EFFICIENCY && !slowKernel) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "A training step reaches %.0f %% of the matrix product's speed; %.0f %% or more is usual. %s",
                    100 * leaky.efficiency(),
                    100 * EXPECTED_STEP_EFFICIENCY,
                    hasRegions(spark)
                            ? "Is another program running on the cores?"
                            : "Start the JVM with " + REGIONS + " as submit/local does."));
        }
    }

    /** Whether the JVMs that train have the flag that suits large arrays: on one machine that is this one. */
    private static boolean hasRegions(JavaSparkContext spark) {
        List<String> options = spark.isLocal()
                ? ManagementFactory.getRuntimeMXBean().getInputArguments()
                : List.of(
                        spark.getConf().get("spark.executor.defaultJavaOptions", ""),
                        spark.getConf().get("spark.executor.extraJavaOptions", ""));
        return options.stream().anyMatch(option -> option.contains("G1HeapRegionSize=1m"));
    }

    private static Step step(
            PrintWriter out,
            JavaSparkContext spark,
            RunConfiguration run,
            NetworkSpec network,
            int lanes,
            double seconds) {
        Batching batching = new Batching(
                Batching.Form.WINDOWS,
                lanes,
                run.plan().batching().sequenceLength(),
                run.plan().batching().periodWeights());
        Step step = ExecutorMeasurements.step(
                spark, run.plan().task(), batching, network, run.plan().training(), seconds);
        String active = step.activeUnits() < network.hidden() ? " (" + step.activeUnits() + " active)" : "";
        print(
                out,
                "Training step",
                "%s, hidden %d%s, batch %d x %d: %.2f ms, %.0f GF/s = %.0f %% of the sgemm peak (1024^3: %.0f GF/s)",
                network.cell().kind().label(),
                network.hidden(),
                active,
                lanes,
                batching.sequenceLength(),
                step.stepMillis(),
                step.stepGigaflops(),
                100 * step.efficiency(),
                step.peakGigaflops());
        return step;
    }

    private void generation(PrintWriter out, JavaSparkContext spark, RunConfiguration run) {
        Generation generation = ExecutorMeasurements.generation(
                spark, run.plan().task(), run.plan().batching(), 1.5);
        print(
                out,
                "Trials",
                "%.0f million time steps a second and core; %.0f million as windows",
                generation.trialStepsPerSecond() / 1e6,
                generation.windowStepsPerSecond() / 1e6);
        if (generation.trialStepsPerSecond() < EXPECTED_GENERATION) {
            complaints.add("Trials are generated slowly: is another program running on the cores?");
        }
    }

    private void overhead(PrintWriter out, JavaSparkContext spark) throws IOException {
        List<Integer> counts = workers.isEmpty() ? List.of(spark.defaultParallelism()) : workers;
        for (int count : counts) {
            double overhead = overhead(spark, count, Topology.AUTO);
            print(out, "Averaging", "%s: %.1f ms a round besides computing", Counted.of(count, "worker"), overhead);
            if (workers.isEmpty() && overhead > EXPECTED_OVERHEAD_MILLIS) {
                complaints.add(String.format(
                        Locale.ROOT,
                        "A round costs %.0f ms besides computing: raise averaging.local-steps until that is little beside"
                                + " the steps' own time.",
                        overhead));
            }
        }
        for (int size : hidden) {
            for (int count : counts) {
                String setting = "network.hidden=" + size;
                print(
                        out,
                        "Averaging",
                        "%s, hidden %d: %.1f ms in the driver, %.1f ms in slices",
                        Counted.of(count, "worker"),
                        size,
                        overhead(spark, count, Topology.DRIVER, setting),
                        overhead(spark, count, Topology.SLICES, setting));
            }
        }
    }

    /** Rounds whose steps are next to nothing: what a round costs besides computing, in ms. */
    private double overhead(JavaSparkContext spark, int count, Topology topology, String... settings)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("training.steps=" + rounds, "data.batch-size=1", "data.sequence-length=1"));
        RunConfiguration run = configuration(all.toArray(String[]::new));
        TrainingState initial = TrainingState.initial(
                new Parameters(run.plan().network()), run.plan().training().optimizer());
        TrainingPlan plan = new TrainingPlan(
                run.seed(),
                run.plan().task(),
                run.plan().batching(),
                run.plan().network(),
                run.plan().training(),
                count,
                1,
                run.plan().outer());
        List<RoundReport> reports = ParameterAveraging.generating(spark, plan, new Execution(topology, null))
                .run(initial, state -> true)
                .state()
                .rounds();
        return median(reports.subList(reports.size() / 2, reports.size()));
    }

    private static double median(List<RoundReport> rounds) {
        double[] sorted = rounds.stream()
                .mapToDouble(RoundReport::overheadMillis)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private void verdict(PrintWriter out) {
        if (complaints.isEmpty()) {
            print(out, "Verdict", "all is well");
        }
        complaints.forEach(complaint -> print(out, "To mend", "%s", complaint));
    }

    private static void print(PrintWriter out, String what, String format, Object... values) {
        out.printf(Locale.ROOT, "%-14s %s%n", what, String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
