package cohort.cluster;

import cohort.evaluation.AccuracyTally;
import cohort.evaluation.ChoiceRule;
import cohort.evaluation.TrialEvaluator;
import cohort.evaluation.TrialOutcome;
import cohort.network.Parameters;
import cohort.task.Batching;
import cohort.task.PerceptualDecisionMaking;
import cohort.task.PerceptualDecisionSpec;
import cohort.task.Split;
import cohort.task.TrialSource;
import cohort.training.HeldOutLoss;
import cohort.training.Loss;
import java.util.ArrayList;
import java.util.List;

/**
 * A network and the held-out trials it is tested on. The work is cut into the same units for everyone, and what is added
 * up are integers, or doubles in the order of the units: it does not matter who does which.
 */
final class HeldOutTrials {
    /** Streams and windows of each that make one unit of the held-out loss; every phase of a trial comes up equally often. */
    private static final int LOSS_LANES = 20;

    private static final int LOSS_WINDOWS = 30;

    private final PerceptualDecisionSpec task;
    private final long seed;
    private final Parameters parameters;
    private final Workspaces workspaces;

    HeldOutTrials(PerceptualDecisionSpec task, long seed, Parameters parameters, Workspaces workspaces) {
        this.task = task;
        this.seed = seed;
        this.parameters = parameters;
        this.workspaces = workspaces;
    }

    /** Number of blocks that trials are evaluated in. */
    static long blocks(long trials) {
        return (trials + TrialEvaluator.BLOCK - 1) / TrialEvaluator.BLOCK;
    }

    /** Runs blocks of trials of the test split. */
    final class Blocks {
        private final TrialEvaluator evaluator;
        private final long trials;

        Blocks(long trials, ChoiceRule rule) {
            TrialSource source = new PerceptualDecisionMaking(task).trials(seed, Split.TEST);
            this.evaluator = new TrialEvaluator(
                    workspaces.network(parameters, source.maxSteps(), TrialEvaluator.BLOCK), source, rule);
            this.trials = trials;
        }

        List<TrialOutcome> evaluate(long block) {
            int count = (int) Math.min(TrialEvaluator.BLOCK, trials - block * TrialEvaluator.BLOCK);
            return evaluator.evaluate(block, count);
        }
    }

    /** Counts what the network does on trials 0 to {@code trials - 1}. */
    AccuracyTally accuracy(long trials, ChoiceRule rule) {
        Blocks evaluator = new Blocks(trials, rule);
        AccuracyTally tally = new AccuracyTally();
        for (long block = 0; block < blocks(trials); block++) {
            evaluator.evaluate(block).forEach(tally::add);
        }
        return tally;
    }

    /** Number of units of the held-out loss on at least this many trials or windows. */
    static int lossUnits(long sequences) {
        return Math.toIntExact((sequences + LOSS_LANES * LOSS_WINDOWS - 1) / (LOSS_LANES * LOSS_WINDOWS));
    }

    /** The weighted sum of the loss over one unit of batches of the validation split, and the sum of the weights. */
    double[] lossUnit(int unit, int units, Loss loss, Batching batching) {
        Batching lanes = new Batching(batching.form(), LOSS_LANES, batching.sequenceLength(), batching.periodWeights());
        TrialSource source = new PerceptualDecisionMaking(task).trials(seed, Split.VALIDATION);
        int steps = batching.form() == Batching.Form.WINDOWS ? batching.sequenceLength() : source.maxSteps();
        HeldOutLoss heldOut = new HeldOutLoss(
                workspaces.network(parameters, steps, LOSS_LANES), loss, lanes.open(source, unit, units));
        double[] total = new double[2];
        for (int window = 0; window < LOSS_WINDOWS; window++) {
            double[] sum = heldOut.evaluate(window);
            total[0] += sum[0];
            total[1] += sum[1];
        }
        return total;
    }

    /** The mean loss on at least this many trials or windows. */
    double loss(long sequences, Loss loss, Batching batching) {
        List<double[]> sums = new ArrayList<>();
        int units = lossUnits(sequences);
        for (int unit = 0; unit < units; unit++) {
            sums.add(lossUnit(unit, units, loss, batching));
        }
        return mean(sums);
    }

    /** The mean loss of all units, in their order. */
    static double mean(List<double[]> units) {
        double loss = 0;
        double weights = 0;
        for (double[] unit : units) {
            loss += unit[0];
            weights += unit[1];
        }
        return loss / weights;
    }
}
