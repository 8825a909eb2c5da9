package cohort.task.library.reaching;

import cohort.task.Examples;
import cohort.task.GoldenTask;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** neurogym's reaching tasks. */
public final class ReachingGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return List.of("AntiReach", "ReachingDelayResponse", "Reaching1D");
    }

    @Override
    public Task task(JsonNode golden) {
        JsonNode config = golden.get("config");
        return switch (golden.get("task").textValue()) {
            case "AntiReach" ->
                GoldenTask.chosen(
                        golden,
                        AntiReach.NAME,
                        AntiReach.PERIODS,
                        "task.rule=" + (config.get("anti").booleanValue() ? "anti" : "pro"),
                        "task.ring-size=" + (golden.get("input_size").intValue() - 1));
            case "ReachingDelayResponse" ->
                GoldenTask.chosen(
                        golden,
                        DelayedReach.NAME,
                        DelayedReach.PERIODS,
                        "task.low=" + config.get("lowbound"),
                        "task.high=" + config.get("highbound"));
            case "Reaching1D" ->
                GoldenTask.chosen(
                        golden,
                        Reach1D.NAME,
                        Reach1D.PERIODS,
                        "task.form=original",
                        "task.ring-size=" + golden.get("input_size").intValue() / 2);
            default -> throw new IllegalArgumentException("task " + golden.get("task"));
        };
    }

    @Override
    public String value(Trial trial, String condition) {
        return switch (condition) {
            case "ground_truth" -> "" + (trial.answer() - 1);
            case "anti" -> "" + isAnti(trial);
            case "stimulus_index" -> "" + location(trial, "stimulus at stimulus");
            case "response" -> "" + response(trial);
            case "response_offset" ->
                "" + Math.floorMod(response(trial) - 1 - location(trial, "stimulus at stimulus"), trial.channels() - 1);
            case "ground_truth_tenth" -> "" + (int) Math.floor(10 * trial.drawn(DelayedReach.DRAWN));
            case "ground_truth_eighth" -> "" + (int) (trial.drawn(Reach1D.TARGET) / (Math.PI / 4));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    /** Whether the stimulus is weak where the right answer is. */
    private static boolean isAnti(Trial trial) {
        int step = trial.start(trial.signature().period("stimulus"));
        return trial.inputs()[step * trial.channels() + trial.answer()] < 0;
    }

    private static int response(Trial trial) {
        return Examples.target(trial, trial.start(trial.signature().period("decision")));
    }

    @Override
    public double number(Trial trial, String quantity) {
        return trial.drawn(0); // the position, or the target's angle
    }

    @Override
    public int location(Trial trial, String ring) {
        if (ring.startsWith("target")) {
            return GoldenTask.unit(trial.drawn(Reach1D.TARGET), trial.channels() / 2);
        }
        int size = trial.channels() - 1;
        double direction = Ring.angle(trial.answer() - 1, size);
        return GoldenTask.unit(isAnti(trial) ? direction + Math.PI : direction, size);
    }

    /** The target of Reaching1D is an input. */
    @Override
    public boolean isTarget(String ring) {
        return false;
    }

    /** Reaching1D asks for angles, truncated, of which most are no output; then nothing is asked for here. */
    @Override
    public int asked(Trial trial, int step) {
        int asked = Examples.target(trial, step);
        if (asked >= 0) {
            return asked;
        }
        int truncated = step < trial.end(0) ? 3 : trial.answer();
        if (truncated < trial.outputs() || trial.weights()[step] != 0) {
            throw new IllegalStateException("step " + step + " asks for nothing, and counts");
        }
        return truncated;
    }
}
