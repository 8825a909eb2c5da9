package cohort.evaluation;

import cohort.network.Parameters;
import cohort.network.RecurrentNetwork;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.Arrays;

/**
 * The first trials of a split and what a network did in them, as arrays for other programs. Arrays are flat in the order
 * [time, batch, ...] of PyTorch's recurrent networks, one trial beside the other; steps after a trial's end hold 0, and
 * {@value #NO_TARGET} as target. Accessors do not copy.
 */
public final class TrialArrays {
    /** Target of the steps after a trial's end: the one that PyTorch's cross-entropy ignores by default. */
    public static final int NO_TARGET = -100;

    /** Java's largest array, with room for the header some machines take from it. */
    private static final long MOST_VALUES = Integer.MAX_VALUE - 64;

    private final int time;
    private final int batch;
    private final int channels;
    private final int outputCount;
    private final int units;
    private final float[] observations;
    private final int[] targets;
    private final int[] steps;
    private final double[] coherence;
    private final int[] groundTruth;
    private final int[] choice;
    private final float[] outputs;
    private final float[] states;

    private TrialArrays(int time, int batch, int channels, int outputCount, int units) {
        this.time = time;
        this.batch = batch;
        this.channels = channels;
        this.outputCount = outputCount;
        this.units = units;
        int rows = time * batch;
        this.observations = new float[rows * channels];
        this.targets = new int[rows];
        this.steps = new int[batch];
        this.coherence = new double[batch];
        this.groundTruth = new int[batch];
        this.choice = new int[batch];
        this.outputs = new float[rows * outputCount];
        this.states = new float[rows * units];
        Arrays.fill(targets, NO_TARGET);
    }

    /**
     * Runs trials 0 to {@code count - 1} through a network.
     *
     * @param rule where choices are read
     * @throws IllegalArgumentException if there are so many trials that they do not fit an array, or a state is not finite
     */
    public static TrialArrays record(Parameters network, TrialSource trials, ChoiceRule rule, int count) {
        int longest = 0;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, trials.steps(i));
        }
        int widest = Math.max(
                network.spec().hidden(),
                Math.max(trials.signature().inputs(), trials.signature().outputs()));
        if ((double) longest * count * widest > MOST_VALUES) {
            throw new IllegalArgumentException(
                    count + " trials of " + longest + " steps x " + widest + " values do not fit an array");
        }
        TrialArrays arrays = new TrialArrays(
                longest,
                count,
                trials.signature().inputs(),
                trials.signature().outputs(),
                network.spec().hidden());
        arrays.fill(network, trials, rule);
        return arrays;
    }

    /** In the blocks of every evaluation, so that choices are those in the tables. */
    private void fill(Parameters network, TrialSource trials, ChoiceRule rule) {
        RecurrentNetwork rnn =
                new RecurrentNetwork(network.spec(), trials.signature().maxSteps(), TrialEvaluator.BLOCK);
        rnn.load(network);
        TrialEvaluator evaluator = new TrialEvaluator(rnn, trials, rule);
        Trial trial = new Trial(trials.signature());
        for (int first = 0; first < batch; first += TrialEvaluator.BLOCK) {
            int inBlock = Math.min(TrialEvaluator.BLOCK, batch - first);
            int lane = 0;
            for (TrialActivity activity : evaluator.record(first / TrialEvaluator.BLOCK, inBlock)) {
                trials.read(first + lane, trial);
                keepTrial(first + lane, trial);
                keepActivity(first + lane, activity, rnn.outputs(), lane);
                lane++;
            }
        }
    }

    private void keepTrial(int at, Trial trial) {
        steps[at] = trial.steps();
        coherence[at] = trial.factor("coherence");
        groundTruth[at] = trial.answer();
        for (int step = 0; step < trial.steps(); step++) {
            int row = step * batch + at;
            targets[row] = trial.target(step);
            System.arraycopy(trial.observations(), step * channels, observations, row * channels, channels);
        }
    }

    private void keepActivity(int at, TrialActivity activity, float[] blockOutputs, int lane) {
        choice[at] = activity.outcome().choice();
        for (int step = 0; step < activity.steps(); step++) {
            int row = step * batch + at;
            System.arraycopy(activity.states(), step * units, states, row * units, units);
            int from = (step * TrialEvaluator.BLOCK + lane) * outputCount;
            System.arraycopy(blockOutputs, from, outputs, row * outputCount, outputCount);
        }
    }

    /** Steps of the longest trial. */
    public int time() {
        return time;
    }

    /** Number of trials. */
    public int batch() {
        return batch;
    }

    public int channels() {
        return channels;
    }

    public int outputCount() {
        return outputCount;
    }

    public int units() {
        return units;
    }

    /** What the network observes, [time, batch, channel]. */
    public float[] observations() {
        return observations;
    }

    /** Right output at each step: 0 fixate, or the choice, [time, batch]. */
    public int[] targets() {
        return targets;
    }

    /** Length of each trial in steps, [batch]. */
    public int[] steps() {
        return steps;
    }

    /** Strength of the evidence in percent, [batch]. */
    public double[] coherence() {
        return coherence;
    }

    /** The correct choice, 1 to ring size, [batch]. */
    public int[] groundTruth() {
        return groundTruth;
    }

    /** The network's choice, 1 to ring size, or 0 if it kept fixating, [batch]. */
    public int[] choice() {
        return choice;
    }

    /** o, [time, batch, output]. */
    public float[] outputs() {
        return outputs;
    }

    /** h, [time, batch, unit]. */
    public float[] states() {
        return states;
    }
}
