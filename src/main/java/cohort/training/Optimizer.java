package cohort.training;

import java.io.Serializable;

/** A rule that turns a gradient into a change of the parameters, in PyTorch's definitions. */
public sealed interface Optimizer extends Serializable {
    /** Its name in a configuration; AdamW without weight decay is Adam. */
    String label();

    /** Number of moment arrays, each as long as the parameters, that {@link #update} keeps. */
    int moments();

    /**
     * Changes parameters and moments in place. Allocates nothing.
     *
     * @param moments {@link #moments()} arrays, all zero before the first step
     * @param learningRate of this step
     * @param step number of this step, from 1 on
     */
    void update(float[] parameters, float[] gradient, float[][] moments, double learningRate, long step);

    /**
     * Stochastic gradient descent, v = momentum v + gradient; the first moment is kept only if there is momentum.
     *
     * @param momentum in [0, 1); 0 is plain descent
     */
    record Sgd(double momentum) implements Optimizer {
        public Sgd {
            requireFraction("momentum", momentum);
        }

        @Override
        public String label() {
            return "sgd";
        }

        @Override
        public int moments() {
            return momentum == 0 ? 0 : 1;
        }

        @Override
        public void update(float[] parameters, float[] gradient, float[][] moments, double learningRate, long step) {
            float rate = (float) learningRate;
            if (momentum == 0) {
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] -= rate * gradient[i];
                }
                return;
            }
            float[] velocity = moments[0];
            float keep = (float) momentum;
            for (int i = 0; i < parameters.length; i++) {
                velocity[i] = keep * velocity[i] + gradient[i];
                parameters[i] -= rate * velocity[i];
            }
        }
    }

    /**
     * Adam (Kingma and Ba 2015, <a href="https://arxiv.org/abs/1412.6980">arXiv</a>), and with a weight decay AdamW (Loshchilov
     * and Hutter 2019), which shrinks the weights by learning rate times decay before the step.
     *
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, greater than 0
     * @param weightDecay at least 0; 0 is Adam
     */
    record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {
        /**
         * Adding and subtracting it turns what is smaller than 2^-123 into zero. The moments of a unit that has fallen silent
         * would otherwise decay to subnormal numbers, which take a processor some hundred times as long; beside any sensible
         * epsilon they are nothing.
         */
        private static final float FLUSH = 0x1p-100f;

        public Adam {
            requireFraction("beta1", beta1);
            requireFraction("beta2", beta2);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("epsilon is not strictly positive: " + epsilon);
            }
            if (!(weightDecay >= 0)) {
                throw new IllegalArgumentException("weight decay is not at least 0: " + weightDecay);
            }
        }

        @Override
        public String label() {
            return weightDecay == 0 ? "adam" : "adamw";
        }

        @Override
        public int moments() {
            return 2;
        }

        @Override
        public void update(float[] parameters, float[] gradient, float[][] moments, double learningRate, long step) {
            float[] first = moments[0];
            float[] second = moments[1];
            float keep1 = (float) beta1;
            float keep2 = (float) beta2;
            float add1 = (float) (1 - beta1);
            float add2 = (float) (1 - beta2);
            float shrink = (float) (1 - learningRate * weightDecay);
            float rate = (float) (learningRate / (1 - Math.pow(beta1, (double) step)));
            float perRoot = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) step)));
            float floor = (float) epsilon;
            for (int i = 0; i < parameters.length; i++) {
                float g = gradient[i];
                first[i] = (keep1 * first[i] + add1 * g + FLUSH) - FLUSH;
                second[i] = (keep2 * second[i] + add2 * g * g + FLUSH) - FLUSH;
                float root = (float) Math.sqrt(second[i]) * perRoot + floor;
                parameters[i] = shrink * parameters[i] - rate * first[i] / root;
            }
        }
    }

    private static void requireFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is not in [0, 1): " + value);
        }
    }
}
