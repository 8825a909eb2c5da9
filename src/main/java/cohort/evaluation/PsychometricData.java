package cohort.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a psychometric function is fitted to: trials and positive responses at each coherence, in ascending order.
 *
 * <p>Positive responses need not be whole numbers: those of the ideal observer are expectations.
 */
public final class PsychometricData {
    private final PsychometricKind kind;
    private final double chance;
    private final double[] x;
    private final double[] trials;
    private final double[] positive;

    private PsychometricData(PsychometricKind kind, double chance, double[] x, double[] trials, double[] positive) {
        this.kind = kind;
        this.chance = chance;
        this.x = x;
        this.trials = trials;
        this.positive = positive;
    }

    /**
     * Choices between two directions over the signed coherence, which is positive where the evidence is for choice 2. A
     * positive response is choice 2. Trials without a response are left out. Trials without evidence are pooled at 0,
     * whatever their ground truth.
     *
     * @param counts in any order; what appears twice is added up
     * @throws IllegalArgumentException if there is a direction other than 1 and 2
     */
    public static PsychometricData choices(Collection<ChoiceCount> counts) {
        TreeMap<Double, double[]> byCoherence = new TreeMap<>();
        for (ChoiceCount count : counts) {
            if (count.groundTruth() > 2 || count.choice() > 2) {
                throw new IllegalArgumentException("not a choice between two directions: " + count);
            }
            if (count.choice() != 0) {
                // 0 - c rather than -c: there is no coherence of -0.
                double signed = count.groundTruth() == 2 ? count.coherencePercent() : 0 - count.coherencePercent();
                add(byCoherence, signed, count.trials(), count.choice() == 2);
            }
        }
        return of(PsychometricKind.CHOICE, 0.5, byCoherence);
    }

    /**
     * Right choices over the coherence; a trial without a response counts as wrong.
     *
     * @param counts in any order; what appears twice is added up
     * @param ringSize number of choices R, at least 2; who guesses is right in 1 of R trials
     * @throws IllegalArgumentException if there is a direction beyond the ring
     */
    public static PsychometricData accuracy(Collection<ChoiceCount> counts, int ringSize) {
        if (ringSize < 2) {
            throw new IllegalArgumentException("ring size is not at least 2: " + ringSize);
        }
        TreeMap<Double, double[]> byCoherence = new TreeMap<>();
        for (ChoiceCount count : counts) {
            if (count.groundTruth() > ringSize || count.choice() > ringSize) {
                throw new IllegalArgumentException("not a choice between " + ringSize + " directions: " + count);
            }
            // + 0.0: there is no coherence of -0.
            add(byCoherence, count.coherencePercent() + 0.0, count.trials(), count.choice() == count.groundTruth());
        }
        return of(PsychometricKind.ACCURACY, 1.0 / ringSize, byCoherence);
    }

    private static void add(NavigableMap<Double, double[]> byCoherence, double x, long trials, boolean isPositive) {
        if (trials > 0) {
            double[] cell = byCoherence.computeIfAbsent(x, key -> new double[2]);
            cell[0] += trials;
            cell[1] += isPositive ? trials : 0;
        }
    }

    private static PsychometricData of(
            PsychometricKind kind, double chance, NavigableMap<Double, double[]> byCoherence) {
        double[] x = byCoherence.keySet().stream().mapToDouble(key -> key).toArray();
        double[] trials =
                byCoherence.values().stream().mapToDouble(cell -> cell[0]).toArray();
        double[] positive =
                byCoherence.values().stream().mapToDouble(cell -> cell[1]).toArray();
        return new PsychometricData(kind, chance, x, trials, positive);
    }

    /**
     * What the ideal observer is expected to do in as many trials of the same coherences. With choices it takes choice 2
     * with its accuracy p at positive coherences, with 1 - p at negative ones, and with 1/2 without evidence.
     *
     * @param accuracyByCoherence its accuracy, 0 to 1, at each coherence in percent
     * @throws IllegalArgumentException if a coherence has no accuracy
     */
    public PsychometricData ofIdeal(Map<Double, Double> accuracyByCoherence) {
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            Double accuracy = accuracyByCoherence.get(Math.abs(x[i]));
            if (accuracy == null || !(accuracy >= 0 && accuracy <= 1)) {
                throw new IllegalArgumentException(
                        "ideal accuracy at coherence " + Math.abs(x[i]) + " is not between 0 and 1: " + accuracy);
            }
            double rate = accuracy;
            if (kind == PsychometricKind.CHOICE && x[i] <= 0) {
                rate = x[i] == 0 ? 0.5 : 1 - accuracy;
            }
            expected[i] = rate * trials[i];
        }
        return withPositive(expected);
    }

    /** The same trials with other responses; the array is kept, not copied. */
    PsychometricData withPositive(double[] responses) {
        return new PsychometricData(kind, chance, x, trials, responses);
    }

    public PsychometricKind kind() {
        return kind;
    }

    /** Rate of positive responses of an observer who guesses evenly: 1 / number of choices. */
    public double chance() {
        return chance;
    }

    /** Number of coherences with trials; negative and positive ones count separately. */
    public int size() {
        return x.length;
    }

    /** Coherence i in percent, signed with choices; ascending. */
    public double x(int i) {
        return x[i];
    }

    /** Trials at coherence i, at least 1. */
    public double trials(int i) {
        return trials[i];
    }

    /** Positive responses at coherence i, 0 to its trials. */
    public double positive(int i) {
        return positive[i];
    }

    /** Rate of positive responses at coherence i, 0 to 1. */
    public double rate(int i) {
        return positive[i] / trials[i];
    }

    /** Trials of all coherences. */
    public long totalTrials() {
        return Math.round(Arrays.stream(trials).sum());
    }

    /** The largest coherence in percent without its sign; 0 if there is none. */
    public double largestCoherence() {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }

    /** The smallest distance in percent between two coherences; infinite if there are fewer than two. */
    public double smallestGap() {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < x.length; i++) {
            smallest = Math.min(smallest, x[i] - x[i - 1]);
        }
        return smallest;
    }
}
