package cohort.task.library.yang19;

import cohort.task.Examples;
import cohort.task.GoldenComparison;
import cohort.task.GoldenTask;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The reach tasks of neurogym's collection yang19. */
public final class Yang19ReachGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return List.of("yang19.go", "yang19.anti", "yang19.dlygo", "yang19.dlyanti", "yang19.rtgo", "yang19.rtanti");
    }

    @Override
    public Task task(JsonNode golden) {
        List<String> timing = golden.at("/config/reaction").booleanValue()
                ? List.of("fixation", "decision")
                : List.of("fixation", "stimulus", "delay", "decision");
        return GoldenTask.chosen(golden, kind(golden), timing, "task.ring-size=" + golden.at("/config/dim_ring"));
    }

    static String kind(JsonNode golden) {
        return golden.get("task").textValue().replace('.', '-');
    }

    @Override
    public String value(Trial trial, String condition) {
        return switch (condition) {
            case "ground_truth" -> "" + (trial.answer() - 1);
            case "anti" -> "" + trial.signature().name().contains("anti");
            case "modality" -> modality(trial);
            case "stimulus_index" -> "" + location(trial, "");
            case "response" -> "" + asked(trial);
            case "response_offset" -> "" + Math.floorMod(asked(trial) - 1 - location(trial, ""), ring(trial));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    /** neurogym counts from 0. */
    static String modality(Trial trial) {
        return "" + ((int) trial.factor("modality") - 1);
    }

    static int ring(Trial trial) {
        return trial.outputs() - 1;
    }

    /** What the decision asks for. */
    static int asked(Trial trial) {
        return Examples.target(trial, trial.start(trial.signature().period("decision")));
    }

    @Override
    public int location(Trial trial, String ring) {
        return Ring.nearest(trial.drawn(Yang19Reach.LOCATION), ring(trial));
    }

    @Override
    public int firstChannel(Trial trial, String ring) {
        return shownRing(trial, ring);
    }

    /** First channel of "shown modality at ...", or of the other one. */
    static int shownRing(Trial trial, String ring) {
        int shown = (int) trial.factor("modality");
        return Yang19Rings.firstChannel(ring.startsWith("shown") ? shown : 3 - shown, ring(trial));
    }

    @Override
    public void compareExtra(JsonNode extra, List<Trial> trials, GoldenComparison comparison) {
        compareRepeats(extra, trials, comparison);
    }

    /** How often a trial shows the modality of the one before. */
    static void compareRepeats(JsonNode extra, List<Trial> trials, GoldenComparison comparison) {
        int repeats = 0;
        for (int trial = 1; trial < trials.size(); trial++) {
            repeats += trials.get(trial).factor("modality")
                            == trials.get(trial - 1).factor("modality")
                    ? 1
                    : 0;
        }
        comparison.estimates(
                "repeats of the modality",
                repeats,
                0,
                extra.get("modality_repeats").intValue(),
                0);
    }
}
