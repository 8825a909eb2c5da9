package cohort.task.library;

import cohort.task.GoldenComparison;
import cohort.task.GoldenTask;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** neurogym's {@code SpatialSuppressMotion}. */
public final class SpatialSuppressMotionGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return List.of("SpatialSuppressMotion");
    }

    @Override
    public Task task(JsonNode golden) {
        return GoldenTask.chosen(golden, SpatialSuppressMotion.NAME, List.of("stimulus"), "task.form=original");
    }

    @Override
    public String value(Trial trial, String condition) {
        return switch (condition) {
            case "contrast" -> GoldenTask.text(trial.factor("contrast"));
            case "diameter" -> trial.factor("contrast") < 0.5 ? "1" : "8";
            case "direction" -> "" + trial.answer();
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    /** Probabilities frame by frame, of the motion's direction, of its opposite and of each of the others. */
    @Override
    public void compareExtra(JsonNode extra, List<Trial> trials, GoldenComparison comparison) {
        for (Trial trial : trials.subList(0, 100)) {
            JsonNode frames = extra.at("/ground_truth_by_frame/" + value(trial, "contrast"));
            int direction = trial.answer() - 1;
            int opposite = direction ^ 1;
            for (int step = 0; step < trial.steps(); step++) {
                for (int output = 0; output < 4; output++) {
                    String name = output == direction ? "correct" : output == opposite ? "opposite" : "each_orthogonal";
                    comparison.estimates(
                            name + " in frame " + step,
                            trial.targets()[4 * step + output],
                            0,
                            frames.get(name).get(step).doubleValue(),
                            0);
                }
            }
        }
    }
}
