package cohort.task;

import java.io.Serializable;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Perceptual decision making: noisy evidence for one of R directions is shown, and after it the direction must be
 * chosen. The task of Britten et al. (1992) in the form of neurogym's {@code PerceptualDecisionMaking}.
 *
 * <p>Input channels are fixation, then R stimulus channels at theta_j = 2 pi j / R. In the stimulus period channel j shows
 * {@code 0.5 + cos(theta_j - theta*) coherence / 200 + N(0, 1) sigma / sqrt(dt)}. Outputs are fixate, then the R
 * choices. Ground truth and coherence are uniform and independent.
 */
public final class PerceptualDecisionMaking implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Period[] PERIODS = Period.values();

    private final PerceptualDecisionSpec spec;
    /** cos(theta_j - theta*) / 200, [ground truth - 1, channel - 1]. */
    private final double[] tuning;

    public PerceptualDecisionMaking(PerceptualDecisionSpec spec) {
        this.spec = spec;
        int ring = spec.ringSize();
        this.tuning = new double[ring * ring];
        for (int truth = 0; truth < ring; truth++) {
            for (int j = 0; j < ring; j++) {
                tuning[truth * ring + j] = Math.cos(2 * Math.PI * (j - truth) / ring) / 200;
            }
        }
    }

    public PerceptualDecisionSpec spec() {
        return spec;
    }

    /** Input channels: fixation and one per direction. */
    public int inputs() {
        return 1 + spec.ringSize();
    }

    /** Outputs: fixate and one per choice. */
    public int outputs() {
        return 1 + spec.ringSize();
    }

    /** Length of the shortest possible trial in steps. */
    public int minSteps() {
        int steps = 0;
        for (Period period : PERIODS) {
            steps += spec.steps(spec.duration(period).minMillis());
        }
        return steps;
    }

    /** Length of the longest possible trial in steps. */
    public int maxSteps() {
        int steps = 0;
        for (Period period : PERIODS) {
            steps += spec.steps(spec.duration(period).maxMillis());
        }
        return steps;
    }

    /** The trials of one split of one experiment, generated when they are asked for. */
    public TrialSource trials(long seed, Split split) {
        return new Generated(seed, split);
    }

    /** Generates trials; owns scratch space, so one thread at a time. */
    private final class Generated implements TrialSource {
        private final long seed;
        private final Split split;
        private final int[] periodSteps = new int[PERIODS.length];
        private final Trial conditions = new Trial();

        Generated(long seed, Split split) {
            this.seed = seed;
            this.split = split;
        }

        @Override
        public int channels() {
            return inputs();
        }

        @Override
        public int outputs() {
            return PerceptualDecisionMaking.this.outputs();
        }

        @Override
        public int minSteps() {
            return PerceptualDecisionMaking.this.minSteps();
        }

        @Override
        public int maxSteps() {
            return PerceptualDecisionMaking.this.maxSteps();
        }

        @Override
        public int steps(long index) {
            drawConditions(RandomStreams.of(seed, split, index), index, conditions);
            return conditions.steps();
        }

        @Override
        public void read(long index, Trial into) {
            UniformRandomProvider random = RandomStreams.of(seed, split, index);
            drawConditions(random, index, into);
            drawObservations(random, into);
        }

        /** Always the first draws of a trial's stream, so that they can be replayed without the observations. */
        private void drawConditions(UniformRandomProvider random, long index, Trial into) {
            int groundTruth = 1 + random.nextInt(spec.ringSize());
            double coherence = spec.coherencesPercent()
                    .get(random.nextInt(spec.coherencesPercent().size()));
            for (int p = 0; p < PERIODS.length; p++) {
                periodSteps[p] = spec.steps(spec.duration(PERIODS[p]).sampleMillis(random));
            }
            into.begin(index, groundTruth, coherence, periodSteps, inputs());
        }

        private void drawObservations(UniformRandomProvider random, Trial trial) {
            float[] observations = trial.observations();
            int ring = spec.ringSize();
            int channels = inputs();
            for (Period period : PERIODS) {
                float fixation = spec.fixationMode().isOn(period) ? 1 : 0;
                for (int at = trial.start(period) * channels; at < trial.end(period) * channels; at += channels) {
                    observations[at] = fixation;
                    for (int j = 1; j <= ring; j++) {
                        observations[at + j] = 0;
                    }
                }
            }
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            double sigma = spec.sigmaPerStep();
            double coherence = trial.coherencePercent();
            int row = (trial.groundTruth() - 1) * ring;
            int last = trial.end(Period.STIMULUS) * channels;
            for (int at = trial.start(Period.STIMULUS) * channels; at < last; at += channels) {
                for (int j = 0; j < ring; j++) {
                    observations[at + 1 + j] = (float) (0.5 + tuning[row + j] * coherence + sigma * gaussian.sample());
                }
            }
        }
    }
}
