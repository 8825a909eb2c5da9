package cohort.sweep;

import cohort.cluster.ExecutorMeasurements;
import cohort.config.Counted;
import cohort.network.NetworkSpec;
import cohort.network.Parameters;
import cohort.run.RunSpec;
import cohort.run.TrainingPlan;
import cohort.task.Batching;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** What a sweep will do, without doing it: its runs, the time they take by a short calibration, and the disk they need. */
public final class SweepForecast {
    private static final int SHOWN = 20;
    /** Shapes of networks and batches that are timed; the others are put between them by their arithmetic. */
    private static final int TIMED = 6;

    private static final double SECONDS_EACH = 0.8;
    /** Bytes in tables and files besides parameters, about. */
    private static final long BYTES_EACH = 12_000;

    private SweepForecast() {}

    private record Shape(NetworkSpec network, Batching batching) {}

    public static void print(JavaSparkContext spark, SweepConfiguration sweep, PrintWriter out) {
        List<Sweep.Member> members = sweep.members();
        for (Sweep.Member member : members.subList(0, Math.min(SHOWN, members.size()))) {
            out.printf(
                    Locale.ROOT,
                    "%s   %s, seed %d%n",
                    member.run().runId(),
                    member.setting(),
                    member.run().seed());
        }
        if (members.size() > SHOWN) {
            out.printf(Locale.ROOT, "... and %,d more%n", members.size() - SHOWN);
        }
        out.flush();
        int slots = spark.defaultParallelism();
        double seconds = seconds(spark, members) / slots;
        long bytes = members.stream()
                .mapToLong(member ->
                        BYTES_EACH + 16L * Parameters.size(member.run().plan().network()))
                .sum();
        out.printf(
                Locale.ROOT,
                "%s: about %s on %s%s, and %.3g GB of disk.%n",
                Counted.of(members.size(), "run"),
                seconds < 120 ? String.format(Locale.ROOT, "%.0f s", seconds) : duration(seconds),
                Counted.of(slots, "slot"),
                sweep.halving().rungs() > 1 ? " if none were stopped early" : "",
                bytes / 1e9);
    }

    private static String duration(double seconds) {
        return seconds < 2 * 3600
                ? String.format(Locale.ROOT, "%.0f minutes", seconds / 60)
                : String.format(Locale.ROOT, "%.1f hours", seconds / 3600);
    }

    /** Slot time of all runs. */
    private static double seconds(JavaSparkContext spark, List<Sweep.Member> members) {
        Map<Shape, RunSpec> shapes = new LinkedHashMap<>();
        for (Sweep.Member member : members) {
            TrainingPlan plan = member.run().plan();
            shapes.putIfAbsent(new Shape(plan.network(), plan.batching()), member.run());
        }
        List<RunSpec> byCost = new ArrayList<>(shapes.values());
        byCost.sort(Comparator.comparingDouble(SweepForecast::stepFlops));
        List<RunSpec> timed = new ArrayList<>();
        int count = Math.min(TIMED, byCost.size());
        for (int i = 0; i < count; i++) {
            timed.add(byCost.get(count == 1 ? 0 : i * (byCost.size() - 1) / (count - 1)));
        }
        List<Double> secondsPerFlop = new ArrayList<>();
        for (RunSpec run : timed) {
            TrainingPlan plan = run.plan();
            double step = ExecutorMeasurements.step(
                                    spark, plan.task(), plan.batching(), plan.network(), plan.training(), SECONDS_EACH)
                            .stepMillis()
                    / 1000;
            secondsPerFlop.add(step / stepFlops(run));
        }
        double seconds = 0;
        for (Sweep.Member member : members) {
            double flops = stepFlops(member.run());
            int nearest = 0;
            for (int i = 1; i < timed.size(); i++) {
                double distance = Math.abs(Math.log(stepFlops(timed.get(i)) / flops));
                if (distance < Math.abs(Math.log(stepFlops(timed.get(nearest)) / flops))) {
                    nearest = i;
                }
            }
            seconds += SweepPacks.flops(member.run()) * secondsPerFlop.get(nearest);
        }
        return seconds;
    }

    private static double stepFlops(RunSpec run) {
        return SweepPacks.stepFlops(run.plan());
    }
}
