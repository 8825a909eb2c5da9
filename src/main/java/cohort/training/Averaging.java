package cohort.training;

import java.util.Arrays;
import java.util.List;

/**
 * Joins what logical workers learned from one state: the mean of their parameters and of their optimizer moments, weighted
 * by the sequences they processed. Sums are taken in double and in the order of the workers, whatever order they
 * finished in. The mean of equal values is that value to the bit, since an integer multiple of a float is exact in double.
 */
public final class Averaging {
    private Averaging() {}

    /**
     * The weighted mean.
     *
     * @param results one result of each logical worker, in their order, all from the same state and for as many steps
     */
    public static LearnerState average(List<LocalResult> results) {
        LearnerState first = results.get(0).state();
        float[][] moments = new float[first.moments().length][];
        for (int m = 0; m < moments.length; m++) {
            int moment = m;
            moments[m] = mean(results, result -> result.state().moments()[moment]);
        }
        return new LearnerState(
                first.step(), mean(results, result -> result.state().parameters()), moments);
    }

    private interface Vector {
        float[] of(LocalResult result);
    }

    private static float[] mean(List<LocalResult> results, Vector vector) {
        double[] sum = new double[vector.of(results.get(0)).length];
        Arrays.fill(sum, -0.0); // what adds nothing, not even to the sign of a zero
        double weightSum = 0;
        for (LocalResult result : results) {
            double weight = result.sequences();
            float[] values = vector.of(result);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * values[i];
            }
            weightSum += weight;
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / weightSum);
        }
        return mean;
    }
}
