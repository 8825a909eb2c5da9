package cohort.task.library.decision;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Trial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The best possible accuracy at perceptual decision making, from the task's own parameters.
 *
 * <p>The observer knows the tuning and the noise. It adds up the evidence over the stimulus and chooses the direction whose
 * pattern correlates best with the sum: the maximum-likelihood choice for every prior over coherences, since all
 * directions' patterns have the same energy. With z = sum_j S_j exp(i theta_j) that is the direction nearest to
 * the phase of z, and z is a complex Gaussian around a point of direction theta*. Its probability of being right is that of
 * detecting a symbol of R-ary phase-shift keying (Craig 1991, <a href="https://doi.org/10.1109/MILCOM.1991.258319">doi</a>):
 *
 * <pre>1 - 1/pi integral from 0 to pi - pi/R of exp(-g sin^2(pi/R) / sin^2 u) du,   g = mean^2 / (2 variance per axis)</pre>
 */
record PerceptualDecisionObserver(PerceptualDecisionMaking task) implements IdealObserver {
    private static final GaussIntegrator PANEL = new GaussIntegratorFactory(20).legendre(20);
    private static final int PANELS = 64;

    /** Answers given before: thousands of networks of a sweep are compared with the same few. */
    private static final Map<Question, Double> KNOWN = new ConcurrentHashMap<>();

    private record Question(int ring, double exponent) {}

    @Override
    public double accuracy(Trial trial) {
        return accuracy(
                trial.factor(PerceptualDecisionMaking.COHERENCE), trial.steps(PerceptualDecisionMaking.STIMULUS));
    }

    /**
     * Probability of the right choice.
     *
     * @param coherencePercent strength of the evidence in percent
     * @param stimulusSteps steps for which it is shown
     */
    double accuracy(double coherencePercent, int stimulusSteps) {
        return phaseAccuracy(task.ringSize(), distance(coherencePercent, stimulusSteps));
    }

    /**
     * Probability of choosing the right one of R directions by evidence that is a complex Gaussian.
     *
     * @param ring number R of directions
     * @param distance how far from 0 its mean is, in standard deviations of one axis
     */
    static double phaseAccuracy(int ring, double distance) {
        if (distance == 0) {
            return 1.0 / ring;
        }
        if (distance == Double.POSITIVE_INFINITY) {
            return 1;
        }
        double sine = Math.sin(Math.PI / ring);
        double exponent = distance * distance / 2 * sine * sine;
        return KNOWN.computeIfAbsent(new Question(ring, exponent), PerceptualDecisionObserver::integrate);
    }

    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return BayesFloor.of(task, batching, seed);
    }

    /** How far from 0 the mean of z is, in standard deviations of one axis; infinite without noise, 0 without evidence. */
    double distance(double coherencePercent, int stimulusSteps) {
        return distance(task.ringSize(), coherencePercent, stimulusSteps, task.sigmaPerStep());
    }

    /** The same for any ring of channels with cosine tuning. */
    static double distance(int ring, double coherencePercent, int stimulusSteps, double sigmaPerStep) {
        // Sum over the ring of cos^2: R/2, but both of two opposite directions lie on the axis.
        double gain = ring == 2 ? 2 : ring / 2.0;
        double mean = stimulusSteps * coherencePercent / 200 * gain;
        double variance = stimulusSteps * sigmaPerStep * sigmaPerStep * gain;
        return mean == 0 ? 0 : mean / Math.sqrt(variance);
    }

    private static double integrate(Question question) {
        int ring = question.ring();
        double exponent = question.exponent();
        double upper = Math.PI - Math.PI / ring;
        double error = 0;
        for (int panel = 0; panel < PANELS; panel++) {
            double from = upper * panel / PANELS;
            double half = upper / PANELS / 2;
            error += half
                    * PANEL.integrate(x -> {
                        double s = Math.sin(from + half * (1 + x));
                        return Math.exp(-exponent / (s * s));
                    });
        }
        return 1 - error / Math.PI;
    }
}
