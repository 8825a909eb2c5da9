package cohort.run;

import cohort.evaluation.AccuracyTally;
import cohort.evaluation.EvaluationSpec;
import cohort.evaluation.NoiseTally;
import cohort.evaluation.TrialActivity;
import cohort.evaluation.TrialEvaluator;
import cohort.evaluation.TrialOutcome;
import cohort.network.Parameters;
import cohort.task.Batching;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import cohort.training.HeldOutLoss;
import java.util.ArrayList;
import java.util.List;

/**
 * A network and the held-out trials of its run. The work is cut into the same units for everyone, and what is added
 * up are integers, or doubles in the order of the units: it does not matter who does which.
 */
public final class HeldOutTrials {
    /** Windows of each stream that make one unit of the held-out loss; every phase of a trial comes up equally often. */
    private static final int LOSS_WINDOWS = 30;

    private final RunSpec run;
    private final Parameters parameters;
    private final Workspaces workspaces;

    public HeldOutTrials(RunSpec run, Parameters parameters, Workspaces workspaces) {
        this.run = run;
        this.parameters = parameters;
        this.workspaces = workspaces;
    }

    /** Number of blocks that trials are evaluated in. */
    public static long blocks(long trials) {
        return (trials + TrialEvaluator.BLOCK - 1) / TrialEvaluator.BLOCK;
    }

    /** How many trials of a block are among the first {@code trials}. */
    public static int inBlock(long block, long trials) {
        return (int) Math.min(TrialEvaluator.BLOCK, trials - block * TrialEvaluator.BLOCK);
    }

    /** Runs blocks of trials of the test split. */
    public TrialEvaluator evaluator() {
        return evaluator(Split.TEST);
    }

    /** Runs blocks of trials of a split. */
    public TrialEvaluator evaluator(Split split) {
        TrialSource source = trials(split);
        return new TrialEvaluator(
                workspaces.network(parameters, source.signature().maxSteps(), TrialEvaluator.BLOCK),
                run.plan().task(),
                source,
                run.response());
    }

    /** Fraction of right answers of who guesses. */
    public static double chance(RunSpec run) {
        return run.response().chance();
    }

    private TrialSource trials(Split split) {
        return run.plan().task().trials(run.seed(), split);
    }

    /** Counts what the network does on as many trials of a split as the run asks for. */
    public AccuracyTally tally(Split split) {
        long trials = run.evaluation().trials();
        TrialEvaluator evaluator = evaluator(split);
        AccuracyTally tally = new AccuracyTally(chance(run));
        for (long block = 0; block < blocks(trials); block++) {
            for (TrialOutcome outcome : evaluator.evaluate(block, inBlock(block, trials))) {
                tally.add(outcome);
            }
        }
        return tally;
    }

    /** Records what the units do in trials 0 to {@code trials - 1} of the test split. */
    public List<TrialActivity> activity(int trials) {
        TrialEvaluator evaluator = evaluator();
        List<TrialActivity> activities = new ArrayList<>();
        for (long block = 0; block < blocks(trials); block++) {
            activities.addAll(evaluator.record(block, inBlock(block, trials)));
        }
        return activities;
    }

    /**
     * Adds up the noise before each choice in a block of trials of the test split; see {@link NoiseTally}.
     *
     * @param evaluator of that split
     * @param trials as many of them as are among the first {@code trials}
     */
    public NoiseTally noise(TrialEvaluator evaluator, long block, long trials) {
        Task task = run.plan().task();
        TrialSource source = trials(Split.TEST);
        NoiseTally tally = new NoiseTally(source.signature(), task.psychometry().orElseThrow());
        Trial shown = new Trial(source.signature());
        Trial silent = new Trial(source.signature());
        silent.silence();
        for (TrialOutcome outcome : evaluator.evaluate(block, inBlock(block, trials))) {
            source.read(outcome.trial(), shown);
            source.read(outcome.trial(), silent);
            tally.add(outcome, shown, silent);
        }
        return tally;
    }

    /** Number of units of the held-out loss. */
    public static int lossUnits(RunSpec run) {
        int sequences = run.evaluation().lossSequences();
        return Math.toIntExact((sequences + EvaluationSpec.LOSS_LANES * LOSS_WINDOWS - 1L)
                / (EvaluationSpec.LOSS_LANES * LOSS_WINDOWS));
    }

    /**
     * The weighted sum of the loss over one unit of batches of the validation split, cut as the training batches are, and the sum
     * of the weights.
     */
    public double[] lossUnit(int unit) {
        Batching batching = run.plan().batching();
        Batching lanes = new Batching(
                batching.form(), EvaluationSpec.LOSS_LANES, batching.sequenceLength(), batching.periodWeights());
        TrialSource source = trials(Split.VALIDATION);
        int steps = batching.steps(source.signature());
        HeldOutLoss heldOut = new HeldOutLoss(
                workspaces.network(parameters, steps, EvaluationSpec.LOSS_LANES),
                run.plan().training().loss(),
                lanes.open(source, unit, lossUnits(run)));
        double[] total = new double[2];
        for (int window = 0; window < LOSS_WINDOWS; window++) {
            double[] sum = heldOut.evaluate(window);
            total[0] += sum[0];
            total[1] += sum[1];
        }
        return total;
    }

    /** The mean loss on at least as many trials or windows as the run asks for. */
    double loss() {
        List<double[]> sums = new ArrayList<>();
        for (int unit = 0; unit < lossUnits(run); unit++) {
            sums.add(lossUnit(unit));
        }
        return mean(sums);
    }

    /** The mean loss of all units, in their order. */
    public static double mean(List<double[]> units) {
        double loss = 0;
        double weights = 0;
        for (double[] unit : units) {
            loss += unit[0];
            weights += unit[1];
        }
        return loss / weights;
    }
}
