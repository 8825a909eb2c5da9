package cohort.task;

import java.util.Arrays;
import java.util.List;

/**
 * Mean and standard deviation of one channel over the steps of a period, with standard errors that treat the trial as the
 * unit, because the steps of a trial share its signal. All trials must contribute equally many steps.
 */
final class StepStatistics {
    private long trials;
    private double sumMean;
    private double sumSquare;
    private double sumMeanMean;
    private double sumMeanSquare;
    private double sumSquareSquare;
    private double sumWithin;
    private double sumWithinWithin;

    /** The input channels in a period of all trials. */
    static StepStatistics[] inputs(List<Trial> trials, int period) {
        return statistics(
                trials,
                period,
                trials.get(0).channels(),
                (trial, step, channel) -> trial.inputs()[step * trial.channels() + channel]);
    }

    /** How often each output is asked for in a period of all trials. */
    static StepStatistics[] targets(List<Trial> trials, int period) {
        return statistics(
                trials,
                period,
                trials.get(0).outputs(),
                (trial, step, output) -> Examples.target(trial, step) == output ? 1 : 0);
    }

    /** The stimulus channels, rolled so that the right direction comes first. */
    static StepStatistics[] ring(List<Trial> trials, int period) {
        int size = trials.get(0).channels() - 1;
        return statistics(
                trials,
                period,
                size,
                (trial, step, unit) ->
                        trial.inputs()[step * trial.channels() + 1 + (trial.answer() - 1 + unit) % size]);
    }

    private interface StepValue {
        double of(Trial trial, int step, int channel);
    }

    private static StepStatistics[] statistics(List<Trial> trials, int period, int channels, StepValue value) {
        StepStatistics[] statistics = new StepStatistics[channels];
        Arrays.setAll(statistics, c -> new StepStatistics());
        for (Trial trial : trials) {
            double[] steps = new double[trial.steps(period)];
            for (int c = 0; c < channels; c++) {
                for (int s = 0; s < steps.length; s++) {
                    steps[s] = value.of(trial, trial.start(period) + s, c);
                }
                statistics[c].add(steps);
            }
        }
        return statistics;
    }

    /** Adds the steps of one trial. */
    void add(double... steps) {
        double sum = 0;
        double squares = 0;
        for (double value : steps) {
            sum += value;
            squares += value * value;
        }
        double mean = sum / steps.length;
        double square = squares / steps.length;
        double within = 0;
        for (double value : steps) {
            within += (value - mean) * (value - mean) / (steps.length - 1);
        }
        trials++;
        sumMean += mean;
        sumSquare += square;
        sumMeanMean += mean * mean;
        sumMeanSquare += mean * square;
        sumSquareSquare += square * square;
        sumWithin += within;
        sumWithinWithin += within * within;
    }

    double mean() {
        return sumMean / trials;
    }

    double meanError() {
        return Math.sqrt(Math.max(0, covariance(sumMean, sumMean, sumMeanMean)) / trials);
    }

    double sd() {
        return Math.sqrt(Math.max(0, sumSquare / trials - mean() * mean()));
    }

    /** Delta method: the variance is the mean over trials of square - 2 mu mean + mu^2. */
    double sdError() {
        double mu = mean();
        double variance = covariance(sumSquare, sumSquare, sumSquareSquare)
                - 4 * mu * covariance(sumMean, sumSquare, sumMeanSquare)
                + 4 * mu * mu * covariance(sumMean, sumMean, sumMeanMean);
        return errorOfRoot(variance, sd());
    }

    /** Standard deviation around each trial's own mean, pooled. */
    double withinSd() {
        return Math.sqrt(sumWithin / trials);
    }

    double withinSdError() {
        return errorOfRoot(covariance(sumWithin, sumWithin, sumWithinWithin), withinSd());
    }

    private double errorOfRoot(double varianceOfSquare, double root) {
        return root == 0 ? 0 : Math.sqrt(Math.max(0, varianceOfSquare) / trials) / (2 * root);
    }

    private double covariance(double sumA, double sumB, double sumAb) {
        return sumAb / trials - sumA / trials * (sumB / trials);
    }
}
