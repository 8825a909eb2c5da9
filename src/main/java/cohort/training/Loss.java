package cohort.training;

/**
 * How far outputs are from targets at each step, and the gradient of that. A step counts with its weight; what is done with
 * the weighted sum is {@link Reduction}'s business.
 */
public enum Loss {
    /** Softmax cross-entropy, -sum_k y_k log softmax(o)_k. */
    CROSS_ENTROPY("nats per time step") {
        @Override
        public double evaluate(
                float[] outputs, float[] targets, float[] weights, int rows, int size, double scale, float[] gradient) {
            double total = 0;
            // Sums of rows of one weight are multiplied: a logarithm takes longer than the rest of a row.
            double sums = 1;
            float weightOfSums = 0;
            for (int row = 0; row < rows; row++) {
                int from = row * size;
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

    /** Squared difference, averaged over the outputs of a step. */
    MEAN_SQUARED_ERROR("squared output units") {
        @Override
        public double evaluate(
                float[] outputs, float[] targets, float[] weights, int rows, int size, double scale, float[] gradient) {
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
                    loss += difference * difference;
                    gradient[from + o] = (float) (factor * difference);
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
     * Computes the weighted sum of the loss over all rows, and scale times its gradient. Allocates nothing.
     *
     * @param outputs o, [row, output]; a row is one step of one lane
     * @param targets y, [row, output]; for the cross-entropy each row sums to 1
     * @param weights loss weight of each row, [row]
     * @param rows number of rows
     * @param size number of outputs
     * @param scale factor of the gradient
     * @param gradient receives scale d(sum) / d outputs, [row, output]; must not be {@code outputs}
     * @return sum over rows of weight times loss, in double
     */
    public abstract double evaluate(
            float[] outputs, float[] targets, float[] weights, int rows, int size, double scale, float[] gradient);

    private static void zero(float[] gradient, int from, int count) {
        for (int i = from; i < from + count; i++) {
            gradient[i] = 0;
        }
    }
}
