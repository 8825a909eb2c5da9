package cohort.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How well each unit tells two groups of trials apart, from its mean state over a period of each trial:
 *
 * <pre>d' = (mean2 - mean1) / sqrt((variance1 + variance2) / 2)</pre>
 *
 * <p>(Green and Swets 1966; for two unequal variances Simpson and Fitter 1973, <a href="https://doi.org/10.1037/h0035203">doi</a>.)
 * Variances are those of samples, with n - 1. Where a unit does the same in all trials d' is 0; where it does not vary within the
 * groups but differs between them, it tells them apart without fail, and d' is infinite. It is never NaN.
 */
public final class Selectivity {
    private final double[] values;

    private Selectivity(double[] values) {
        this.values = values;
    }

    /**
     * The first of the two choices that are compared: 1, whose other is 2; or 0, whose other is 1, where it is right in some trials to
     * give no answer.
     */
    public static int firstChoice(List<TrialActivity> activities) {
        return activities.stream().anyMatch(activity -> activity.outcome().answer() == 0) ? 0 : 1;
    }

    /**
     * Selectivity for the network's choice: positive for units that are more active in trials with the second of two choices than in
     * those with the first, which is {@link #firstChoice}. Further choices do not count.
     *
     * @param activities trials of one network, at least one
     * @param period of which the mean is taken; empty for the whole trial
     * @return empty if one of the choices was made in fewer than two trials
     * @throws IllegalArgumentException if a trial has no step of the period
     */
    public static Optional<Selectivity> forChoice(List<TrialActivity> activities, Optional<String> period) {
        int first = firstChoice(activities);
        return between(
                with(activities, outcome -> outcome.choice() == first),
                with(activities, outcome -> outcome.choice() == first + 1),
                TrialActivity.units(activities),
                period);
    }

    /**
     * Selectivity for a factor: positive for units that are more active in trials with its largest value than in those with its
     * smallest, whatever was chosen.
     *
     * @param activities trials of one network, at least one
     * @param period of which the mean is taken; empty for the whole trial
     * @return empty if there is only one value, or one of the two was shown in fewer than two trials
     * @throws IllegalArgumentException if a trial has no step of the period
     */
    public static Optional<Selectivity> forFactor(
            List<TrialActivity> activities, String factor, Optional<String> period) {
        int units = TrialActivity.units(activities);
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (TrialActivity activity : activities) {
            double value = activity.outcome().condition().value(factor);
            if (!Double.isNaN(value)) {
                smallest = Math.min(smallest, value);
                largest = Math.max(largest, value);
            }
        }
        if (!(smallest < largest)) {
            return Optional.empty();
        }
        double low = smallest;
        double high = largest;
        return between(
                with(activities, outcome -> outcome.condition().value(factor) == low),
                with(activities, outcome -> outcome.condition().value(factor) == high),
                units,
                period);
    }

    private static List<TrialActivity> with(List<TrialActivity> activities, Predicate<TrialOutcome> group) {
        List<TrialActivity> members = new ArrayList<>();
        for (TrialActivity activity : activities) {
            if (group.test(activity.outcome())) {
                members.add(activity);
            }
        }
        return members;
    }

    private static Optional<Selectivity> between(
            List<TrialActivity> first, List<TrialActivity> second, int units, Optional<String> period) {
        if (first.size() < 2 || second.size() < 2) {
            return Optional.empty();
        }
        double[][] firstMeans = periodMeans(first, units, period);
        double[][] secondMeans = periodMeans(second, units, period);
        double[] values = new double[units];
        for (int unit = 0; unit < units; unit++) {
            values[unit] = discriminability(firstMeans[unit], secondMeans[unit]);
        }
        return Optional.of(new Selectivity(values));
    }

    /** Mean state over the period, [unit][trial]. */
    private static double[][] periodMeans(List<TrialActivity> activities, int units, Optional<String> period) {
        double[][] means = new double[units][activities.size()];
        for (int trial = 0; trial < activities.size(); trial++) {
            TrialActivity activity = activities.get(trial);
            int start = period.map(activity.timeline()::start).orElse(0);
            int end = period.map(activity.timeline()::end).orElse(activity.steps());
            if (start == end) {
                throw new IllegalArgumentException(
                        "trial " + activity.outcome().trial() + " has no step of " + period.orElse("any period"));
            }
            for (int unit = 0; unit < units; unit++) {
                double sum = 0;
                for (int step = start; step < end; step++) {
                    sum += activity.states()[step * units + unit];
                }
                means[unit][trial] = sum / (end - start);
            }
        }
        return means;
    }

    private static double discriminability(double[] first, double[] second) {
        // A group that does not vary must have a variance of exactly 0, so deviations are taken from its first trial.
        double firstShift = meanDeviation(first);
        double secondShift = meanDeviation(second);
        double difference = second[0] + secondShift - (first[0] + firstShift);
        double variance = (variance(first, firstShift) + variance(second, secondShift)) / 2;
        return difference == 0 ? 0 : difference / Math.sqrt(variance);
    }

    private static double meanDeviation(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value - values[0];
        }
        return sum / values.length;
    }

    private static double variance(double[] values, double meanDeviation) {
        double sum = 0;
        for (double value : values) {
            double deviation = value - values[0] - meanDeviation;
            sum += deviation * deviation;
        }
        return sum / (values.length - 1);
    }

    /** d' of each unit, [unit]. */
    public double[] values() {
        return values;
    }

    /** All units by rising d': for choice, from the most selective for the first choice to the most selective for the second. */
    public int[] order() {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> values[unit]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
