package cohort.evaluation;

import cohort.network.Parameters;
import cohort.network.RecurrentNetwork;
import cohort.task.Response;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first trials of a split and what a network did in them, as arrays for other programs. Arrays are flat in the order
 * [time, batch, ...] of PyTorch's recurrent networks, one trial beside the other; steps after a trial's end hold 0. Accessors do not
 * copy.
 */
public final class TrialArrays {
    /** Java's largest array, with room for the header some machines take from it. */
    private static final long MOST_VALUES = Integer.MAX_VALUE - 64;

    private final int time;
    private final int batch;
    private final int channels;
    private final int outputCount;
    private final int units;
    private final float[] inputs;
    private final float[] targets;
    private final float[] weights;
    private final int[] steps;
    private final Map<String, double[]> factors = new LinkedHashMap<>();
    private final int[] answer;
    private final int[] choice;
    private final double[] value;
    private final float[] outputs;
    private final float[] states;

    private TrialArrays(int time, int batch, Signature task, int units) {
        this.time = time;
        this.batch = batch;
        this.channels = task.channels();
        this.outputCount = task.outputCount();
        this.units = units;
        int rows = time * batch;
        this.inputs = new float[rows * channels];
        this.targets = new float[rows * outputCount];
        this.weights = new float[rows];
        this.steps = new int[batch];
        task.factors().forEach(factor -> factors.put(factor.name(), new double[batch]));
        this.answer = new int[batch];
        this.choice = new int[batch];
        this.value = new double[batch];
        this.outputs = new float[rows * outputCount];
        this.states = new float[rows * units];
    }

    /**
     * Runs trials 0 to {@code count - 1} through a network.
     *
     * @param trials trials of the task
     * @param response how answers are read
     * @throws IllegalArgumentException if there are so many trials that they do not fit an array, or a state is not finite
     */
    public static TrialArrays record(Parameters network, Task task, TrialSource trials, Response response, int count) {
        int longest = 0;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, trials.steps(i));
        }
        Signature signature = trials.signature();
        int widest = Math.max(network.spec().hidden(), Math.max(signature.channels(), signature.outputCount()));
        if ((double) longest * count * widest > MOST_VALUES) {
            throw new IllegalArgumentException(
                    count + " trials of " + longest + " steps x " + widest + " values do not fit an array");
        }
        TrialArrays arrays =
                new TrialArrays(longest, count, signature, network.spec().hidden());
        arrays.fill(network, task, trials, response);
        return arrays;
    }

    /** In the blocks of every evaluation, so that answers are those in the tables. */
    private void fill(Parameters network, Task task, TrialSource trials, Response response) {
        RecurrentNetwork rnn =
                new RecurrentNetwork(network.spec(), trials.signature().maxSteps(), TrialEvaluator.BLOCK);
        rnn.load(network);
        TrialEvaluator evaluator = new TrialEvaluator(rnn, task, trials, response);
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
        factors.forEach((factor, values) -> values[at] = trial.factor(factor));
        answer[at] = trial.answer();
        for (int step = 0; step < trial.steps(); step++) {
            int row = step * batch + at;
            weights[row] = trial.weights()[step];
            System.arraycopy(trial.targets(), step * outputCount, targets, row * outputCount, outputCount);
            System.arraycopy(trial.inputs(), step * channels, inputs, row * channels, channels);
        }
    }

    private void keepActivity(int at, TrialActivity activity, float[] blockOutputs, int lane) {
        choice[at] = activity.outcome().choice();
        value[at] = activity.outcome().given().value();
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

    /** What the network sees, [time, batch, channel]. */
    public float[] inputs() {
        return inputs;
    }

    /** What its outputs should be, [time, batch, output]. */
    public float[] targets() {
        return targets;
    }

    /** How much each step counts in the loss, besides the weight of its period, [time, batch]. */
    public float[] weights() {
        return weights;
    }

    /** Length of each trial in steps, [batch]. */
    public int[] steps() {
        return steps;
    }

    /** Values of each factor by its name, [batch]. */
    public Map<String, double[]> factors() {
        return factors;
    }

    /** The right answer, from 1 on, or 0 if it was right to give none, [batch]. */
    public int[] answer() {
        return answer;
    }

    /** The network's choice, from 1 on, or 0 if it gave no answer, [batch]. */
    public int[] choice() {
        return choice;
    }

    /** What the network reported, an angle or a time; NaN where choices are all there is, [batch]. */
    public double[] value() {
        return value;
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
