package cohort.task.declared;

import cohort.task.Trial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;

/** A number that each trial has, drawn or made of what was drawn before it. */
sealed interface Draw extends Serializable {
    /** How many results there may be, given what was drawn before; 0: infinitely many. */
    default int results() {
        return 1;
    }

    /** A result by its number, from 0 on. */
    double result(int number, Trial before);

    /** Probability of a result. */
    default double share(int number) {
        return 1.0 / results();
    }

    default double draw(UniformRandomProvider random, Trial before) {
        int results = results();
        return result(results == 1 ? 0 : random.nextInt(results), before);
    }

    /** Places of the draws that this one is made of. */
    default List<Integer> sources() {
        return List.of();
    }

    /** The smallest and the largest result, from those of its sources: none is beyond, though none may come near. */
    double[] bounds(IntFunction<double[]> ofSources);

    /** Always the same number. */
    record Constant(double number) implements Draw {
        @Override
        public double result(int one, Trial before) {
            return number;
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            return new double[] {number, number};
        }
    }

    /**
     * One of several values.
     *
     * @param shares probability of each; empty: they are equally likely
     */
    record OneOf(List<Double> values, List<Double> shares) implements Draw {
        @Override
        public int results() {
            return values.size();
        }

        @Override
        public double result(int number, Trial before) {
            return values.get(number);
        }

        @Override
        public double share(int number) {
            return shares.isEmpty() ? 1.0 / values.size() : shares.get(number);
        }

        @Override
        public double draw(UniformRandomProvider random, Trial before) {
            if (shares.isEmpty()) {
                return Draw.super.draw(random, before);
            }
            double left = random.nextDouble();
            int number = 0;
            while (number < values.size() - 1 && left >= shares.get(number)) {
                left -= shares.get(number++);
            }
            return values.get(number);
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            return around(values);
        }
    }

    /** One of directions the same distance apart, in degrees, the first at 0. */
    record Direction(int count) implements Draw {
        @Override
        public int results() {
            return count;
        }

        @Override
        public double result(int number, Trial before) {
            return 360.0 * number / count;
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            return new double[] {0, 360};
        }
    }

    /** Any number of a range. */
    record Uniform(double min, double max) implements Draw {
        @Override
        public int results() {
            return 0;
        }

        @Override
        public double result(int number, Trial before) {
            throw new IllegalStateException("a range has no results to count");
        }

        @Override
        public double draw(UniformRandomProvider random, Trial before) {
            return min + random.nextDouble() * (max - min);
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            return new double[] {min, max};
        }
    }

    /**
     * Another value than that of a draw before, each as likely; the same one in trials that are not meant.
     *
     * @param values what there is to choose from
     */
    record OtherThan(int of, List<Double> values, Where where) implements Draw {
        @Override
        public int results() {
            return values.size() - 1;
        }

        @Override
        public double result(int number, Trial before) {
            double same = before.drawn(of);
            if (!where.holds(before)) {
                return same;
            }
            int place = number;
            for (int i = 0; i <= number; i++) {
                if (values.get(i) == same) {
                    place = number + 1;
                }
            }
            return values.get(place);
        }

        @Override
        public List<Integer> sources() {
            return where.with(of);
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            return around(values);
        }
    }

    /**
     * The direction opposite to one before, in degrees; the same one in trials that are not meant.
     *
     * @param directions how many directions there are, which is even, so that the opposite is one of them to the last bit; 0: any
     */
    record Opposite(int of, int directions, Where where) implements Draw {
        @Override
        public double result(int number, Trial before) {
            double same = before.drawn(of);
            if (!where.holds(before)) {
                return same;
            }
            return directions == 0 ? of(same) : 360.0 * (Ordinal.number(same + 180, directions) - 1) / directions;
        }

        @Override
        public List<Integer> sources() {
            return where.with(of);
        }

        static double of(double angle) {
            return ((angle + 180) % 360 + 360) % 360;
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            double[] same = ofSources.apply(of);
            return new double[] {Math.min(0, same[0]), Math.max(360, same[1])};
        }
    }

    /**
     * What stands in a list at the place of a draw before in its own list.
     *
     * @param keys the list of the draw before
     */
    record By(int of, List<Double> keys, List<Amount> values) implements Draw {
        @Override
        public double result(int number, Trial before) {
            double key = before.drawn(of);
            int place = 0;
            while (place < keys.size() - 1 && keys.get(place) != key) {
                place++;
            }
            return values.get(place).of(before);
        }

        @Override
        public List<Integer> sources() {
            return with(values, of);
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            double[] all = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
            for (Amount value : values) {
                double[] one = value.bounds(ofSources);
                all[0] = Math.min(all[0], one[0]);
                all[1] = Math.max(all[1], one[1]);
            }
            return all;
        }
    }

    /** A sum. */
    record Sum(List<Amount> terms) implements Draw {
        @Override
        public double result(int number, Trial before) {
            double sum = 0;
            for (int i = 0; i < terms.size(); i++) {
                sum += terms.get(i).of(before);
            }
            return sum;
        }

        @Override
        public List<Integer> sources() {
            return with(terms);
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            double[] all = {0, 0};
            for (Amount term : terms) {
                double[] one = term.bounds(ofSources);
                all[0] += one[0];
                all[1] += one[1];
            }
            return all;
        }
    }

    /** A product. */
    record Product(List<Amount> factors) implements Draw {
        @Override
        public double result(int number, Trial before) {
            double product = 1;
            for (int i = 0; i < factors.size(); i++) {
                product *= factors.get(i).of(before);
            }
            return product;
        }

        @Override
        public List<Integer> sources() {
            return with(factors);
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            double[] all = {1, 1};
            for (Amount factor : factors) {
                double[] one = factor.bounds(ofSources);
                all = around(List.of(all[0] * one[0], all[0] * one[1], all[1] * one[0], all[1] * one[1]));
            }
            return all;
        }
    }

    /** Which of several is the largest, from 1 on; of equal ones the first. */
    record LargestOf(List<Amount> candidates) implements Draw {
        @Override
        public double result(int number, Trial before) {
            int largest = 0;
            for (int i = 1; i < candidates.size(); i++) {
                if (candidates.get(i).of(before) > candidates.get(largest).of(before)) {
                    largest = i;
                }
            }
            return largest + 1.0;
        }

        @Override
        public List<Integer> sources() {
            return with(candidates);
        }

        @Override
        public double[] bounds(IntFunction<double[]> ofSources) {
            return new double[] {1, candidates.size()};
        }
    }

    private static List<Integer> with(List<Amount> amounts, Integer... others) {
        List<Integer> places = new ArrayList<>(List.of(others));
        amounts.stream().filter(Amount::isDrawn).forEach(amount -> places.add(amount.place()));
        return places;
    }

    private static double[] around(List<Double> values) {
        return new double[] {
            values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
            values.stream().mapToDouble(Double::doubleValue).max().orElseThrow()
        };
    }
}
