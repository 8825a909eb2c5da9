package cohort.task.library;

import cohort.task.Period;
import cohort.task.RandomStreams;
import cohort.task.Signature;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Generates trials of perceptual decision making; owns scratch space, so one thread at a time. */
final class PerceptualDecisionTrials implements TrialSource {
    private static final Period[] PERIODS = Period.values();

    private final PerceptualDecisionMaking task;
    private final Signature signature;
    private final int minSteps;
    private final int maxSteps;
    private final long seed;
    private final Split split;
    /** cos(theta_j - theta*) / 200, [ground truth - 1, channel - 1]. */
    private final double[] tuning;

    private final int[] periodSteps = new int[PERIODS.length];
    private final Trial conditions = new Trial();

    PerceptualDecisionTrials(PerceptualDecisionMaking task, long seed, Split split) {
        this.task = task;
        this.signature = task.signature();
        this.minSteps = signature.minSteps();
        this.maxSteps = signature.maxSteps();
        this.seed = seed;
        this.split = split;
        int ring = task.ringSize();
        this.tuning = new double[ring * ring];
        for (int truth = 0; truth < ring; truth++) {
            for (int j = 0; j < ring; j++) {
                tuning[truth * ring + j] = Math.cos(2 * Math.PI * (j - truth) / ring) / 200;
            }
        }
    }

    @Override
    public int channels() {
        return signature.inputs();
    }

    @Override
    public int outputs() {
        return signature.outputs();
    }

    @Override
    public int minSteps() {
        return minSteps;
    }

    @Override
    public int maxSteps() {
        return maxSteps;
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
        int groundTruth = 1 + random.nextInt(task.ringSize());
        double coherence = task.coherencesPercent()
                .get(random.nextInt(task.coherencesPercent().size()));
        for (int p = 0; p < PERIODS.length; p++) {
            periodSteps[p] = task.steps(task.duration(PERIODS[p]).sampleMillis(random));
        }
        into.begin(index, groundTruth, coherence, periodSteps, signature.inputs());
    }

    private void drawObservations(UniformRandomProvider random, Trial trial) {
        float[] observations = trial.observations();
        int ring = task.ringSize();
        int channels = signature.inputs();
        for (Period period : PERIODS) {
            float fixation = task.fixationMode().isOn(period) ? 1 : 0;
            for (int at = trial.start(period) * channels; at < trial.end(period) * channels; at += channels) {
                observations[at] = fixation;
                for (int j = 1; j <= ring; j++) {
                    observations[at + j] = 0;
                }
            }
        }
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double sigma = task.sigmaPerStep();
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
