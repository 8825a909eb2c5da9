package cohort.cluster;

import cohort.evaluation.ChoiceCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;

/**
 * What one network chose, or several together.
 *
 * @param ringSize number of choices there were
 * @param ideal accuracy of the ideal observer in these trials by coherence in percent
 */
public record RecordedChoices(int ringSize, List<ChoiceCount> counts, NavigableMap<Double, Double> ideal) {
    /**
     * Puts together what tables hold.
     *
     * @param rows coherence, ground_truth, choice, trials and ring_size of table choice_counts, and ideal of table
     *     coherence_accuracy at that coherence; at least one
     */
    static RecordedChoices of(Iterable<Row> rows) {
        return of(rows, row -> row.getAs("ideal"));
    }

    /**
     * Puts together what table choice_counts holds.
     *
     * @param rows coherence, ground_truth, choice, trials and ring_size of one network; at least one
     * @param ideal accuracy of the ideal observer at each coherence
     */
    static RecordedChoices of(Iterable<Row> rows, Map<Double, Double> ideal) {
        return of(rows, row -> ideal.get(row.<Double>getAs("coherence")));
    }

    private static RecordedChoices of(Iterable<Row> rows, ToDoubleFunction<Row> idealAccuracy) {
        List<ChoiceCount> counts = new ArrayList<>();
        NavigableMap<Double, double[]> expected = new TreeMap<>(); // right choices and trials
        int ringSize = 0;
        for (Row row : rows) {
            ChoiceCount count = new ChoiceCount(
                    row.getAs("coherence"), row.getAs("ground_truth"), row.getAs("choice"), row.getAs("trials"));
            counts.add(count);
            double[] sums = expected.computeIfAbsent(count.coherencePercent(), coherence -> new double[2]);
            sums[0] += count.trials() * idealAccuracy.applyAsDouble(row);
            sums[1] += count.trials();
            ringSize = row.getAs("ring_size");
        }
        NavigableMap<Double, Double> ideal = new TreeMap<>();
        expected.forEach((coherence, sums) -> ideal.put(coherence, sums[0] / sums[1]));
        return new RecordedChoices(ringSize, counts, ideal);
    }
}
