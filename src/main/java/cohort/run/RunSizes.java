package cohort.run;

import cohort.config.Settings;
import cohort.evaluation.EvaluationSpec;
import cohort.evaluation.TrialEvaluator;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.network.RecurrentNetwork;
import cohort.task.Batching;
import cohort.task.PeriodSpec;
import cohort.task.Signature;

/**
 * Whether all that a run will ever need fits Java's arrays, which hold 2^31 values: training, evaluation and checkpoints are looked at
 * before the first of them begins.
 */
public final class RunSizes {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 64;

    /** A report is kept of each round, and written with every checkpoint. */
    private static final int MOST_ROUNDS = 1_000_000;

    /** Bytes of a file besides its tensors, at most. */
    private static final int HEADER = 1 << 20;

    private RunSizes() {}

    static void check(Settings settings, TrainingPlan plan) {
        long rounds = (plan.training().steps() + plan.localSteps() - 1) / plan.localSteps();
        if (rounds > MOST_ROUNDS) {
            throw settings.error(
                    "averaging.local-steps",
                    "that is " + rounds + " rounds for training.steps = "
                            + plan.training().steps() + "; at most " + MOST_ROUNDS + " are possible");
        }
        long longest = steps(plan.task().signature());
        if (longest > LARGEST_ARRAY) {
            throw settings.error("task.dt", "a trial of " + longest + " steps does not fit an array; make it larger");
        }
        checkNetwork(settings, plan);
        Batching batching = plan.batching();
        boolean windows = batching.form() == Batching.Form.WINDOWS;
        checkBatch(
                settings,
                "data.batch-size",
                "a batch",
                plan.network(),
                windows ? batching.sequenceLength() : longest,
                batching.batchSize());
        checkBatch(settings, "task.timing", "a block of the evaluation", plan.network(), longest, TrialEvaluator.BLOCK);
        if (windows) {
            checkBatch(
                    settings,
                    "data.sequence-length",
                    "a block of the held-out loss",
                    plan.network(),
                    batching.sequenceLength(),
                    EvaluationSpec.LOSS_LANES);
        }
    }

    /** Bytes that a logical worker's training holds at once, at least: weights and their moments, and the traces of a batch. */
    public static double leastMemory(TrainingPlan plan) {
        NetworkSpec network = plan.network();
        Batching batching = plan.batching();
        long steps = batching.form() == Batching.Form.WINDOWS
                ? batching.sequenceLength()
                : steps(plan.task().signature());
        double weights =
                Parameters.weights(network) * (2.0 + plan.training().optimizer().moments());
        return Float.BYTES
                * (weights + network.layers() * RecurrentNetwork.largestArray(network, steps, batching.batchSize()));
    }

    /** Steps of the longest trial. */
    private static long steps(Signature task) {
        double steps = 0;
        for (PeriodSpec period : task.periods()) {
            steps += Math.floor(period.duration().maxMillis() / task.dtMillis());
        }
        return (long) Math.min(steps, Long.MAX_VALUE);
    }

    private static void checkNetwork(Settings settings, TrainingPlan plan) {
        long weights = Parameters.weights(plan.network());
        long states = plan.training().optimizer().moments() + 1L; // and the outer step's velocity
        long biases = weights / 8; // fewer, in a network of this size
        if (states * Float.BYTES * (weights + biases) + HEADER > LARGEST_ARRAY) {
            throw settings.error(
                    "network.hidden",
                    "a network of " + weights
                            + " weights, or the optimizer's state of it in a checkpoint, does not fit an"
                            + " array; make network.hidden or network.layers smaller");
        }
    }

    private static void checkBatch(
            Settings settings, String key, String what, NetworkSpec network, long steps, int lanes) {
        if (RecurrentNetwork.largestArray(network, steps, lanes) > LARGEST_ARRAY) {
            throw settings.error(
                    key,
                    what + " of " + steps + " steps, " + lanes + " lanes and " + network.hidden()
                            + " units does not fit an array; make one of them smaller");
        }
    }
}
