package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cohort.task.library.decision.PerceptualDecisionMaking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrialBatchesTest {
    private static final float[] WEIGHTS = {0.5f, 1, 2, 4};
    private static final int LANES = 5;

    static Stream<PerceptualDecisionMaking> tasks() {
        return Stream.of(Examples.tutorial(), Examples.randomDurations());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void eachLaneIsOneTrialWithTheWeightsOfItsPeriods(PerceptualDecisionMaking spec) {
        TrialSource source = Examples.trials(spec);
        TrialBatches batches = new TrialBatches(source, WEIGHTS, LANES, 0, LANES);
        Batch batch = batches.newBatch();
        for (int n = 0; n < 20; n++) {
            batches.read(n, batch);
            for (int lane = 0; lane < LANES; lane++) {
                Trial trial = Examples.read(source, (long) n * LANES + lane);
                assertThat(batches.trial(lane).index()).isEqualTo(trial.index());
                for (int step = 0; step < trial.steps(); step++) {
                    int row = step * LANES + lane;
                    assertThat(inputs(batch, row))
                            .isEqualTo(Arrays.copyOfRange(
                                    trial.inputs(), step * trial.channels(), (step + 1) * trial.channels()));
                    assertThat(targets(batch, row)).isEqualTo(oneHot(Examples.target(trial, step), batch.outputs()));
                    assertThat(batch.weights()[row])
                            .isEqualTo(WEIGHTS[
                                    trial.signature().period(trial.timeline().periodAt(step))]);
                }
            }
        }
    }

    @Test
    void shorterTrialsArePaddedWithStepsThatCountForNothing() {
        TrialSource source = Examples.trials(Examples.randomDurations());
        BatchSource batches = new TrialBatches(source, WEIGHTS, LANES, 0, LANES);
        Batch batch = batches.newBatch();
        int padded = 0;
        for (int n = 0; n < 50; n++) {
            // What an earlier batch left behind must not show.
            Arrays.fill(batch.inputs(), Float.NaN);
            Arrays.fill(batch.targets(), Float.NaN);
            Arrays.fill(batch.weights(), Float.NaN);
            batches.read(n, batch);
            long first = (long) n * LANES;
            int longest = LongStream.range(first, first + LANES)
                    .mapToInt(source::steps)
                    .max()
                    .orElseThrow();
            assertThat(batch.steps()).isEqualTo(longest);
            for (int lane = 0; lane < LANES; lane++) {
                for (int step = source.steps(first + lane); step < longest; step++) {
                    int row = step * LANES + lane;
                    assertThat(inputs(batch, row)).containsOnly(0);
                    assertThat(targets(batch, row)).containsOnly(0);
                    assertThat(batch.weights()[row]).isZero();
                    padded++;
                }
            }
        }
        assertThat(padded).isGreaterThan(500);
    }

    @Test
    void everyTrialIsUsedOnceByReadersThatShareTheLanes() {
        TrialSource source = Examples.trials(Examples.randomDurations());
        int[] lanesOf = {2, 4, 1};
        int total = IntStream.of(lanesOf).sum();
        List<Long> used = new ArrayList<>();
        int firstLane = 0;
        for (int lanes : lanesOf) {
            TrialBatches batches = new TrialBatches(source, WEIGHTS, lanes, firstLane, total);
            Batch batch = batches.newBatch();
            for (int n = 0; n < 10; n++) {
                batches.read(n, batch);
                IntStream.range(0, lanes)
                        .forEach(lane -> used.add(batches.trial(lane).index()));
            }
            firstLane += lanes;
        }
        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 10L * total).boxed().toList());
    }

    @Test
    void aBatchIsTheSameWhateverWasReadBefore() {
        TrialSource source = Examples.trials(Examples.randomDurations());
        BatchSource batches = new TrialBatches(source, WEIGHTS, LANES, 0, LANES);
        Batch reused = batches.newBatch();
        for (int n : new int[] {3, 0, 12, 11, 3, 1_000_000}) {
            batches.read(n, reused);
            BatchSource others = new TrialBatches(source, WEIGHTS, LANES, 0, LANES);
            Batch alone = others.newBatch();
            others.read(n, alone);
            assertThat(reused.steps()).isEqualTo(alone.steps());
            for (int row = 0; row < alone.steps() * LANES; row++) {
                assertThat(inputs(reused, row)).isEqualTo(inputs(alone, row));
                assertThat(targets(reused, row)).isEqualTo(targets(alone, row));
                assertThat(reused.weights()[row]).isEqualTo(alone.weights()[row]);
            }
        }
    }

    @Test
    void aBatchHasRoomForTheLongestTrialAndForNoMore() {
        TrialSource source = Examples.trials(Examples.randomDurations());
        Batch batch = new TrialBatches(source, WEIGHTS, LANES, 0, LANES).newBatch();
        assertThat(batch.maxSteps()).isEqualTo(source.signature().maxSteps());
        assertThat(batch.lanes()).isEqualTo(LANES);
        for (int steps : new int[] {0, -1, source.signature().maxSteps() + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.resize(steps))
                    .withMessage(
                            "steps is not between 1 and " + source.signature().maxSteps() + ": " + steps);
        }
    }

    @Test
    void weightsChangedAfterwardsDoNotChangeTheBatches() {
        float[] weights = WEIGHTS.clone();
        BatchSource batches = new TrialBatches(Examples.trials(Examples.tutorial()), weights, 1, 0, 1);
        Arrays.fill(weights, 9);
        Batch batch = batches.newBatch();
        batches.read(0, batch);
        assertThat(batch.weights()).doesNotContain(9);
    }

    private static float[] oneHot(int answer, int outputs) {
        float[] target = new float[outputs];
        target[answer] = 1;
        return target;
    }

    private static float[] inputs(Batch batch, int row) {
        return Arrays.copyOfRange(batch.inputs(), row * batch.channels(), (row + 1) * batch.channels());
    }

    private static float[] targets(Batch batch, int row) {
        return Arrays.copyOfRange(batch.targets(), row * batch.outputs(), (row + 1) * batch.outputs());
    }
}
