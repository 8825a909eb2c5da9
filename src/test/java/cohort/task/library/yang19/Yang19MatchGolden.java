package cohort.task.library.yang19;

import cohort.task.GoldenComparison;
import cohort.task.GoldenTask;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The match tasks of neurogym's collection yang19. */
public final class Yang19MatchGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return List.of("yang19.dms", "yang19.dnms", "yang19.dmc", "yang19.dnmc");
    }

    @Override
    public Task task(JsonNode golden) {
        JsonNode config = golden.get("config");
        List<String> settings = new ArrayList<>(List.of(
                "task.ring-size=" + config.get("dim_ring"),
                "task.sigma=" + config.get("sigma_argument"),
                "task.fixation=fixation-only"));
        if (config.get("matchto").textValue().equals("category")) {
            settings.add("task.categories=original");
        }
        return GoldenTask.chosen(
                golden,
                Yang19ReachGolden.kind(golden),
                List.of("fixation", "sample", "delay", "test", "decision"),
                settings.toArray(String[]::new));
    }

    @Override
    public String value(Trial trial, String condition) {
        int ring = Yang19ReachGolden.ring(trial);
        int sample = (int) trial.drawn(Yang19Match.SAMPLE_UNIT);
        int test = (int) trial.drawn(Yang19Match.TEST_UNIT);
        int response = Yang19ReachGolden.asked(trial);
        return switch (condition) {
            case "ground_truth" -> trial.factor("match") == 1 ? "match" : "non-match";
            case "modality" -> Yang19ReachGolden.modality(trial);
            case "sample_index" -> "" + sample;
            case "test_index" -> "" + test;
            case "test_half" -> "" + test / (ring / 2);
            case "test_minus_sample" -> "" + Math.floorMod(test - sample, ring);
            case "response" -> "" + response;
            case "go" -> "" + (response > 0);
            case "response_is_test" -> "" + (response == test + 1);
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    @Override
    public int location(Trial trial, String ring) {
        return (int) trial.drawn(ring.endsWith("sample") ? Yang19Match.SAMPLE_UNIT : Yang19Match.TEST_UNIT);
    }

    @Override
    public int firstChannel(Trial trial, String ring) {
        return Yang19ReachGolden.shownRing(trial, ring);
    }

    @Override
    public void compareExtra(JsonNode extra, List<Trial> trials, GoldenComparison comparison) {
        Yang19ReachGolden.compareRepeats(extra, trials, comparison);
    }
}
