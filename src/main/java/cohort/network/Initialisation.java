package cohort.network;

import cohort.linalg.Breeze;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** How the first weights are drawn. */
public enum Initialisation {
    /** PyTorch's Linear layers: weights and biases uniform within +-1/sqrt(fan in). The tutorial's network. */
    PYTORCH_LINEAR {
        @Override
        public void draw(Parameters parameters, UniformRandomProvider random) {
            int in = parameters.spec().inputs();
            int hidden = parameters.spec().hidden();
            uniform(parameters, parameters.inputWeights(), in, random);
            uniform(parameters, parameters.inputBias(), in, random);
            uniform(parameters, parameters.recurrentWeights(), hidden, random);
            if (parameters.hasRecurrentBias()) {
                uniform(parameters, parameters.recurrentBias(), hidden, random);
            }
            uniformReadout(parameters, random);
        }
    },

    /** Recurrent layer 0.01 N(0, 1) with biases of zero, PyTorch's Linear read-out. The tutorial's hand-written network. */
    SMALL_NORMAL {
        @Override
        public void draw(Parameters parameters, UniformRandomProvider random) {
            normal(parameters, parameters.inputWeights(), random);
            normal(parameters, parameters.recurrentWeights(), random);
            zero(parameters, parameters.inputBias());
            if (parameters.hasRecurrentBias()) {
                zero(parameters, parameters.recurrentBias());
            }
            uniformReadout(parameters, random);
        }
    },

    /** PyTorch's Linear layers, but a random rotation as recurrent weights: no direction grows or shrinks at first. */
    ORTHOGONAL {
        @Override
        public void draw(Parameters parameters, UniformRandomProvider random) {
            PYTORCH_LINEAR.draw(parameters, random);
            int hidden = parameters.spec().hidden();
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            double[] normal = new double[hidden * hidden];
            Arrays.setAll(normal, i -> gaussian.sample());
            double[] rotation = Breeze.orthogonalFactor(normal, hidden);
            int offset = parameters.recurrentWeights().offset();
            for (int i = 0; i < rotation.length; i++) {
                parameters.values()[offset + i] = (float) rotation[i];
            }
        }
    };

    /** Overwrites all parameters with first values. */
    public abstract void draw(Parameters parameters, UniformRandomProvider random);

    private static void uniformReadout(Parameters parameters, UniformRandomProvider random) {
        int hidden = parameters.spec().hidden();
        uniform(parameters, parameters.readoutWeights(), hidden, random);
        uniform(parameters, parameters.readoutBias(), hidden, random);
    }

    private static void uniform(Parameters parameters, Parameters.View view, int fanIn, UniformRandomProvider random) {
        double bound = 1 / Math.sqrt(fanIn);
        for (int i = view.offset(); i < view.offset() + view.size(); i++) {
            parameters.values()[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }

    private static void normal(Parameters parameters, Parameters.View view, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = view.offset(); i < view.offset() + view.size(); i++) {
            parameters.values()[i] = (float) (0.01 * gaussian.sample());
        }
    }

    private static void zero(Parameters parameters, Parameters.View view) {
        Arrays.fill(parameters.values(), view.offset(), view.offset() + view.size(), 0f);
    }
}
