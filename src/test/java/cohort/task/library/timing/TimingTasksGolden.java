package cohort.task.library.timing;

import cohort.task.Examples;
import cohort.task.GoldenTask;
import cohort.task.GoldenWords;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** neurogym's {@code IntervalDiscrimination}, {@code MotorTiming} and {@code OneTwoThreeGo}. */
public final class TimingTasksGolden implements GoldenTask {
    private GoldenWords words;

    @Override
    public List<String> names() {
        return List.of("IntervalDiscrimination", "MotorTiming", "OneTwoThreeGo");
    }

    @Override
    public Task task(JsonNode golden) {
        words = new GoldenWords(golden);
        String margin = "task.margin=" + words.argument("prod_margin", 0.2);
        return switch (golden.get("task").textValue()) {
            case "IntervalDiscrimination" ->
                GoldenTask.chosen(
                        golden,
                        IntervalDiscrimination.NAME,
                        List.of("fixation", "stim1", "delay1", "stim2", "delay2", "decision"),
                        "task.form=original");
            case "MotorTiming" ->
                GoldenTask.chosen(
                        golden,
                        "motor-timing",
                        List.of("fixation", "cue", "set"),
                        "task.intervals=" + words.argument("intervals", List.of(800, 1500)),
                        "task.asked=one-step",
                        margin);
            default ->
                GoldenTask.chosen(
                        golden,
                        "one-two-three-go",
                        List.of("fixation", "target", "s1", "s2", "s3", "response"),
                        "task.timing.interval="
                                + GoldenTask.duration(
                                        golden.at("/config/timing/interval1").textValue()),
                        "task.asked=from-then-on",
                        margin);
        };
    }

    @Override
    public double number(Trial trial, String quantity) {
        return Double.parseDouble(value(trial, quantity));
    }

    @Override
    public String value(Trial trial, String condition) {
        return trial.signature().name().equals(IntervalDiscrimination.NAME)
                ? ofDiscrimination(trial, condition)
                : ofProduction(trial, condition);
    }

    private String ofDiscrimination(Trial trial, String condition) {
        double dt = trial.signature().dtMillis();
        int first = stepsOf(trial, "stim1");
        int second = stepsOf(trial, "stim2");
        return switch (condition) {
            case "duration1" -> words.value(condition, first * dt);
            case "duration2" -> words.value(condition, second * dt);
            case "steps1", "stim1_steps", "duration1_steps" -> "" + first;
            case "steps2", "stim2_steps", "duration2_steps" -> "" + second;
            case "difference", "duration_difference" -> {
                int sign = words.golden()
                                .at("/derived/" + condition)
                                .asText("")
                                .replace(" ", "")
                                .contains("2-")
                        ? -1
                        : 1;
                yield words.value(condition, sign * (first - second) * dt, "" + sign * (first - second));
            }
            case "difference_steps" -> "" + (first - second);
            case "tie", "equal", "equal_durations" -> "" + (first == second);
            case "longer" -> "" + Math.max(0, Integer.signum(first - second) * (first > second ? 1 : -2));
            case "ground_truth" -> "" + trial.answer();
            case "response" -> "" + Examples.target(trial, trial.steps() - 1);
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private String ofProduction(Trial trial, String condition) {
        boolean isMotor = trial.signature().name().equals("motor-timing");
        String last = isMotor ? "production" : "response";
        int start = trial.start(trial.signature().period(last));
        return switch (condition) {
            case "production_ind" -> "" + (int) trial.drawn(1);
            case "production", "interval" -> words.value(condition, trial.factor("interval"));
            case "go_step" -> "" + (Examples.firstGo(trial) - start);
            case "go_count" -> "" + Examples.gos(trial);
            case "response" -> "" + Examples.target(trial, start);
            case "production_steps", "response_steps" -> "" + stepsOf(trial, last);
            case "interval_steps" -> "" + stepsOf(trial, "interval1");
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private static int stepsOf(Trial trial, String period) {
        return trial.steps(trial.signature().period(period));
    }
}
