package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.library.FixationMode;
import cohort.task.library.PerceptualDecisionMaking;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our trials have the distribution of neurogym's, in everything its statistics record. */
class NeurogymStatisticsTest {
    @ParameterizedTest
    @CsvSource({
        "perceptual_decision_making, 85, 89",
        "perceptual_decision_making__dim_ring4, 141, 341",
        "perceptual_decision_making__dt20_stimulus1000, 91, 89"
    })
    void trialsAreDistributedAsNeurogyms(String name, int constants, int estimates) {
        JsonNode golden = GoldenComparison.read("tasks/" + name + ".json");

        GoldenComparison comparison =
                new NeurogymComparison(golden, task(golden.get("config")), NeurogymStatisticsTest::value).compare();

        comparison.assertAgreement(constants, estimates);
        comparison.assertTypicalErrors();
    }

    private static PerceptualDecisionMaking task(JsonNode config) {
        List<Double> coherences = new ArrayList<>();
        config.get("cohs").forEach(value -> coherences.add(value.doubleValue()));
        JsonNode timing = config.get("timing");
        PerceptualDecisionMaking task = new PerceptualDecisionMaking(
                config.get("dt").doubleValue(),
                config.get("dim_ring").intValue(),
                coherences,
                config.get("sigma_argument").doubleValue(),
                FixationMode.FIXATION_ONLY,
                NeurogymComparison.duration(timing.get("fixation")),
                NeurogymComparison.duration(timing.get("stimulus")),
                NeurogymComparison.duration(timing.get("delay")),
                NeurogymComparison.duration(timing.get("decision")));
        assertThat(task.sigmaPerStep()).isCloseTo(config.get("sigma_per_step").doubleValue(), within(1e-6));
        return task;
    }

    /** A trial's value of a condition as the golden files write it; neurogym counts its ground truth from 0. */
    private static String value(Trial trial, String key) {
        return switch (key) {
            case "ground_truth" -> "" + (trial.answer() - 1);
            case "coh" -> ("" + trial.factor("coherence")).replaceFirst("\\.0$", "");
            case "response" -> "" + Examples.target(trial, trial.start(3));
            default -> throw new IllegalArgumentException("condition " + key);
        };
    }
}
