package cohort.experiment;

import cohort.cluster.RunSpec;
import cohort.cluster.Topology;
import cohort.cluster.TrainingPlan;
import cohort.evaluation.ChoiceRule;
import cohort.evaluation.EvaluationSpec;
import cohort.network.Activation;
import cohort.network.Cell;
import cohort.network.CellKind;
import cohort.network.Initialisation;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentBias;
import cohort.network.RecurrentNetwork;
import cohort.task.Batching;
import cohort.task.FixationMode;
import cohort.task.PerceptualDecisionMaking;
import cohort.task.PerceptualDecisionSpec;
import cohort.task.Period;
import cohort.training.Clipping;
import cohort.training.Loss;
import cohort.training.Optimizer;
import cohort.training.OuterStep;
import cohort.training.Reduction;
import cohort.training.Schedule;
import cohort.training.TrainingSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * One run, as its configuration file describes it.
 *
 * @param spec all that determines the result
 * @param warehouse folder of the tables and models
 * @param table table to read training trials from, or empty
 * @param checkpointRounds averaging rounds between two checkpoints
 */
public record RunConfiguration(
        RunSpec spec, String warehouse, String table, int checkpointRounds, Topology topology, MixedBlas mixedBlas) {
    /** Largest count that is surely no slip of the finger, and whose arrays fit Java's. */
    private static final int MANY = 1_000_000_000;

    /** Keys that do not count in the checksum: they change no bit of the result, or stand in the run's id themselves. */
    public static final List<String> WITHOUT_EFFECT =
            List.of("name", "seed", "warehouse", "checkpoint", "cluster", "sweep");

    public static RunConfiguration of(Settings settings) {
        String name = settings.text("name");
        Names.problemOfExperiment(name).ifPresent(problem -> {
            throw settings.error("name", problem);
        });
        long seed = settings.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        PerceptualDecisionSpec task = task(settings);
        NetworkSpec network = network(settings, task);
        Batching batching = batching(settings);
        requireFits(settings, task, network, batching);
        TrainingPlan plan = new TrainingPlan(
                seed,
                task,
                batching,
                network,
                training(settings),
                (int) settings.integer("averaging.workers", 1, 100_000),
                (int) settings.integer("averaging.local-steps", 1, MANY),
                new OuterStep(
                        settings.number(
                                "averaging.outer.learning-rate", "a number above 0", RunConfiguration::isPositive),
                        settings.number(
                                "averaging.outer.momentum", "at least 0 and below 1", RunConfiguration::isFraction)));
        RunSpec spec = new RunSpec(
                name + "-seed" + seed + "-" + checksum(settings.render(WITHOUT_EFFECT.toArray(String[]::new))),
                name,
                plan,
                settings.choice("network.initialisation", Initialisation.class),
                settings.text("network.initial-model"),
                new EvaluationSpec(
                        (int) settings.integer("evaluation.trials", 1, MANY),
                        settings.choice("evaluation.choice", ChoiceRule.class),
                        (int) settings.integer("evaluation.loss-sequences", 1, MANY)),
                settings.render("sweep"));
        return new RunConfiguration(
                spec,
                settings.text("warehouse"),
                settings.text("data.table"),
                (int) settings.integer("checkpoint.rounds", 1, MANY),
                settings.choice("cluster.averaging", Topology.class),
                settings.choice("cluster.mixed-blas", MixedBlas.class));
    }

    public String runId() {
        return spec.runId();
    }

    public String name() {
        return spec.name();
    }

    public long seed() {
        return spec.seed();
    }

    public TrainingPlan plan() {
        return spec.plan();
    }

    public EvaluationSpec evaluation() {
        return spec.evaluation();
    }

    /** Keys whose values differ from those of another resolved configuration: "key: its value there, here its value". */
    public List<String> differencesFrom(String other) {
        return Settings.differences(other, spec.config(), WITHOUT_EFFECT.toArray(String[]::new));
    }

    private static boolean isPositive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY;
    }

    private static boolean isFraction(double value) {
        return value >= 0 && value < 1;
    }

    private static PerceptualDecisionSpec task(Settings settings) {
        return within(
                settings,
                "task.timing",
                () -> new PerceptualDecisionSpec(
                        settings.number("task.dt", "milliseconds above 0", RunConfiguration::isPositive),
                        (int) settings.integer("task.ring-size", 2, 4096),
                        coherences(settings),
                        settings.number("task.sigma", "a number of at least 0", v -> v >= 0 && v < 1e30),
                        settings.choice("task.fixation", FixationMode.class),
                        settings.duration("task.timing.fixation"),
                        settings.duration("task.timing.stimulus"),
                        settings.duration("task.timing.delay"),
                        settings.duration("task.timing.decision")));
    }

    private static List<Double> coherences(Settings settings) {
        List<Double> coherences = settings.numbers("task.coherences");
        boolean allowed = !coherences.isEmpty()
                && coherences.stream().allMatch(c -> c >= 0 && c <= 100)
                && coherences.stream().distinct().count() == coherences.size();
        if (!allowed) {
            throw settings.error("task.coherences", "must be different percentages, 0 to 100");
        }
        return coherences;
    }

    private static NetworkSpec network(Settings settings, PerceptualDecisionSpec task) {
        double tau = settings.number("network.tau", "milliseconds above 0", RunConfiguration::isPositive);
        if (tau < task.dtMillis()) {
            throw settings.error("network.tau", "must be at least task.dt = " + task.dtMillis());
        }
        PerceptualDecisionMaking sizes = new PerceptualDecisionMaking(task);
        Cell cell = settings.choice("network.cell", CellKind.class)
                .of(
                        task.dtMillis() / tau,
                        settings.choice("network.activation", Activation.class),
                        settings.choice("network.bias", RecurrentBias.class));
        return new NetworkSpec(
                sizes.inputs(),
                (int) settings.integer("network.hidden", 1, 16384),
                (int) settings.integer("network.layers", 1, 100),
                sizes.outputs(),
                cell);
    }

    private static Batching batching(Settings settings) {
        List<Double> weights = new ArrayList<>();
        for (Period period : Period.values()) {
            String path = "training.period-weights." + period.label();
            weights.add(settings.number(path, "a number of at least 0", v -> v >= 0 && v < 1e30));
        }
        Batching.Form form = settings.choice("data.form", Batching.Form.class);
        int batchSize = (int) settings.integer("data.batch-size", 1, 100_000);
        int sequenceLength = (int) settings.integer("data.sequence-length", 1, 10_000_000);
        return within(
                settings, "training.period-weights", () -> new Batching(form, batchSize, sequenceLength, weights));
    }

    /** Java's arrays hold 2^31 values: more time steps, lanes or units than that are refused before anything starts. */
    private static void requireFits(
            Settings settings, PerceptualDecisionSpec task, NetworkSpec network, Batching batching) {
        long steps = batching.form() == Batching.Form.WINDOWS
                ? batching.sequenceLength()
                : new PerceptualDecisionMaking(task).maxSteps();
        if (RecurrentNetwork.largestArray(network, steps, batching.batchSize()) > Integer.MAX_VALUE - 64) {
            throw settings.error(
                    "data.batch-size",
                    "a batch of " + steps + " steps, " + batching.batchSize() + " lanes and " + network.hidden()
                            + " units does not fit an array; make one of them smaller");
        }
        if (Parameters.weights(network) > Integer.MAX_VALUE / 2) {
            throw settings.error(
                    "network.hidden",
                    "a network of " + Parameters.weights(network)
                            + " weights does not fit an array; make network.hidden or network.layers smaller");
        }
    }

    private static TrainingSpec training(Settings settings) {
        long steps = settings.integer("training.steps", 1, MANY);
        Clipping.Mode clipping = settings.choice("training.clipping.mode", Clipping.Mode.class);
        return new TrainingSpec(
                steps,
                settings.choice("training.loss", Loss.class),
                settings.choice("training.reduction", Reduction.class),
                optimizer(settings),
                new Schedule(
                        settings.number(
                                "training.optimizer.learning-rate", "a number above 0", RunConfiguration::isPositive),
                        settings.choice("training.schedule.shape", Schedule.Shape.class),
                        settings.integer("training.schedule.warmup-steps", 0, steps),
                        steps,
                        settings.number("training.schedule.final-fraction", "from 0 to 1", v -> v >= 0 && v <= 1)),
                new Clipping(
                        clipping,
                        settings.number("training.clipping.limit", "a number above 0", RunConfiguration::isPositive)));
    }

    private enum OptimizerName {
        ADAM,
        ADAMW,
        SGD
    }

    private static Optimizer optimizer(Settings settings) {
        String section = "training.optimizer.";
        OptimizerName name = settings.choice(section + "name", OptimizerName.class);
        double beta1 = settings.number(section + "beta1", "at least 0 and below 1", RunConfiguration::isFraction);
        double beta2 = settings.number(section + "beta2", "at least 0 and below 1", RunConfiguration::isFraction);
        double epsilon = settings.number(section + "epsilon", "a number above 0", RunConfiguration::isPositive);
        double decay = settings.number(section + "weight-decay", "a number of at least 0", v -> v >= 0 && v < 1e30);
        double momentum = settings.number(section + "momentum", "at least 0 and below 1", RunConfiguration::isFraction);
        return switch (name) {
            case ADAM -> new Optimizer.Adam(beta1, beta2, epsilon, 0);
            case ADAMW -> new Optimizer.Adam(beta1, beta2, epsilon, decay);
            case SGD -> new Optimizer.Sgd(momentum);
        };
    }

    /** Runs a constructor whose complaint concerns several keys of a section. */
    private static <T> T within(Settings settings, String path, Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            throw settings.error(path, e.getMessage());
        }
    }

    private static String checksum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }
}
