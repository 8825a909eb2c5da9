package cohort.training;

import cohort.network.DoubleNetwork;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.task.Batch;
import cohort.task.BatchSource;
import cohort.task.Group;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One batch, whatever number is asked for, and what training on it gives. */
final class FixedBatch implements BatchSource {
    private final int steps;
    private final int lanes;
    private final int channels;
    private final int outputs;
    private final float[] inputs;
    private final float[] targets;
    private final float[] weights;

    /**
     * @param inputs x, [step, lane, input], not copied
     * @param targets y, [step, lane, output], not copied
     * @param weights loss weight, [step, lane], not copied
     */
    FixedBatch(NetworkSpec spec, int steps, int lanes, float[] inputs, float[] targets, float[] weights) {
        this.steps = steps;
        this.lanes = lanes;
        this.channels = spec.inputs();
        this.outputs = spec.outputs();
        this.inputs = inputs;
        this.targets = targets;
        this.weights = weights;
    }

    int steps() {
        return steps;
    }

    int lanes() {
        return lanes;
    }

    float[] inputs() {
        return inputs;
    }

    float[] targets() {
        return targets;
    }

    @Override
    public Batch newBatch() {
        return new Batch(steps, lanes, channels, List.of(new Group("outputs", 0, outputs)));
    }

    @Override
    public void read(long n, Batch into) {
        into.resize(steps);
        System.arraycopy(inputs, 0, into.inputs(), 0, inputs.length);
        System.arraycopy(targets, 0, into.targets(), 0, targets.length);
        System.arraycopy(weights, 0, into.weights(), 0, weights.length);
    }

    /** Normal inputs, random classes, and a weight of 1 everywhere or, with a mask, weights of 0 to 2 of which some are 0. */
    static FixedBatch random(NetworkSpec spec, int steps, int lanes, boolean mask, long seed) {
        Random random = new Random(seed);
        int rows = steps * lanes;
        float[] inputs = new float[rows * spec.inputs()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        float[] targets = new float[rows * spec.outputs()];
        float[] weights = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row * spec.outputs() + random.nextInt(spec.outputs())] = 1;
            weights[row] = !mask ? 1 : row % 4 == 1 ? 0 : 2 * random.nextFloat();
        }
        return new FixedBatch(spec, steps, lanes, inputs, targets, weights);
    }

    /** One step of the trainer, with an optimizer whose first moment is then the gradient itself. */
    LocalResult step(Parameters parameters, Loss loss, Reduction reduction) {
        Optimizer optimizer = new Optimizer.Sgd(0.5);
        TrainingSpec training = new TrainingSpec(
                1,
                loss,
                reduction,
                optimizer,
                new Schedule(1e-3, Schedule.Shape.CONSTANT, 0, 1, 1),
                new Clipping(Clipping.Mode.NONE, 0));
        LearnerState initial = LearnerState.initial(parameters.values(), optimizer);
        return new LocalTrainer(parameters.spec(), training, newBatch()).run(initial, 1, this, 0);
    }

    /** The gradient that the trainer computes. */
    float[] gradient(Parameters parameters, Loss loss, Reduction reduction) {
        return step(parameters, loss, reduction).state().moments()[0];
    }

    /** The loss of the same network in plain double precision, from the definitions. */
    double loss(NetworkSpec spec, double[] parameters, Loss loss, Reduction reduction) {
        double[] out = DoubleNetwork.forward(spec, parameters, inputs, steps, lanes).outputs;
        double sum = 0;
        double weightSum = 0;
        for (int row = 0; row < weights.length; row++) {
            double[] o = Arrays.copyOfRange(out, row * outputs, (row + 1) * outputs);
            float[] y = Arrays.copyOfRange(targets, row * outputs, (row + 1) * outputs);
            sum += weights[row] * loss(loss, o, y);
            weightSum += weights[row];
        }
        return reduction == Reduction.SUM ? sum : sum / weightSum;
    }

    private static double loss(Loss loss, double[] o, float[] y) {
        double partition = Arrays.stream(o).map(Math::exp).sum();
        double total = 0;
        for (int k = 0; k < o.length; k++) {
            total += switch (loss) {
                case CROSS_ENTROPY -> -y[k] * Math.log(Math.exp(o[k]) / partition);
                case MEAN_SQUARED_ERROR -> (o[k] - y[k]) * (o[k] - y[k]) / o.length;
            };
        }
        return total;
    }

    /** Central differences of {@link #loss(NetworkSpec, double[], Loss, Reduction)} with respect to each parameter. */
    double[] finiteDifferences(Parameters parameters, Loss loss, Reduction reduction, double step) {
        double[] values = DoubleNetwork.widen(parameters.values());
        double[] gradient = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            values[i] = value + step;
            double above = loss(parameters.spec(), values, loss, reduction);
            values[i] = value - step;
            double below = loss(parameters.spec(), values, loss, reduction);
            values[i] = value;
            gradient[i] = (above - below) / (2 * step);
        }
        return gradient;
    }
}
