package cohort.task.library;

import cohort.task.Examples;
import cohort.task.GoldenTask;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** neurogym's {@code GoNogo}. */
public final class GoNogoGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return List.of("GoNogo");
    }

    @Override
    public Task task(JsonNode golden) {
        return GoldenTask.chosen(golden, GoNogo.NAME, List.of("fixation", "stimulus", "delay", "decision"));
    }

    @Override
    public String value(Trial trial, String condition) {
        return switch (condition) {
            case "ground_truth" -> "" + trial.answer();
            case "response" ->
                "" + Examples.target(trial, trial.start(trial.signature().period("decision")));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }
}
