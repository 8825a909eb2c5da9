package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.library.decision.PerceptualDecisionMaking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WindowBatchesTest {
    /** Different for each period, so that a weight in the wrong place is seen. */
    private static final float[] WEIGHTS = {0.5f, 1, 2, 4};

    private static final int LANES = 6;

    /** Constant and random durations; windows shorter than most trials, as long as one, and longer than all. */
    static Stream<Arguments> tasksAndLengths() {
        return Stream.of(Examples.tutorial(), Examples.randomDurations())
                .flatMap(spec -> Stream.of(7, 60, 100).map(length -> Arguments.of(spec, length)));
    }

    @ParameterizedTest
    @MethodSource("tasksAndLengths")
    void aWindowIsTheSameInWhateverOrderWindowsAreRead(PerceptualDecisionMaking spec, int length) {
        int windows = 40;
        BatchSource ordered = new WindowBatches(Examples.trials(spec), WEIGHTS, length, LANES, 0, LANES);
        List<float[]> expected = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int n = 0; n < windows; n++) {
            expected.add(content(ordered, n));
            numbers.add(n);
        }
        BatchSource backwards = new WindowBatches(Examples.trials(spec), WEIGHTS, length, LANES, 0, LANES);
        Collections.reverse(numbers);
        assertThat(numbers).allSatisfy(n -> assertThat(content(backwards, n)).isEqualTo(expected.get(n)));

        BatchSource shuffled = new WindowBatches(Examples.trials(spec), WEIGHTS, length, LANES, 0, LANES);
        numbers.addAll(List.copyOf(numbers));
        Collections.shuffle(numbers, new Random(1));
        assertThat(numbers).allSatisfy(n -> assertThat(content(shuffled, n)).isEqualTo(expected.get(n)));
    }

    @ParameterizedTest
    @MethodSource("tasksAndLengths")
    void windowsEndToEndAreTheTrialsOfTheLaneEndToEnd(PerceptualDecisionMaking spec, int length) {
        TrialSource source = Examples.trials(spec);
        BatchSource windows = new WindowBatches(source, WEIGHTS, length, LANES, 0, LANES);
        Batch batch = windows.newBatch();
        Trial[] trials = new Trial[LANES];
        int[] step = new int[LANES];
        int[] ordinal = new int[LANES];
        Arrays.setAll(trials, lane -> Examples.read(source, lane));
        for (int n = 0; n < 30; n++) {
            windows.read(n, batch);
            assertThat(batch.steps()).isEqualTo(length);
            for (int row = 0; row < length * LANES; row++) {
                int lane = row % LANES;
                if (step[lane] == trials[lane].steps()) {
                    ordinal[lane]++;
                    source.read((long) ordinal[lane] * LANES + lane, trials[lane]);
                    step[lane] = 0;
                }
                assertRowIsStep(batch, row, trials[lane], step[lane]++);
            }
        }
        assertThat(Arrays.stream(ordinal)).allMatch(trialsRead -> trialsRead >= 3);
    }

    @ParameterizedTest
    @MethodSource("tasksAndLengths")
    void readersThatShareTheLanesReadWhatOneReaderOfAllLanesReads(PerceptualDecisionMaking spec, int length) {
        WindowBatches all = new WindowBatches(Examples.trials(spec), WEIGHTS, length, LANES, 0, LANES);
        Batch together = all.newBatch();
        int[] lanesOf = {1, 3, 2};
        for (int n : new int[] {0, 1, 2, 11, 3}) {
            all.read(n, together);
            int firstLane = 0;
            for (int lanes : lanesOf) {
                BatchSource reader = new WindowBatches(Examples.trials(spec), WEIGHTS, length, lanes, firstLane, LANES);
                Batch part = reader.newBatch();
                reader.read(n, part);
                for (int row = 0; row < length * lanes; row++) {
                    int lane = firstLane + row % lanes;
                    assertRowsEqual(part, row, together, row / lanes * LANES + lane);
                }
                firstLane += lanes;
            }
            assertThat(firstLane).isEqualTo(LANES);
        }
    }

    @Test
    @Timeout(10)
    void aFarWindowOfEquallyLongTrialsIsFoundAtOnce() {
        TrialSource source = Examples.trials(Examples.tutorial());
        BatchSource windows = new WindowBatches(source, WEIGHTS, 100, 2, 0, 2);
        Batch batch = windows.newBatch();
        long n = 1_000_000_000_001L;
        windows.read(n, batch);
        assertThat(n * 100 % 60).isEqualTo(20);
        Trial trial = Examples.read(source, n * 100 / 60 * 2 + 1);
        for (int step = 0; step < 40; step++) {
            assertRowIsStep(batch, step * 2 + 1, trial, 20 + step);
        }
    }

    @ParameterizedTest
    @MethodSource("tasksAndLengths")
    void readingInOrderGeneratesEachTrialOnce(PerceptualDecisionMaking spec, int length) {
        RecordingSource source = new RecordingSource(Examples.trials(spec));
        BatchSource windows = new WindowBatches(source, WEIGHTS, length, LANES, 0, LANES);
        Batch batch = windows.newBatch();
        for (int n = 0; n < 50; n++) {
            windows.read(n, batch);
        }
        assertThat(source.read).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(LANES * 50 * length / 60);
    }

    private static void assertRowIsStep(Batch batch, int row, Trial trial, int step) {
        for (int c = 0; c < batch.channels(); c++) {
            assertThat(batch.inputs()[row * batch.channels() + c])
                    .isEqualTo(trial.inputs()[step * batch.channels() + c]);
        }
        for (int o = 0; o < batch.outputs(); o++) {
            assertThat(batch.targets()[row * batch.outputs() + o])
                    .isEqualTo(Examples.target(trial, step) == o ? 1f : 0f);
        }
        assertThat(batch.weights()[row])
                .isEqualTo(WEIGHTS[trial.signature().period(trial.timeline().periodAt(step))]);
    }

    private static void assertRowsEqual(Batch a, int rowA, Batch b, int rowB) {
        int channels = a.channels();
        int outputs = a.outputs();
        assertThat(Arrays.copyOfRange(a.inputs(), rowA * channels, (rowA + 1) * channels))
                .isEqualTo(Arrays.copyOfRange(b.inputs(), rowB * channels, (rowB + 1) * channels));
        assertThat(Arrays.copyOfRange(a.targets(), rowA * outputs, (rowA + 1) * outputs))
                .isEqualTo(Arrays.copyOfRange(b.targets(), rowB * outputs, (rowB + 1) * outputs));
        assertThat(a.weights()[rowA]).isEqualTo(b.weights()[rowB]);
    }

    /** Inputs, targets and weights of a batch, one after the other. */
    private static float[] content(BatchSource source, long n) {
        Batch batch = source.newBatch();
        source.read(n, batch);
        int inputs = batch.inputs().length;
        int targets = batch.targets().length;
        float[] content = Arrays.copyOf(batch.inputs(), inputs + targets + batch.weights().length);
        System.arraycopy(batch.targets(), 0, content, inputs, targets);
        System.arraycopy(batch.weights(), 0, content, inputs + targets, batch.weights().length);
        return content;
    }
}
