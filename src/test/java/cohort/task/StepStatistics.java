package cohort.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Mean and standard deviation of one channel over the steps of a period, pooled over trials, with standard errors that treat the
 * trial as the unit, because the steps of a trial share its signal. Trials may contribute different numbers of steps: then each is
 * a ratio of two means, and has the error of one.
 */
final class StepStatistics {
    /** A value of a step of a trial. */
    interface StepValue {
        double of(Trial trial, int step, int channel);
    }

    /** Steps of one trial: how many, their sum, the sum of their squares, and that of their squared distances from their mean. */
    private record Steps(double count, double sum, double squares, double within) {}

    private final List<Steps> trials = new ArrayList<>();

    /** Of one number a trial. */
    static StepStatistics of(List<Trial> trials, ToDoubleFunction<Trial> number) {
        StepStatistics statistics = new StepStatistics();
        trials.forEach(trial -> statistics.add(number.applyAsDouble(trial)));
        return statistics;
    }

    /** Of each channel at the steps that a trial has in a period: the first of them, and the one after the last. */
    static StepStatistics[] of(List<Trial> trials, Function<Trial, int[]> period, int channels, StepValue value) {
        StepStatistics[] statistics = new StepStatistics[channels];
        for (int c = 0; c < channels; c++) {
            statistics[c] = new StepStatistics();
            for (Trial trial : trials) {
                int[] bounds = period.apply(trial);
                double[] steps = new double[bounds[1] - bounds[0]];
                for (int s = 0; s < steps.length; s++) {
                    steps[s] = value.of(trial, bounds[0] + s, c);
                }
                statistics[c].add(steps);
            }
        }
        return statistics;
    }

    /** Adds the steps of one trial. */
    void add(double... steps) {
        double sum = Arrays.stream(steps).sum();
        double mean = steps.length == 0 ? 0 : sum / steps.length;
        trials.add(new Steps(
                steps.length,
                sum,
                Arrays.stream(steps).map(StepStatistics::square).sum(),
                Arrays.stream(steps).map(step -> square(step - mean)).sum()));
    }

    private double sum(ToDoubleFunction<Steps> part) {
        return trials.stream().mapToDouble(part).sum();
    }

    double mean() {
        return sum(Steps::sum) / sum(Steps::count);
    }

    double meanError() {
        double mean = mean();
        return Math.sqrt(sum(s -> square(s.sum - mean * s.count))) / sum(Steps::count);
    }

    double sd() {
        double mean = mean();
        return Math.sqrt(
                Math.max(0, sum(s -> s.squares - 2 * mean * s.sum + mean * mean * s.count) / sum(Steps::count)));
    }

    double sdError() {
        double mean = mean();
        double variance = square(sd());
        double squares = sum(s -> square(s.squares - 2 * mean * s.sum + (mean * mean - variance) * s.count));
        return errorOfRoot(Math.sqrt(squares) / sum(Steps::count), sd());
    }

    /** Standard deviation around each trial's own mean, pooled. */
    double withinSd() {
        return Math.sqrt(sum(Steps::within) / sum(s -> Math.max(0, s.count - 1)));
    }

    double withinSdError() {
        double variance = square(withinSd());
        double squares = sum(s -> square(s.within - variance * Math.max(0, s.count - 1)));
        return errorOfRoot(Math.sqrt(squares) / sum(s -> Math.max(0, s.count - 1)), withinSd());
    }

    private static double errorOfRoot(double errorOfSquare, double root) {
        return root == 0 ? 0 : errorOfSquare / (2 * root);
    }

    private static double square(double value) {
        return value * value;
    }
}
