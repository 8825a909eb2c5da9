package cohort.task.library.timing;

import static cohort.task.library.timing.ReadySetGo.PRODUCTION;
import static cohort.task.library.timing.ReadySetGo.READY;
import static cohort.task.library.timing.ReadySetGo.SET;

import cohort.task.Examples;
import cohort.task.GoldenTask;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** neurogym's {@code ReadySetGo}: its period measure begins with ready, and it asks for the go a set later. */
public final class ReadySetGoGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return List.of("ReadySetGo");
    }

    @Override
    public Task task(JsonNode golden) {
        return GoldenTask.chosen(
                golden,
                ReadySetGo.NAME,
                List.of("fixation", "ready", "measure", "set"),
                "task.gain=" + golden.at("/config/gain").asText("1"),
                "task.asked=set-offset");
    }

    @Override
    public int[] steps(Trial trial, String period) {
        return period.equals("measure")
                ? new int[] {trial.start(READY), trial.start(SET)}
                : GoldenTask.super.steps(trial, period);
    }

    @Override
    public String value(Trial trial, String condition) {
        double dt = trial.signature().dtMillis();
        return switch (condition) {
            case "measure" -> GoldenTask.text(dt * (trial.start(SET) - trial.start(READY)));
            case "gain" -> "1"; // of all trials; see task
            case "production" -> GoldenTask.text(dt * trial.steps(PRODUCTION) / 2);
            case "go_step" -> "" + (Examples.firstGo(trial) - trial.start(PRODUCTION));
            case "go_count" -> "" + Examples.gos(trial);
            case "production_steps" -> "" + trial.steps(PRODUCTION);
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }
}
