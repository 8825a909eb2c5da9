package cohort.evaluation;

import cohort.task.Batching;
import cohort.task.PerceptualDecisionMaking;
import cohort.task.PerceptualDecisionSpec;
import cohort.task.Period;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.HashMap;
import java.util.Map;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.util.ArithmeticUtils;

/**
 * The lowest mean cross-entropy that any network can reach, in nats per time step: that of an observer who knows the task, its
 * conditions and its timing. It is certain at every step but those of the decision; there it reports the posterior over directions
 * given the stimulus that was shown since the hidden state was zero. Where timing has to be guessed, no network reaches it.
 *
 * <p>The evidence z is a Gaussian around a point of the direction theta*, as for the {@link IdealObserver}; with u_k the unit vector
 * of direction k, m_c the mean's length at coherence c and v the variance per axis, the posterior is
 *
 * <pre>p(k | z) ~ sum over c of exp((z . u_k m_c - m_c^2 / 2) / v)</pre>
 *
 * <p>and its expected surprise is integrated by Gauss-Hermite quadrature.
 */
public final class BayesFloor {
    private static final GaussIntegrator HERMITE = new GaussIntegratorFactory(20).hermite(60);
    /** Windows or trials over which trials of different lengths are averaged. */
    private static final int MANY = 3000;

    private final PerceptualDecisionSpec task;
    private final Map<Integer, Double> surprise = new HashMap<>();

    private BayesFloor(PerceptualDecisionSpec task) {
        this.task = task;
    }

    /**
     * The floor for batches like these.
     *
     * @param seed of the trials over which different durations are averaged
     */
    public static double of(PerceptualDecisionSpec task, Batching batching, long seed) {
        return new BayesFloor(task).average(batching, seed);
    }

    private double average(Batching batching, long seed) {
        TrialSource source = new PerceptualDecisionMaking(task).trials(seed, Split.VALIDATION);
        boolean isWindows = batching.form() == Batching.Form.WINDOWS;
        boolean areEquallyLong = source.minSteps() == source.maxSteps();
        int length = isWindows ? batching.sequenceLength() : source.maxSteps();
        long windows = !areEquallyLong
                ? MANY
                : isWindows ? source.minSteps() / ArithmeticUtils.gcd(length, source.minSteps()) : 1;
        Trial trial = new Trial();
        double loss = 0;
        double weights = 0;
        long start = 0;
        for (long index = 0; isWindows ? start < windows * length : index < windows; index++) {
            source.read(index, trial);
            for (int step = 0; step < trial.steps() && (!isWindows || start + step < windows * length); step++) {
                Period period = trial.periodAt(step);
                double weight = batching.periodWeights().get(period.ordinal());
                weights += weight;
                if (period == Period.DECISION) {
                    int from = isWindows ? (int) ((start + step) / length * length - start) : 0;
                    int shown = trial.end(Period.STIMULUS) - Math.max(from, trial.start(Period.STIMULUS));
                    loss += weight * surprise.computeIfAbsent(Math.max(0, shown), this::surprise);
                }
            }
            start += trial.steps();
        }
        return loss / weights;
    }

    /** Expected -log p(theta* | z) after so many steps of stimulus, nats. */
    private double surprise(int steps) {
        int ring = task.ringSize();
        double gain = ring == 2 ? 2 : ring / 2.0;
        double variance = steps * task.sigmaPerStep() * task.sigmaPerStep() * gain;
        double sum = 0;
        for (double coherence : task.coherencesPercent()) {
            double mean = steps * coherence / 200 * gain;
            if (mean == 0 && (variance == 0 || steps == 0)) {
                sum += Math.log(ring);
            } else if (variance > 0) {
                sum += expectation(steps * gain / 200, mean, variance);
            }
        }
        return sum / task.coherencesPercent().size();
    }

    /**
     * Over the noise of one coherence.
     *
     * @param perPercent length of the mean for each percent of coherence
     */
    private double expectation(double perPercent, double mean, double variance) {
        double spread = Math.sqrt(2 * variance);
        if (task.ringSize() == 2) {
            return HERMITE.integrate(a -> surprise(perPercent, mean + spread * a, 0, variance)) / Math.sqrt(Math.PI);
        }
        return HERMITE.integrate(
                        a -> HERMITE.integrate(b -> surprise(perPercent, mean + spread * a, spread * b, variance)))
                / Math.PI;
    }

    private double surprise(double perPercent, double x, double y, double variance) {
        int ring = task.ringSize();
        double truth = logLikelihood(perPercent, x, variance);
        double sum = 0;
        for (int k = 0; k < ring; k++) {
            double angle = 2 * Math.PI * k / ring;
            double along = x * Math.cos(angle) + y * Math.sin(angle);
            sum += Math.exp(Math.min(700, logLikelihood(perPercent, along, variance) - truth));
        }
        return Math.log(sum);
    }

    /** Of a direction, for evidence that lies so far along it; up to a constant. */
    private double logLikelihood(double perPercent, double along, double variance) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double coherence : task.coherencesPercent()) {
            largest = Math.max(largest, exponent(perPercent * coherence, along, variance));
        }
        double sum = 0;
        for (double coherence : task.coherencesPercent()) {
            sum += Math.exp(exponent(perPercent * coherence, along, variance) - largest);
        }
        return largest + Math.log(sum);
    }

    private static double exponent(double mean, double along, double variance) {
        return (along * mean - mean * mean / 2) / variance;
    }
}
