package cohort.training;

import cohort.task.Group;
import java.util.Arrays;
import java.util.List;

/**
 * How far outputs are from targets at each step, and the gradient of that. A step counts with its weight; what is done with
 * the weighted sum is {@link Reduction}'s business.
 */
public enum Loss {
    /** Softmax cross-entropy of each group of outputs, -sum_k y_k log softmax(o)_k, summed over the groups by their loss weights. */
    CROSS_ENTROPY("nats per time step") {
        @Override
        public double evaluate(
                float[] outputs,
                float[] targets,
                float[] weights,
                int rows,
                List<Group> groups,
                double scale,
                float[] gradient) {
            int stride = groups.get(groups.size() - 1).end();
            double total = 0;
            for (Group group : groups) {
                double factor = scale * group.lossWeight();
                total += group.lossWeight() * ofGroup(outputs, targets, weights, rows, group, stride, factor, gradient);
            }
            return total;
        }

        private static double ofGroup(
                float[] outputs,
                float[] targets,
                float[] weights,
                int rows,
                Group group,
                int stride,
                double scale,
                float[] gradient) {
            int size = group.size();
            double total = 0;
            // Sums of rows of one weight are multiplied: a logarithm takes longer than the rest of a row.
            double sums = 1;
            float weightOfSums = 0;
            for (int row = 0; row < rows; row++) {
                int from = row * stride + group.first();
                float weight = weights[row];
                if (weight == 0) {
                    zero(gradient, from, size);
                    continue;
                }
                float max = outputs[from];
                for (int o = 1; o < size; o++) {
                    max = Math.max(max, outputs[from + o]);
                }
                double sum = 0;
                for (int o = 0; o < size; o++) {
                    double e = outputs[from + o] == max ? 1 : Math.exp((double) outputs[from + o] - max);
                    gradient[from + o] = (float) e;
                    sum += e;
                }
                if (weight != weightOfSums || sums > LARGEST_PRODUCT) {
                    total += weightOfSums * Math.log(sums);
                    sums = 1;
                    weightOfSums = weight;
                }
                sums *= sum;
                float factor = (float) (scale * weight);
                float perSum = (float) (1 / sum);
                double loss = 0;
                for (int o = 0; o < size; o++) {
                    float target = targets[from + o];
                    loss += target * ((double) max - outputs[from + o]);
                    gradient[from + o] = factor * (gradient[from + o] * perSum - target);
                }
                total += weight * loss;
            }
            return total + weightOfSums * Math.log(sums);
        }
    },

    /** Squared difference times the loss weight of its group, averaged over the outputs of a step. */
    MEAN_SQUARED_ERROR("squared output units") {
        @Override
        public double evaluate(
                float[] outputs,
                float[] targets,
                float[] weights,
                int rows,
                List<Group> groups,
                double scale,
                float[] gradient) {
            int size = groups.get(groups.size() - 1).end();
            float[] outputWeights = new float[size];
            groups.forEach(group -> Arrays.fill(outputWeights, group.first(), group.end(), group.lossWeight()));
            double total = 0;
            for (int row = 0; row < rows; row++) {
                int from = row * size;
                if (weights[row] == 0) {
                    zero(gradient, from, size);
                    continue;
                }
                double factor = 2 * scale * weights[row] / size;
                double loss = 0;
                for (int o = 0; o < size; o++) {
                    double difference = (double) outputs[from + o] - targets[from + o];
                    double weighted = outputWeights[o] * difference;
                    loss += weighted * difference;
                    gradient[from + o] = (float) (factor * weighted);
                }
                total += weights[row] * loss / size;
            }
            return total;
        }
    };

    /** Times a sum of as many terms as an array has, each at most 1, it does not overflow. */
    private static final double LARGEST_PRODUCT = 1e290;

    private final String unit;

    Loss(String unit) {
        this.unit = unit;
    }

    /** What a mean loss is counted in, as figures and printed lines call it. */
    public String unit() {
        return unit;
    }

    /**
     * Computes the weighted sum of the loss over all rows, and scale times its gradient. Allocates one value for each output at most.
     *
     * @param outputs o, [row, output]; a row is one step of one lane
     * @param targets y, [row, output]; for the cross-entropy those of each group sum to 1 in each row
     * @param weights loss weight of each row, [row]
     * @param rows number of rows
     * @param groups the outputs, group after group
     * @param scale factor of the gradient
     * @param gradient receives scale d(sum) / d outputs, [row, output]; must not be {@code outputs}
     * @return sum over rows of weight times loss, in double
     */
    public abstract double evaluate(
            float[] outputs,
            float[] targets,
            float[] weights,
            int rows,
            List<Group> groups,
            double scale,
            float[] gradient);

    private static void zero(float[] gradient, int from, int count) {
        for (int i = from; i < from + count; i++) {
            gradient[i] = 0;
        }
    }
}
