package cohort.sweep;

import cohort.network.Parameters;
import cohort.run.RunSpec;
import cohort.run.TrainingPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts a sweep into tasks. The costliest runs come first, so that slots end together; short ones are packed, so that starting a
 * task costs little beside its work; and packs get smaller towards the end. It changes no result.
 */
public final class SweepPacks {
    /** What a core does in a second, about; only the sizes of packs depend on it. */
    private static final double FLOPS_PER_SECOND = 4e10;
    /** Seconds of a run besides arithmetic, about. */
    private static final double RUN_SECONDS = 2e-3;
    /** Results are heard of when their pack is done: longer than this, nobody should wait. */
    private static final double PACK_SECONDS = 4;

    private SweepPacks() {}

    /** Multiplications and additions of a run: its training steps and its evaluation. */
    public static double flops(RunSpec run) {
        TrainingPlan plan = run.plan();
        int trialSteps = plan.task().signature().maxSteps();
        double tested = (double) trialSteps * run.evaluation().trials()
                + sequence(plan) * run.evaluation().lossSequences();
        double steps = (double) plan.training().steps() * plan.workers();
        return steps * stepFlops(plan) + tested * 2 * Parameters.weights(plan.network());
    }

    /** Multiplications and additions of a training step: as many as three forward passes have. */
    public static double stepFlops(TrainingPlan plan) {
        return 6 * sequence(plan) * plan.batching().batchSize() * Parameters.weights(plan.network());
    }

    private static double sequence(TrainingPlan plan) {
        return plan.batching().steps(plan.task().signature());
    }

    private static double seconds(SweepLeg leg) {
        return RUN_SECONDS + leg.fraction() * flops(leg.run()) / FLOPS_PER_SECOND;
    }

    /** Packs of legs, in the order they are to be started in. */
    static List<List<SweepLeg>> cut(List<SweepLeg> legs, int slots) {
        List<SweepLeg> byCost = new ArrayList<>(legs);
        byCost.sort(Comparator.comparingDouble(SweepPacks::seconds).reversed());
        double left = legs.stream().mapToDouble(SweepPacks::seconds).sum();
        List<List<SweepLeg>> packs = new ArrayList<>();
        int next = 0;
        while (next < byCost.size()) {
            double target = Math.min(PACK_SECONDS, left / (4 * slots));
            List<SweepLeg> pack = new ArrayList<>();
            double inPack = 0;
            do {
                SweepLeg leg = byCost.get(next++);
                pack.add(leg);
                inPack += seconds(leg);
            } while (next < byCost.size() && inPack + seconds(byCost.get(next)) <= target);
            packs.add(pack);
            left -= inPack;
        }
        return packs;
    }
}
