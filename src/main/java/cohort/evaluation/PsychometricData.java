package cohort.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a psychometric function is fitted to: trials and positive responses at each strength, in ascending order.
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
     * Choices between two over the signed strength, which is positive where the evidence is for the positive choice. Trials without a
     * response are left out. Trials without evidence are pooled at 0, whatever their answer.
     *
     * @param counts in any order; what appears twice is added up
     * @param positive the choice that is a positive response, 1 or 2
     * @throws IllegalArgumentException if there is a choice other than 1 and 2
     */
    public static PsychometricData choices(Collection<EvidenceCount> counts, int positive) {
        TreeMap<Double, double[]> byStrength = new TreeMap<>();
        for (EvidenceCount count : counts) {
            if (count.answer() > 2 || count.choice() > 2) {
                throw new IllegalArgumentException("not a choice between two: " + count);
            }
            if (count.choice() != 0) {
                // 0 - c rather than -c: there is no strength of -0.
                double signed = count.answer() == positive ? count.strength() : 0 - count.strength();
                add(byStrength, signed, count.trials(), count.choice() == positive);
            }
        }
        return of(PsychometricKind.CHOICE, 0.5, byStrength);
    }

    /**
     * Right choices over the strength; a trial without a response counts as wrong.
     *
     * @param counts in any order; what appears twice is added up
     * @param choices number of choices R, at least 2; who guesses is right in 1 of R trials
     * @throws IllegalArgumentException if there is a choice beyond R
     */
    public static PsychometricData accuracy(Collection<EvidenceCount> counts, int choices) {
        if (choices < 2) {
            throw new IllegalArgumentException("number of choices is not at least 2: " + choices);
        }
        TreeMap<Double, double[]> byStrength = new TreeMap<>();
        for (EvidenceCount count : counts) {
            if (count.answer() > choices || count.choice() > choices) {
                throw new IllegalArgumentException("not a choice between " + choices + ": " + count);
            }
            // + 0.0: there is no strength of -0.
            add(byStrength, count.strength() + 0.0, count.trials(), count.choice() == count.answer());
        }
        return of(PsychometricKind.ACCURACY, 1.0 / choices, byStrength);
    }

    private static void add(NavigableMap<Double, double[]> byStrength, double x, long trials, boolean isPositive) {
        if (trials > 0) {
            double[] cell = byStrength.computeIfAbsent(x, key -> new double[2]);
            cell[0] += trials;
            cell[1] += isPositive ? trials : 0;
        }
    }

    private static PsychometricData of(
            PsychometricKind kind, double chance, NavigableMap<Double, double[]> byStrength) {
        double[] x = byStrength.keySet().stream().mapToDouble(key -> key).toArray();
        double[] trials =
                byStrength.values().stream().mapToDouble(cell -> cell[0]).toArray();
        double[] positive =
                byStrength.values().stream().mapToDouble(cell -> cell[1]).toArray();
        return new PsychometricData(kind, chance, x, trials, positive);
    }

    /**
     * What the ideal observer is expected to do in as many trials of the same strengths. With choices it takes the
     * positive one with its accuracy p at positive strengths, with 1 - p at negative ones, and with 1/2 without evidence.
     *
     * @param accuracyByStrength its accuracy, 0 to 1, at each strength
     * @throws IllegalArgumentException if a strength has no accuracy
     */
    public PsychometricData ofIdeal(Map<Double, Double> accuracyByStrength) {
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            Double accuracy = accuracyByStrength.get(Math.abs(x[i]));
            if (accuracy == null || !(accuracy >= 0 && accuracy <= 1)) {
                throw new IllegalArgumentException(
                        "ideal accuracy at strength " + Math.abs(x[i]) + " is not between 0 and 1: " + accuracy);
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

    /** Number of strengths with trials; negative and positive ones count separately. */
    public int size() {
        return x.length;
    }

    /** Strength i, signed with choices; ascending. */
    public double x(int i) {
        return x[i];
    }

    /** Trials at strength i, at least 1. */
    public double trials(int i) {
        return trials[i];
    }

    /** Positive responses at strength i, 0 to its trials. */
    public double positive(int i) {
        return positive[i];
    }

    /** Rate of positive responses at strength i, 0 to 1. */
    public double rate(int i) {
        return positive[i] / trials[i];
    }

    /** Trials of all strengths. */
    public long totalTrials() {
        return Math.round(Arrays.stream(trials).sum());
    }

    /** The largest strength without its sign; 0 if there is none. */
    public double largestStrength() {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }

    /** The smallest distance between two strengths; infinite if there are fewer than two. */
    public double smallestGap() {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < x.length; i++) {
            smallest = Math.min(smallest, x[i] - x[i - 1]);
        }
        return smallest;
    }
}
