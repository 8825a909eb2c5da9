package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.GoldenComparison;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;

/** What trials show beyond what they show without noise, compared with what a file says of theirs, and with what is exactly true. */
final class YangNoise {
    private final JsonNode node;
    private final int ringSize;
    private final Group all = new Group();
    private final Group fixation = new Group();
    private final Group ring1 = new Group();
    private final Group ring2 = new Group();
    private final Group rule = new Group();
    private double nextStep;
    private long nextSteps;
    private double nextChannel;
    private long nextChannels;
    private double otherTrial;
    private long otherTrials;

    /** Values of some channels. */
    private static final class Group {
        long count;
        double sum;
        double squares;

        void add(double value) {
            count++;
            sum += value;
            squares += value * value;
        }

        double sd() {
            return Math.sqrt(squares / count);
        }
    }

    YangNoise(JsonNode node, int ringSize) {
        this.node = node;
        this.ringSize = ringSize;
    }

    /** Adds the trials of a batch, which are two. */
    void add(Trial[] batch, Trial[] mean) {
        double[][] noise = new double[2][];
        int channels = batch[0].channels();
        for (int lane = 0; lane < 2; lane++) {
            assertThat(batch[lane].condition()).isEqualTo(mean[lane].condition());
            noise[lane] = new double[batch[lane].steps() * channels];
            for (int at = 0; at < noise[lane].length; at++) {
                noise[lane][at] = batch[lane].inputs()[at] - mean[lane].inputs()[at];
            }
            add(noise[lane], channels);
        }
        for (int at = 0; at < noise[0].length; at++) {
            otherTrial += noise[0][at] * noise[1][at];
        }
        otherTrials += noise[0].length;
    }

    private void add(double[] noise, int channels) {
        for (int at = 0; at < noise.length; at++) {
            double value = noise[at];
            all.add(value);
            group(at % channels).add(value);
            if (at >= channels) {
                nextStep += value * noise[at - channels];
                nextSteps++;
            }
            if (at % channels > 0) {
                nextChannel += value * noise[at - 1];
                nextChannels++;
            }
        }
    }

    private Group group(int channel) {
        return channel == 0 ? fixation : channel <= ringSize ? ring1 : channel <= 2 * ringSize ? ring2 : rule;
    }

    void compare(GoldenComparison comparison) {
        double exact = node.get("sd_exact").doubleValue();
        double error = exact / Math.sqrt((double) all.count);
        comparison.estimates(
                "noise",
                all.sum / all.count,
                error,
                node.get("mean").doubleValue(),
                node.get("mean_se").doubleValue());
        comparison.estimates("noise, exactly", all.sum / all.count, error, 0, 0);
        comparison.estimates(
                "noise sd",
                all.sd(),
                error / Math.sqrt(2),
                node.get("sd").doubleValue(),
                node.get("sd_se").doubleValue());
        compareGroup(comparison, "fixation", fixation, exact);
        compareGroup(comparison, "ring1", ring1, exact);
        compareGroup(comparison, "ring2", ring2, exact);
        compareGroup(comparison, "rule", rule, exact);
        compareGroup(comparison, null, all, exact);
        double variance = exact * exact;
        compareCorrelation(comparison, "lag1_autocorrelation", "lag1_se", nextStep / variance, nextSteps);
        compareCorrelation(
                comparison, "next_channel_correlation", "next_channel_se", nextChannel / variance, nextChannels);
        compareCorrelation(comparison, "other_trial_correlation", "other_trial_se", otherTrial / variance, otherTrials);
    }

    private void compareGroup(GoldenComparison comparison, String name, Group ours, double exact) {
        double error = exact / Math.sqrt(2.0 * (double) ours.count);
        comparison.estimates("noise sd, exactly, of " + name, ours.sd(), error, exact, 0);
        if (name != null) {
            double theirs = exact
                    / Math.sqrt(
                            2.0 * (double) node.at("/values_by_group/" + name).longValue());
            comparison.estimates(
                    "noise sd of " + name,
                    ours.sd(),
                    error,
                    node.at("/sd_by_group/" + name).doubleValue(),
                    theirs);
        }
    }

    private void compareCorrelation(
            GoldenComparison comparison, String name, String errorName, double sum, long count) {
        double r = sum / count;
        double error = 1 / Math.sqrt((double) count);
        comparison.estimates(
                name,
                r,
                error,
                node.get(name).doubleValue(),
                node.get(errorName).doubleValue());
        comparison.estimates(name + ", exactly", r, error, 0, 0);
    }
}
