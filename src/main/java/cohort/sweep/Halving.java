package cohort.sweep;

import cohort.run.TrainingPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Synchronous successive halving (Jamieson and Talwalkar 2016, <a href="https://arxiv.org/abs/1502.07943">arXiv</a>): all settings
 * train up to a rung, where the better ones go on and the others stop. A setting is judged by the mean held-out loss of its
 * seeds; one of which a seed did not get there (null, or another status) comes after all others. Nothing in it depends on who was ready first.
 *
 * @param rungs number of rungs, the last one being the end of the training; 1 stops nobody
 * @param keep fraction of the settings that go on at a rung; steps grow by the same factor from rung to rung
 */
public record Halving(int rungs, double keep) {
    public Halving {
        if (rungs < 1) {
            throw new IllegalArgumentException("rungs is not at least 1: " + rungs);
        }
        if (!(keep > 0 && keep < 1)) {
            throw new IllegalArgumentException("keep is not between 0 and 1: " + keep);
        }
    }

    /** Optimizer steps at a rung, from 1 on: a whole number of rounds. */
    long steps(int rung, TrainingPlan plan) {
        double steps = plan.training().steps() * Math.pow(keep, rungs - rung);
        long rounds = (long) Math.ceil(steps / plan.localSteps() - 1e-9);
        return Math.min(plan.training().steps(), Math.max(1, rounds) * plan.localSteps());
    }

    /** Which part of all steps of all runs is expected to be done: the rest is that of runs that are stopped. */
    public double expectedFraction() {
        double expected = 0;
        for (int rung = 1; rung <= rungs; rung++) {
            double until = Math.pow(keep, rungs - rung);
            double before = rung == 1 ? 0 : Math.pow(keep, rungs - rung + 1);
            expected += Math.pow(keep, rung - 1) * (until - before);
        }
        return expected;
    }

    /** What table runs says of a run that does not go on. */
    String reasonToStop(int rung) {
        return "stopped at rung " + rung + " of " + rungs + ": other settings did better";
    }

    /** Names of the settings that go on, best first. */
    List<String> survivors(Map<String, List<RunResult>> bySetting) {
        Map<String, Double> losses = new LinkedHashMap<>();
        bySetting.forEach((setting, results) -> losses.put(setting, loss(results)));
        List<String> order = new ArrayList<>(losses.keySet());
        order.sort(Comparator.comparingDouble(losses::get)); // stable: of equals, the one named first
        return List.copyOf(order.subList(0, (int) Math.ceil(order.size() * keep - 1e-9)));
    }

    private static double loss(List<RunResult> results) {
        double sum = 0;
        for (RunResult result : results) {
            sum += result != null && result.isPaused()
                    ? result.heldOutLoss() / results.size()
                    : Double.POSITIVE_INFINITY;
        }
        return sum;
    }
}
