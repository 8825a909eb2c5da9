package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationCostTest {
    private static Task task(String... settings) {
        return TaskFactory.chosen(Settings.defaults(List.of(settings)));
    }

    /** Direction and coherence are drawn, and noise for each channel of the ring at each step of the stimulus. */
    @Test
    void allDrawsOfATrialAreCounted() {
        Task task = task("task.ring-size=7", "task.timing.stimulus=[1000, 2000, 5000]");
        Trial trial = new Trial(task.signature());
        for (int index = 0; index < 50; index++) {
            CountingRandom counted = CountingRandom.ofTrial(task, 1, index, trial);
            assertThat(counted.gaussians())
                    .isEqualTo(7 * trial.steps(task.signature().period("stimulus")));
            assertThat(counted.uniforms())
                    .as("direction, coherence and duration")
                    .isEqualTo(3);
        }
    }

    @Test
    void whatTrialsOfABlockShareCountsForEachOfThem() {
        Task task = task("task.kind=memory-guided-reach", "task.block-size=4");
        Task alone = task("task.kind=memory-guided-reach");
        assertThat(CountingRandom.ofTrial(task, 1, 5, new Trial(task.signature()))
                        .uniforms())
                .isEqualTo(CountingRandom.ofTrial(alone, 1, 5, new Trial(alone.signature()))
                        .uniforms());
    }

    @Test
    void aTrialTakesLongerThanItsRandomNumbers() {
        GenerationCost cost = GenerationCost.of(task("task.timing.stimulus=1000"), 0.5);
        assertThat(cost.gaussians()).isEqualTo(2 * 50);
        assertThat(cost.uniforms()).isEqualTo(2);
        assertThat(cost.steps()).isEqualTo(5 + 50 + 5);
        assertThat(cost.bytes()).isEqualTo(60 * 4 * (3 + 3 + 1));
        assertThat(cost.numberNanos()).isPositive();
        assertThat(cost.arrayNanos()).isPositive();
        assertThat(cost.trialNanos()).isGreaterThan(cost.arrayNanos());
    }
}
