package cohort.task.declared;

import cohort.task.Duration;
import cohort.task.Group;
import cohort.task.PeriodSpec;
import cohort.task.Signature;
import cohort.task.Trial;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a draw can come to: worked out when a configuration is read, so that no trial holds a surprise.
 *
 * @param shares its values and how likely each is; empty if they are too many, or infinitely many
 * @param min no value is below
 * @param max no value is above
 */
record Possible(NavigableMap<Double, Double> shares, double min, double max) {
    /** Combinations of results that are gone through one by one. */
    private static final int MOST = 200_000;

    /** Sums of shares are as exact as this. */
    private static final double ROUNDED = 1e12;

    Possible {
        shares = Collections.unmodifiableNavigableMap(shares);
    }

    static Possible of(double number) {
        return new Possible(new TreeMap<>(Collections.singletonMap(number, 1.0)), number, number);
    }

    /** What the draw at a place can come to, from all that it is made of. */
    static Possible of(List<Draw> draws, int place) {
        TreeSet<Integer> needed = new TreeSet<>();
        need(draws, place, needed);
        double combinations = 1;
        for (int source : needed) {
            combinations *= draws.get(source).results();
        }
        if (combinations == 0 || combinations > MOST) {
            double[] bounds = bounds(draws, place);
            return new Possible(known(draws.get(place)), bounds[0], bounds[1]);
        }
        NavigableMap<Double, Double> shares = new TreeMap<>();
        List<Integer> order = List.copyOf(needed);
        go(draws, order, 0, 1, scratch(), shares);
        shares.replaceAll((value, share) -> Math.rint(share * ROUNDED) / ROUNDED);
        return new Possible(shares, shares.firstKey(), shares.lastKey());
    }

    private static void need(List<Draw> draws, int place, TreeSet<Integer> into) {
        if (into.add(place)) {
            draws.get(place).sources().forEach(source -> need(draws, source, into));
        }
    }

    private static void go(
            List<Draw> draws,
            List<Integer> order,
            int at,
            double share,
            Trial trial,
            NavigableMap<Double, Double> into) {
        int place = order.get(at);
        Draw draw = draws.get(place);
        for (int number = 0; number < draw.results(); number++) {
            double value = draw.result(number, trial) + 0.0; // -0 is 0
            double of = share * draw.share(number);
            if (at == order.size() - 1) {
                into.merge(value, of, Double::sum);
            } else {
                trial.setDrawn(place, value);
                go(draws, order, at + 1, of, trial, into);
            }
        }
    }

    private static double[] bounds(List<Draw> draws, int place) {
        return draws.get(place).bounds(source -> bounds(draws, source));
    }

    /** Values that are known whatever the draw is made of; how likely they are is not. */
    private static NavigableMap<Double, Double> known(Draw draw) {
        NavigableMap<Double, Double> values = new TreeMap<>();
        if (draw instanceof Draw.LargestOf largest) {
            for (int i = 1; i <= largest.candidates().size(); i++) {
                values.put((double) i, Double.NaN);
            }
        }
        return values;
    }

    /** A trial that only holds what is drawn. */
    private static Trial scratch() {
        return new Trial(new Signature(
                "scratch",
                1,
                List.of(new Group("none", 0, 1)),
                List.of(new Group("none", 0, 1)),
                List.of(new PeriodSpec("none", new Duration.Constant(1))),
                List.of()));
    }

    /** Whether its values are known. */
    boolean isListed() {
        return !shares.isEmpty();
    }

    /** How likely the likeliest value is; NaN if nobody knows. */
    double largestShare() {
        return shares.values().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
