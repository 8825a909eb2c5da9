package cohort.evaluation;

import cohort.task.Psychometry;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Mean activity over trials, step by step. Trials are aligned at their start; where they differ in length a mean has the steps of
 * the shortest of its trials, so that each step is a mean over all of them. Their periods may still end at different steps.
 */
public final class MeanTrajectories {
    private MeanTrajectories() {}

    /**
     * The mean over all of these trials: what a heat map of, say, all correct trials shows.
     *
     * @param activities trials of one network, at least one
     * @return h, [step, unit], with as many steps as the shortest trial
     */
    public static float[] of(List<TrialActivity> activities) {
        int units = TrialActivity.units(activities);
        int steps = Integer.MAX_VALUE;
        for (TrialActivity activity : activities) {
            steps = Math.min(steps, activity.steps());
        }
        double[] sum = new double[steps * units];
        for (TrialActivity activity : activities) {
            float[] states = activity.states();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += states[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / activities.size());
        }
        return mean;
    }

    /**
     * The mean over the trials of each group that occurs, right or wrong.
     *
     * @param activities trials of one network
     * @return h, [step, unit], with as many steps as the shortest trial of that group
     */
    public static NavigableMap<TrialGroup, float[]> perGroup(
            List<TrialActivity> activities, Optional<Psychometry> psychometry) {
        TreeMap<TrialGroup, List<TrialActivity>> groups = new TreeMap<>();
        for (TrialActivity activity : activities) {
            groups.computeIfAbsent(TrialGroup.of(activity.outcome(), psychometry), g -> new ArrayList<>())
                    .add(activity);
        }
        TreeMap<TrialGroup, float[]> means = new TreeMap<>();
        groups.forEach((group, trials) -> means.put(group, of(trials)));
        return means;
    }
}
