package cohort.task;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;

/** How long a period of a trial lasts, in milliseconds, before it is floored to whole steps. */
public sealed interface Duration extends Serializable {
    /** Draws one duration in milliseconds. */
    double sampleMillis(UniformRandomProvider random);

    /** The shortest duration that can be drawn, in milliseconds. */
    double minMillis();

    /** The longest duration that can be drawn, in milliseconds. */
    double maxMillis();

    /** Whether it can be any of infinitely many: then it is no factor, since each trial would be a condition of its own. */
    default boolean isContinuous() {
        return minMillis() < maxMillis();
    }

    /** In words: "500 ms", "200 or 800 ms", "200 to 800 ms". */
    String label();

    /** Whole steps in a duration: floor(millis / dt), as neurogym does. */
    static int steps(double millis, double dtMillis) {
        // The small allowance keeps 0.3 / 0.1 at 3 steps although the quotient is 2.9999999999999996.
        return (int) Math.floor(millis / dtMillis * (1 + 1e-12));
    }

    /**
     * Refuses a period that can vanish.
     *
     * @param period what the message calls it
     * @throws IllegalArgumentException if its shortest duration is below one step
     */
    default void requireStep(String period, double dtMillis) {
        if (minMillis() < dtMillis) {
            throw new IllegalArgumentException("the " + period + " period can be shorter than one step of " + dtMillis
                    + " ms: " + minMillis() + " ms");
        }
    }

    /**
     * Refuses a length of time steps that is none.
     *
     * @throws IllegalArgumentException if it is not above 0, or longer than {@link #MAX_MILLIS}
     */
    static void requireDt(double dtMillis) {
        if (!(dtMillis > 0) || dtMillis > MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "dt is not above 0 and at most " + (long) MAX_MILLIS + " ms: " + dtMillis);
        }
    }

    /** Always the same duration. */
    record Constant(double millis) implements Duration {
        public Constant {
            requireDuration("duration", millis);
        }

        @Override
        public double sampleMillis(UniformRandomProvider random) {
            return millis;
        }

        @Override
        public String label() {
            return text(millis) + " ms";
        }

        @Override
        public double minMillis() {
            return millis;
        }

        @Override
        public double maxMillis() {
            return millis;
        }
    }

    /** One of several durations, each equally likely. */
    record Choice(List<Double> millis) implements Duration {
        public Choice {
            if (millis.isEmpty()) {
                throw new IllegalArgumentException("list of durations is empty");
            }
            millis.forEach(value -> requireDuration("duration", value));
            millis = List.copyOf(millis);
        }

        @Override
        public boolean isContinuous() {
            return false;
        }

        @Override
        public String label() {
            int last = millis.size() - 1;
            String others = millis.subList(0, last).stream().map(Duration::text).collect(Collectors.joining(", "));
            return (others.isEmpty() ? "" : others + " or ") + text(millis.get(last)) + " ms";
        }

        @Override
        public double sampleMillis(UniformRandomProvider random) {
            return millis.get(random.nextInt(millis.size()));
        }

        @Override
        public double minMillis() {
            return millis.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        }

        @Override
        public double maxMillis() {
            return millis.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }
    }

    /** Uniform between min and max. */
    record Uniform(double minMillis, double maxMillis) implements Duration {
        public Uniform {
            requireRange(minMillis, maxMillis);
        }

        @Override
        public double sampleMillis(UniformRandomProvider random) {
            return minMillis + random.nextDouble() * (maxMillis - minMillis);
        }

        @Override
        public String label() {
            return text(minMillis) + " to " + text(maxMillis) + " ms, uniform";
        }
    }

    /**
     * Exponential with the given mean, conditioned on [min, max]: the distribution that neurogym's {@code TruncExp} draws
     * by rejection, drawn here by inversion. Its own mean is not {@code meanMillis}.
     */
    record TruncatedExponential(double meanMillis, double minMillis, double maxMillis) implements Duration {
        public TruncatedExponential {
            if (!(meanMillis > 0) || meanMillis == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("mean is not a finite number above 0: " + meanMillis);
            }
            requireRange(minMillis, maxMillis);
        }

        @Override
        public double sampleMillis(UniformRandomProvider random) {
            double massInside = -Math.expm1(-(maxMillis - minMillis) / meanMillis);
            return Math.min(maxMillis, minMillis - meanMillis * Math.log1p(-random.nextDouble() * massInside));
        }

        @Override
        public String label() {
            return text(minMillis) + " to " + text(maxMillis) + " ms, exponential of mean " + text(meanMillis);
        }
    }

    private static String text(double millis) {
        return millis == Math.rint(millis) ? Long.toString((long) millis) : Double.toString(millis);
    }

    private static void requireDuration(String name, double millis) {
        if (!(millis >= 0) || millis > MAX_MILLIS) {
            throw new IllegalArgumentException(name + " is not between 0 and " + (long) MAX_MILLIS + " ms: " + millis);
        }
    }

    private static void requireRange(double minMillis, double maxMillis) {
        requireDuration("min", minMillis);
        requireDuration("max", maxMillis);
        if (minMillis > maxMillis) {
            throw new IllegalArgumentException("min " + minMillis + " is larger than max " + maxMillis);
        }
    }

    /** An hour: longer periods are a slip of units, and their steps would not fit an array. */
    double MAX_MILLIS = 3_600_000;
}
