package cohort.task.library.decision;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Trial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The best possible accuracy with two modalities, that of {@link PerceptualDecisionObserver} at a distance d.
 *
 * <p>Where one modality counts, d is that of its evidence. Where both do, and the first has the share p of the coherence, there are two
 * observers. Who is told p weighs the modalities by their shares, d(p) = d sqrt(p^2 + (1 - p)^2), p being uniform. Who is not told weighs
 * them alike, d / sqrt(2), and with two directions nobody can do better: the likelihood of evidence a and b for direction +-1 is
 *
 * <pre>sum over c, p of exp(-(c^2 p^2 + c^2 (1 - p)^2) / 2) exp(+-c (a + b) / 2) exp(+-c (p - 1/2) (a - b)),</pre>
 *
 * and since p and 1 - p are equally likely the last factor can be replaced by cosh(c (p - 1/2) (a - b)), which is the same for both: the
 * sign of a + b decides. With more directions it is not the same for all.
 */
record TwoModalitiesObserver(TwoModalities task) implements IdealObserver {
    private static final GaussIntegrator PROPORTIONS = new GaussIntegratorFactory(20).legendre(20, 0, 1);

    /** Answers given before: an integral of integrals, asked for trial by trial. */
    private static final Map<Question, Double> TOLD = new ConcurrentHashMap<>();

    private record Question(int ring, double distance) {}

    @Override
    public double accuracy(Trial trial) {
        return accuracy(trial.factor(TwoModalities.COHERENCE), trial.steps(TwoModalities.STIMULUS));
    }

    /**
     * Probability of the right choice.
     *
     * @param coherencePercent strength of the evidence that counts in percent
     * @param steps steps for which it is shown
     */
    double accuracy(double coherencePercent, int steps) {
        int ring = task.ringSize();
        double distance = PerceptualDecisionObserver.distance(ring, coherencePercent, steps, task.sigmaPerStep());
        if (task.relevant() != TwoModalities.Relevant.BOTH) {
            return PerceptualDecisionObserver.phaseAccuracy(ring, distance);
        }
        return task.observer() == TwoModalities.Observer.UNTOLD && ring == 2
                ? PerceptualDecisionObserver.phaseAccuracy(ring, distance / Math.sqrt(2))
                : TOLD.computeIfAbsent(new Question(ring, distance), TwoModalitiesObserver::told);
    }

    private static double told(Question question) {
        return PROPORTIONS.integrate(share -> PerceptualDecisionObserver.phaseAccuracy(
                question.ring(), question.distance() * Math.hypot(share, 1 - share)));
    }

    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return Double.NaN;
    }
}
