package cohort.run;

import cohort.config.Keys;
import cohort.config.Settings;
import cohort.evaluation.EvaluationSpec;
import cohort.network.Activation;
import cohort.network.Cell;
import cohort.network.CellKind;
import cohort.network.Initialisation;
import cohort.network.NetworkSpec;
import cohort.network.RecurrentBias;
import cohort.task.Batching;
import cohort.task.Group;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.training.Clipping;
import cohort.training.Loss;
import cohort.training.Optimizer;
import cohort.training.OuterStep;
import cohort.training.Reduction;
import cohort.training.Schedule;
import cohort.training.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

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
    static final int MANY = 1_000_000_000;

    private static final int TRIALS_LOOKED_AT = 3;

    /** Keys that do not count in the checksum: they change no bit of the result, or stand in the run's id themselves. */
    public static final List<String> WITHOUT_EFFECT =
            List.of("name", "seed", "warehouse", "checkpoint", "cluster", "sweep");

    public static RunConfiguration of(Settings settings) {
        String name = settings.text("name");
        Names.problemOfExperiment(name).ifPresent(problem -> {
            throw settings.error("name", problem);
        });
        long seed = settings.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        Task task = TaskFactory.chosen(settings);
        NetworkSpec network = network(settings, task.signature());
        Batching batching = batching(settings, task.signature());
        TrainingPlan plan = new TrainingPlan(
                seed,
                task,
                batching,
                network,
                training(settings),
                (int) settings.integer("averaging.workers", 1, 100_000),
                (int) settings.integer("averaging.local-steps", 1, MANY),
                new OuterStep(
                        settings.single(
                                "averaging.outer.learning-rate", "above 0 and at most 1000", v -> v > 0 && v <= 1000),
                        settings.single(
                                "averaging.outer.momentum", "at least 0 and below 1", RunConfiguration::isFraction)));
        RunSizes.check(settings, plan);
        requireTargets(settings, plan);
        RunSpec spec = new RunSpec(
                name + "-seed" + seed + "-" + checksum(settings.identity(WITHOUT_EFFECT, unused(settings))),
                name,
                plan,
                settings.choice("network.initialisation", Initialisation.class),
                settings.file("network.initial-model"),
                until(settings),
                EvaluationSettings.of(settings, task),
                settings.render("sweep"));
        String table = settings.text("data.table");
        if (!table.isEmpty()) {
            Names.problemOfTable(table).ifPresent(problem -> {
                throw settings.error("data.table", problem);
            });
        }
        return new RunConfiguration(
                spec,
                settings.path("warehouse"),
                table,
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

    public Task task() {
        return spec.plan().task();
    }

    /** What losses of the training are counted in: "nats per time step". */
    public String lossUnit() {
        return plan().training().loss().unit();
    }

    /** The lowest mean cross-entropy any network can reach on the training batches, nats per time step; NaN for another loss, or if nobody knows. */
    public double lowestLoss() {
        if (plan().training().loss() != Loss.CROSS_ENTROPY) {
            return Double.NaN;
        }
        return task().ideal()
                .map(ideal -> ideal.lowestCrossEntropy(plan().batching(), seed()))
                .orElse(Double.NaN);
    }

    public EvaluationSpec evaluation() {
        return spec.evaluation();
    }

    /** What is allowed, and may yet be another thing than the configuration's author had in mind: a line each. */
    public List<String> notes() {
        return RunNotes.of(this);
    }

    /** Keys whose values differ from those of another resolved configuration: "key: its value there, here its value". */
    public List<String> differencesFrom(String other) {
        return Keys.differences(other, spec.config(), WITHOUT_EFFECT.toArray(String[]::new));
    }

    /** Keys of kinds that were not chosen: whatever they say, the result is the same. */
    private static List<String> unused(Settings settings) {
        List<String> unused = new ArrayList<>();
        if (settings.choice("network.cell", CellKind.class) != CellKind.LEAKY) {
            unused.addAll(List.of("network.tau", "network.activation", "network.bias"));
        }
        unused.add("task.source"); // its digest counts, wherever it lies
        if (!settings.text("network.initial-model").isEmpty()) {
            unused.add("network.initialisation");
        }
        if (settings.choice("data.form", Batching.Form.class) == Batching.Form.TRIALS) {
            unused.add("data.sequence-length");
        }
        String optimizer = "training.optimizer.";
        switch (settings.choice(optimizer + "name", OptimizerName.class)) {
            case ADAM -> unused.addAll(List.of(optimizer + "weight-decay", optimizer + "momentum"));
            case ADAMW -> unused.add(optimizer + "momentum");
            case SGD ->
                unused.addAll(List.of(
                        optimizer + "weight-decay", optimizer + "beta1", optimizer + "beta2", optimizer + "epsilon"));
        }
        if (settings.choice("training.until.figure", Until.Figure.class) == Until.Figure.NONE) {
            unused.addAll(List.of("training.until.bound", "training.until.every"));
        }
        if (!EvaluationSettings.hasThreshold(settings)) {
            unused.add("evaluation.threshold");
        }
        if (settings.choice("training.clipping.mode", Clipping.Mode.class) == Clipping.Mode.NONE) {
            unused.add("training.clipping.limit");
        }
        return unused;
    }

    /** The cross-entropy of a step that asks for no output, or for two of a group, has no lower bound: nothing could be learned. */
    private static void requireTargets(Settings settings, TrainingPlan plan) {
        if (plan.training().loss() != Loss.CROSS_ENTROPY) {
            return;
        }
        TrialSource trials = plan.task().trials(plan.seed(), Split.TRAIN);
        Trial trial = new Trial(trials.signature());
        for (int index = 0; index < TRIALS_LOOKED_AT; index++) {
            trials.read(index, trial);
            for (int step = 0; step < trial.steps(); step++) {
                for (Group group : trials.signature().outputs()) {
                    double asked = 0;
                    for (int output = group.first(); output < group.end(); output++) {
                        asked += trial.targets()[step * trial.outputs() + output];
                    }
                    if (Math.abs(asked - 1) > 1e-3 && trial.weights()[step] > 0) {
                        throw settings.error(
                                "training.loss",
                                "asks for one output of each group at each step, which task "
                                        + trials.signature().name() + " does not in period "
                                        + trial.timeline().periodAt(step)
                                        + ": trial.target(period, output) in the task, or mean-squared-error");
                    }
                }
            }
        }
    }

    private static boolean isPositive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY;
    }

    private static boolean isFraction(double value) {
        return value >= 0 && value < 1;
    }

    private static NetworkSpec network(Settings settings, Signature task) {
        double tau = settings.single("network.tau", "milliseconds above 0", RunConfiguration::isPositive);
        if (tau < task.dtMillis()) {
            throw settings.error("network.tau", "must be at least task.dt = " + task.dtMillis());
        }
        if (1 - (float) (task.dtMillis() / tau) == 1) {
            throw settings.error(
                    "network.tau",
                    "is so long that units leak nothing in a step of task.dt = " + task.dtMillis()
                            + ": must be at most " + (float) (task.dtMillis() * (1 << 24)));
        }
        Cell cell = settings.choice("network.cell", CellKind.class)
                .of(
                        task.dtMillis() / tau,
                        settings.choice("network.activation", Activation.class),
                        settings.choice("network.bias", RecurrentBias.class));
        return new NetworkSpec(
                task.channels(),
                (int) settings.integer("network.hidden", 1, 16384),
                (int) settings.integer("network.layers", 1, 100),
                task.outputCount(),
                cell);
    }

    private static Batching batching(Settings settings, Signature task) {
        List<Double> weights = new ArrayList<>();
        for (String period : task.periodNames()) {
            String path = "training.period-weights." + period;
            weights.add(
                    settings.has(path) // recorded trials have weights of their own
                            ? settings.single(
                                    path, "0, or from 1e-12 to 1e12", v -> v == 0 || (v >= 1e-12f && v <= 1e12))
                            : 1);
        }
        Batching.Form form = settings.choice("data.form", Batching.Form.class);
        int batchSize = (int) settings.integer("data.batch-size", 1, 100_000);
        int sequenceLength = (int) settings.integer("data.sequence-length", 1, 10_000_000);
        return settings.within("training.period-weights", () -> new Batching(form, batchSize, sequenceLength, weights));
    }

    private static Until until(Settings settings) {
        Until.Figure figure = settings.choice("training.until.figure", Until.Figure.class);
        double bound = settings.number("training.until.bound", "a number", v -> true);
        boolean isFraction = figure != Until.Figure.NONE && figure != Until.Figure.LOSS;
        if (isFraction && !(bound > 0 && bound <= 1)) {
            throw settings.error("training.until.bound", "must be above 0 and at most 1 for training.until.figure");
        }
        if (figure == Until.Figure.LOSS && !(bound > 0)) {
            throw settings.error("training.until.bound", "must be above 0 for training.until.figure = loss");
        }
        return new Until(figure, bound, (int) settings.integer("training.until.every", 1, MANY));
    }

    private static TrainingSpec training(Settings settings) {
        long steps = settings.integer("training.steps", 1, MANY);
        Optimizer optimizer = optimizer(settings);
        return new TrainingSpec(
                steps,
                settings.choice("training.loss", Loss.class),
                settings.choice("training.reduction", Reduction.class),
                optimizer,
                schedule(settings, steps, optimizer),
                new Clipping(
                        settings.choice("training.clipping.mode", Clipping.Mode.class),
                        settings.single(
                                "training.clipping.limit",
                                "above 0: from 1e-30 to 1e30",
                                v -> v >= 1e-30f && v <= 1e30f)));
    }

    private static Schedule schedule(Settings settings, long steps, Optimizer optimizer) {
        String rate = "training.optimizer.learning-rate";
        double peak = settings.single(rate, "a number above 0", RunConfiguration::isPositive);
        if (optimizer instanceof Optimizer.Adam adam) {
            if (!Float.isFinite((float) (peak / (1 - adam.beta1())))) {
                throw settings.error(rate, "over 1 - beta1 is infinite in single precision: make it smaller");
            }
            if (peak * adam.weightDecay() > 1) {
                throw settings.error(
                        "training.optimizer.weight-decay",
                        "times the learning rate is " + peak * adam.weightDecay()
                                + ", more than the whole of a weight at each step; must be at most 1");
            }
        }
        long warmup = settings.integer("training.schedule.warmup-steps", 0, steps);
        if ((float) (peak / (warmup + 1)) < Float.MIN_NORMAL) {
            throw settings.error(
                    rate, "is as good as 0 in single precision at the first of " + warmup + " warm-up steps");
        }
        double last = settings.single("training.schedule.final-fraction", "from 0 to 1", v -> v >= 0 && v <= 1);
        if (last > 0 && (float) (peak * last) < Float.MIN_NORMAL) {
            throw settings.error(
                    "training.schedule.final-fraction", "times the learning rate is as good as 0 in single precision");
        }
        return new Schedule(
                peak, settings.choice("training.schedule.shape", Schedule.Shape.class), warmup, steps, last);
    }

    private enum OptimizerName {
        ADAM,
        ADAMW,
        SGD
    }

    private static Optimizer optimizer(Settings settings) {
        String section = "training.optimizer.";
        OptimizerName name = settings.choice(section + "name", OptimizerName.class);
        double beta1 = settings.single(section + "beta1", "at least 0 and below 1", RunConfiguration::isFraction);
        double beta2 = settings.single(section + "beta2", "at least 0 and below 1", RunConfiguration::isFraction);
        double epsilon = settings.single(section + "epsilon", "a number above 0", RunConfiguration::isPositive);
        double decay = settings.single(section + "weight-decay", "a number of at least 0", v -> v >= 0);
        double momentum = settings.single(section + "momentum", "at least 0 and below 1", RunConfiguration::isFraction);
        return switch (name) {
            case ADAM -> new Optimizer.Adam(beta1, beta2, epsilon, 0);
            case ADAMW -> new Optimizer.Adam(beta1, beta2, epsilon, decay);
            case SGD -> new Optimizer.Sgd(momentum);
        };
    }

    private static String checksum(String text) {
        return DigestUtils.sha256Hex(text).substring(0, 8);
    }
}
