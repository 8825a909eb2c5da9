package cohort.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.run.Experiments;
import cohort.run.Topology;
import cohort.run.TrainingPlan;
import cohort.task.Batching;
import cohort.training.OuterStep;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A long training holds no more than a short one: broadcasts, shuffles and threads of finished rounds are gone. */
@Tag("spark")
class ManyRoundsTest {
    private static final int ROUNDS = 1000;
    private static final int EARLY = 100;

    /** What the JVM, which is driver and executor in one, holds after a collection. */
    private record Held(int round, double heapMegabytes, int blocks, int threads) {}

    @Test
    @Tag("long")
    void averagedInTheDriver() throws IOException {
        holdNoMoreThanAFew(Topology.DRIVER);
    }

    @Test
    @Tag("long")
    void averagedInSlices() throws IOException {
        holdNoMoreThanAFew(Topology.SLICES);
    }

    private static void holdNoMoreThanAFew(Topology topology) throws IOException {
        TrainingPlan plan = new TrainingPlan(
                Experiments.SEED,
                Experiments.task(),
                Experiments.batching(Batching.Form.WINDOWS),
                Experiments.network(),
                Experiments.training(ROUNDS, 0.001),
                2,
                1,
                OuterStep.PLAIN);
        List<Held> held = new ArrayList<>();
        ParameterAveraging.generating(SharedSpark.context(), plan, new Execution(topology, null))
                .run(Experiments.initialState(plan), state -> {
                    if (state.round() == EARLY || state.round() == ROUNDS) {
                        held.add(held(state.round()));
                    }
                    return true;
                });

        held.forEach(each -> System.out.println(topology + ": " + each));
        Held early = held.get(0);
        Held late = held.get(1);
        assertThat(late.blocks()).isLessThanOrEqualTo(early.blocks());
        assertThat(late.threads()).isLessThanOrEqualTo(early.threads() + 4); // pools breathe
        assertThat(late.heapMegabytes())
                .isLessThan(early.heapMegabytes() + 10); // Spark's own record of jobs, up to 1,000
    }

    private static Held held(int round) {
        for (int i = 0; i < 3; i++) {
            System.gc();
            pause(); // Spark's cleaner hears of what was collected
        }
        return new Held(
                round,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6,
                SparkEnv.get().blockManager().blockInfoManager().size(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
