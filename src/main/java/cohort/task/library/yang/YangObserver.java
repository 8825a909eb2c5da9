package cohort.task.library.yang;

import cohort.task.Batching;
import cohort.task.IdealObserver;
import cohort.task.Trial;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Who knows where the stimuli of a decision are, far from each other, and compares how strong they seem. A strength that is estimated from n
 * steps has the standard deviation sd / sqrt(n), so that coherence c in m modalities is judged rightly with the probability
 *
 * <pre>Phi(2 c sqrt(m) / (sd sqrt(1 / n1 + 1 / n2)))</pre>
 *
 * @param task the decision
 * @param sd of a strength that is estimated from one step: that of the noise over the norm of a bump
 */
record YangObserver(YangDecision task, double sd) implements IdealObserver {
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    @Override
    public double accuracy(Trial trial) {
        double spread = sd * Math.sqrt(1.0 / task.steps(trial, 1) + 1.0 / task.steps(trial, 2));
        double modalities = task.evidence().modalities();
        return STANDARD.cumulativeProbability(
                2 * trial.factor(YangDecision.COHERENCE) * Math.sqrt(modalities) / spread);
    }

    /** Not known: the tasks ask for values. */
    @Override
    public double lowestCrossEntropy(Batching batching, long seed) {
        return Double.NaN;
    }
}
