package cohort.network;

import cohort.linalg.Breeze;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** How the first weights are drawn. */
public enum Initialisation {
    /**
     * PyTorch's, uniform within +-1/sqrt(fan in): for a leaky network that of two Linear layers, as in the tutorial; for LSTM and GRU
     * that of nn.LSTM and nn.GRU, whose fan in is always the number of units.
     */
    PYTORCH {
        @Override
        public void draw(Parameters parameters, UniformRandomProvider random) {
            for (Parameters.View view : parameters.views()) {
                uniform(parameters, view, random);
            }
        }
    },

    /** Recurrent layers 0.01 N(0, 1) with biases of zero, PyTorch's Linear read-out. The tutorial's hand-written network. */
    SMALL_NORMAL {
        @Override
        public void draw(Parameters parameters, UniformRandomProvider random) {
            for (Parameters.View view : parameters.views()) {
                switch (view.tensor().role()) {
                    case INPUT_WEIGHTS, RECURRENT_WEIGHTS -> normal(parameters, view, random);
                    case BIAS -> Arrays.fill(parameters.values(), view.offset(), view.offset() + view.size(), 0f);
                    case READOUT -> uniform(parameters, view, random);
                }
            }
        }
    },

    /** PyTorch's, but random rotations as recurrent weights, one for each gate: no direction grows or shrinks at first. */
    ORTHOGONAL {
        @Override
        public void draw(Parameters parameters, UniformRandomProvider random) {
            PYTORCH.draw(parameters, random);
            int hidden = parameters.spec().hidden();
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            for (Parameters.View view : parameters.views()) {
                if (view.tensor().role() == Tensor.Role.RECURRENT_WEIGHTS) {
                    for (int at = view.offset(); at < view.offset() + view.size(); at += hidden * hidden) {
                        rotation(parameters.values(), at, hidden, gaussian);
                    }
                }
            }
        }
    };

    /** Overwrites all parameters with first values. */
    public abstract void draw(Parameters parameters, UniformRandomProvider random);

    private static void uniform(Parameters parameters, Parameters.View view, UniformRandomProvider random) {
        double bound = 1 / Math.sqrt(view.tensor().fanIn());
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

    private static void rotation(float[] values, int at, int hidden, ZigguratSampler.NormalizedGaussian gaussian) {
        double[] normal = new double[hidden * hidden];
        Arrays.setAll(normal, i -> gaussian.sample());
        double[] rotation = Breeze.orthogonalFactor(normal, hidden);
        for (int i = 0; i < rotation.length; i++) {
            values[at + i] = (float) rotation[i];
        }
    }
}
