package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.library.decision.PerceptualDecisionMaking;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our windows are laid out and distributed as those neurogym up to 2.0 trained on, step by step. */
class LegacyWindowsTest {
    private static final int LENGTH = 100;
    private static final int LANES = 16;
    private static final int BATCHES_PER_PHASE = 300;
    private static final int PHASES = 3;
    private static final int WINDOWS = LANES * BATCHES_PER_PHASE;

    private final GoldenComparison comparison = new GoldenComparison();
    private JsonNode golden;
    private BatchSource windows;

    @BeforeEach
    void openWindows() {
        golden = GoldenComparison.read("pdm_legacy_windows.json");
        TrialSource trials = Examples.tutorial().trials(2026, Split.TRAIN);
        windows = new WindowBatches(trials, new float[] {1, 1, 1, 1}, LENGTH, LANES, 0, LANES);
    }

    @Test
    void theGoldenFileIsOfTheTaskWeCompareItWith() {
        JsonNode config = golden.get("config");
        PerceptualDecisionMaking spec = Examples.tutorial();
        assertThat(config.get("dt").doubleValue()).isEqualTo(spec.dtMillis());
        assertThat(config.get("seq_len").intValue()).isEqualTo(LENGTH);
        for (PeriodSpec period : spec.signature().periods()) {
            double millis = period.duration().maxMillis();
            assertThat(config.get("timing").get(period.name()).doubleValue()).isEqualTo(millis);
            assertThat(config.get("steps").get(period.name()).intValue()).isEqualTo(spec.steps(millis));
        }
        assertThat(config.get("cohs")).extracting(JsonNode::doubleValue).isEqualTo(spec.coherencesPercent());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 550, 350", "1, 40, 560, 340", "2, 20, 540, 360"})
    void windowsOfEachPhaseAreDistributedAsNeurogyms(int place, int phase, int constants, int estimates) {
        JsonNode node = golden.get("phases").get(place);
        assertThat(node.get("phase").intValue()).isEqualTo(phase).isEqualTo(place * LENGTH % 60);
        StepStatistics[][] inputs = new StepStatistics[3][LENGTH];
        int[][] targets = new int[3][LENGTH];
        for (int c = 0; c < 3; c++) {
            Arrays.setAll(inputs[c], s -> new StepStatistics());
        }
        Batch batch = windows.newBatch();
        for (int n = place; n < PHASES * BATCHES_PER_PHASE; n += PHASES) {
            windows.read(n, batch);
            for (int at = 0; at < LENGTH * LANES * 3; at++) {
                int channel = at % 3;
                int step = at / 3 / LANES;
                inputs[channel][step].add(batch.inputs()[at]);
                targets[channel][step] += (int) batch.targets()[at];
            }
        }
        int goldenWindows = node.get("windows").intValue();
        for (int c = 0; c < 3; c++) {
            for (int s = 0; s < LENGTH; s++) {
                compareStep(
                        "channel " + c + " step " + s,
                        inputs[c][s],
                        at(node, "input_mean", c, s),
                        at(node, "input_sd", c, s),
                        goldenWindows);
                long goldenCount = Math.round(at(node, "target_frequency", c, s) * goldenWindows);
                comparison.counts("target " + c + " step " + s, targets[c][s], WINDOWS, goldenCount, goldenWindows);
            }
        }
        comparison.assertAgreement(constants, estimates);
    }

    private void compareStep(String what, StepStatistics ours, double mean, double sd, int goldenWindows) {
        comparison.estimates(what + " mean", ours.mean(), ours.meanError(), mean, sd / Math.sqrt(goldenWindows));
        // The file gives no error for an SD: the distribution is the same, so it is ours, scaled by the number of
        // windows.
        double sdError = ours.sdError() * Math.sqrt((double) WINDOWS / goldenWindows);
        comparison.estimates(what + " sd", ours.sd(), ours.sdError(), sd, sdError);
    }

    private static double at(JsonNode node, String field, int channel, int step) {
        return node.get(field).get(channel).get(step).doubleValue();
    }
}
