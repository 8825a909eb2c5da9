package cohort.task.library.decision;

import cohort.task.Examples;
import cohort.task.GoldenTask;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** neurogym's {@code PerceptualDecisionMaking}. */
public final class PerceptualDecisionGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return List.of("PerceptualDecisionMaking");
    }

    @Override
    public Task task(JsonNode golden) {
        JsonNode config = golden.get("config");
        return GoldenTask.chosen(
                golden,
                PerceptualDecisionMaking.NAME,
                List.of("fixation", "stimulus", "delay", "decision"),
                "task.ring-size=" + config.get("dim_ring"),
                "task.coherences=" + config.get("cohs"),
                "task.sigma=" + config.get("sigma_argument"),
                "task.fixation=fixation-only");
    }

    /** neurogym counts its ground truth from 0. */
    @Override
    public String value(Trial trial, String condition) {
        return switch (condition) {
            case "ground_truth" -> "" + (trial.answer() - 1);
            case "coh" -> GoldenTask.text(trial.factor("coherence"));
            case "response" -> "" + Examples.target(trial, trial.start(PerceptualDecisionMaking.DECISION));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    @Override
    public int location(Trial trial, String ring) {
        return trial.answer() - 1;
    }
}
