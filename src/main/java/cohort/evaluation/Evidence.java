package cohort.evaluation;

import cohort.task.Condition;
import cohort.task.Psychometry;
import cohort.task.Task;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one network chose, or several together, over the strength of the evidence.
 *
 * @param task name of the task
 * @param factor name of the factor that is the strength
 * @param choices number of choices there were
 * @param positive the one of two that is positive
 * @param counts how often what was chosen
 * @param ideal accuracy of the ideal observer in these trials by strength; empty if none is known
 */
public record Evidence(
        String task,
        String factor,
        int choices,
        int positive,
        List<EvidenceCount> counts,
        NavigableMap<Double, Double> ideal) {
    public Evidence {
        counts = List.copyOf(counts);
    }

    /** What a test has found, of a task with a psychometric function. */
    public static Evidence of(Task task, Psychometry psychometry, int choices, AccuracyTally tally) {
        NavigableMap<Double, double[]> sums = new TreeMap<>();
        NavigableMap<Double, Double> ideal = new TreeMap<>();
        for (Map.Entry<Condition, Accuracy> entry : tally.perCondition().entrySet()) {
            Accuracy accuracy = entry.getValue();
            double strength = entry.getKey().value(psychometry.factor());
            if (!Double.isNaN(accuracy.ideal()) && !Double.isNaN(strength)) {
                double first = ideal.computeIfAbsent(strength, s -> accuracy.ideal());
                double[] sum = sums.computeIfAbsent(strength, s -> new double[] {first, 0, 0});
                // Deviations from the first: the mean of one value is that value.
                sum[1] += accuracy.trials() * (accuracy.ideal() - sum[0]);
                sum[2] += accuracy.trials();
            }
        }
        sums.forEach((strength, sum) -> ideal.put(strength, sum[0] + sum[1] / sum[2]));
        return new Evidence(
                task.signature().name(),
                psychometry.factor(),
                choices,
                psychometry.positive(),
                EvidenceCount.of(tally.choices(), psychometry),
                ideal);
    }

    /** Choices between two over the signed strength, if there are two. */
    public Optional<PsychometricData> signed() {
        return choices == 2 ? Optional.of(PsychometricData.choices(counts, positive)) : Optional.empty();
    }

    /** Right choices over the strength. */
    public PsychometricData accuracy() {
        return PsychometricData.accuracy(counts, choices);
    }

    /** Fraction of right choices of who guesses. */
    public double chance() {
        return 1.0 / choices;
    }
}
