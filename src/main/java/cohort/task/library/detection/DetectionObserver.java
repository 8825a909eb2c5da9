package cohort.task.library.detection;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Purpose;
import cohort.task.RandomStreams;
import cohort.task.Trial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * The best accuracy at {@link Detection}: who may wait for the end of the stimulus period, and says then that there was a signal if what
 * was seen is more likely with one than without, all beginnings being equally likely. A network has to answer before it knows that a
 * trial ends, so that this is out of reach, by about 0.003 with the defaults.
 *
 * <p>There is no formula for the distribution of that likelihood, so that it is simulated, to a standard error of 0.0006.
 */
record DetectionObserver(Detection task) implements IdealObserver {
    private static final int TRIALS = 50_000;

    /** Simulated before: thousands of networks of a sweep are compared with the same few. */
    private static final Map<Question, Double> KNOWN = new ConcurrentHashMap<>();

    private record Question(Detection task, int stimulusSteps, boolean hasSignal) {}

    @Override
    public double accuracy(Trial trial) {
        return KNOWN.computeIfAbsent(
                new Question(task, trial.steps(Detection.STIMULUS), trial.answer() == 1), DetectionObserver::simulate);
    }

    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return Double.NaN;
    }

    private static double simulate(Question question) {
        UniformRandomProvider random = RandomStreams.of(0, Purpose.BOOTSTRAP, 0);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        Detection task = question.task();
        double[] stimulus = new double[question.stimulusSteps()];
        double noise = task.noise(question.hasSignal());
        int right = 0;
        for (int n = 0; n < TRIALS; n++) {
            for (int step = 0; step < stimulus.length; step++) {
                stimulus[step] = noise * gaussian.sample();
            }
            if (question.hasSignal()) {
                int onset = task.firstOnset() + random.nextInt(task.onsets(stimulus.length));
                for (int step = onset; step < onset + task.signalSteps(); step++) {
                    stimulus[step] += Detection.HEIGHT;
                }
            }
            right += saysSignal(task, stimulus) == question.hasSignal() ? 1 : 0;
        }
        return (double) right / TRIALS;
    }

    /** Whether the mean likelihood over all beginnings is above that of no signal, both divided by that of the noise of a signal alone. */
    private static boolean saysSignal(Detection task, double[] stimulus) {
        double variance = task.noise(true) * task.noise(true);
        double ratio = variance / (task.noise(false) * task.noise(false));
        double without = 0;
        for (double value : stimulus) {
            without += (1 - ratio) * value * value / (2 * variance) + Math.log(ratio) / 2;
        }
        int first = task.firstOnset();
        int count = task.onsets(stimulus.length);
        double with = 0;
        for (int onset = first; onset < first + count; onset++) {
            double evidence = 0;
            for (int step = onset; step < onset + task.signalSteps(); step++) {
                evidence += Detection.HEIGHT * (stimulus[step] - Detection.HEIGHT / 2) / variance;
            }
            with += Math.exp(evidence - without) / count;
        }
        return with > 1;
    }
}
