package cohort.task.library.matching;

import cohort.task.Examples;
import cohort.task.GoldenTask;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** neurogym's matching tasks. */
public final class MatchingGolden implements GoldenTask {
    @Override
    public List<String> names() {
        return List.of(
                "DelayMatchSample",
                "DelayMatchCategory",
                "DelayMatchSampleDistractor1D",
                "DelayPairedAssociation",
                "DualDelayMatchSample");
    }

    @Override
    public Task task(JsonNode golden) {
        String sigma = "task.sigma=" + golden.at("/config/sigma_argument").asText("1");
        String ring = "task.ring-size=" + (golden.get("input_size").intValue() - 1);
        return switch (golden.get("task").textValue()) {
            case "DelayMatchSample" ->
                chosen(golden, "delay-match-sample", DelayMatch.Rule.SAMPLE.periods(), ring, sigma);
            case "DelayMatchCategory" ->
                chosen(golden, "delay-match-category", DelayMatch.Rule.CATEGORY.periods(), ring, sigma);
            case "DelayPairedAssociation" -> // whose sigma has no effect
                chosen(golden, "delay-paired-association", DelayMatch.Rule.PAIR.periods());
            case "DelayMatchSampleDistractor1D" -> // whose sigma has none either
                chosen(
                        golden,
                        DistractorMatch.NAME,
                        DistractorMatch.PERIODS,
                        ring,
                        "task.distractor-distance=0",
                        "task.fixation=fixation-only");
            case "DualDelayMatchSample" ->
                chosen(golden, DualMatch.NAME, DualMatch.PERIODS, sigma, "task.form=original");
            default -> throw new IllegalArgumentException("task " + golden.get("task"));
        };
    }

    private static Task chosen(JsonNode golden, String kind, List<String> periods, String... settings) {
        List<String> theirs = theirs(kind, periods);
        Stream<String> timing = IntStream.range(0, periods.size())
                .mapToObj(p -> "task.timing." + periods.get(p) + "="
                        + GoldenTask.duration(
                                golden.at("/config/timing/" + theirs.get(p)).textValue()));
        return GoldenTask.chosen(
                golden,
                kind,
                List.of(),
                Stream.concat(timing, Stream.of(settings)).toArray(String[]::new));
    }

    /** What neurogym calls the periods of a task. */
    private static List<String> theirs(String kind, List<String> ours) {
        return switch (kind) {
            case "delay-match-category" -> List.of("fixation", "sample", "first_delay", "test");
            case "delay-paired-association" ->
                List.of("fixation", "stim1", "delay_btw_stim", "stim2", "delay_aft_stim", "decision");
            default -> ours;
        };
    }

    @Override
    public List<String> periods(Signature signature) {
        return theirs(signature.name(), signature.periodNames());
    }

    @Override
    public int[] steps(Trial trial, String period) {
        int place = periods(trial.signature()).indexOf(period);
        return new int[] {trial.start(place), trial.end(place)};
    }

    @Override
    public String value(Trial trial, String condition) {
        return switch (trial.signature().name()) {
            case "delay-match-sample" -> ofSample(trial, condition);
            case "delay-match-category" -> ofCategory(trial, condition);
            case "delay-paired-association" -> ofPair(trial, condition);
            case DistractorMatch.NAME -> ofDistractors(trial, condition);
            default -> ofDual(trial, condition);
        };
    }

    private static String ofSample(Trial trial, String condition) {
        return switch (condition) {
            case "ground_truth" -> "" + trial.answer();
            case "sample_index" -> "" + unit(trial, DelayMatch.SHOWN_FIRST);
            case "test_index" -> "" + unit(trial, DelayMatch.SHOWN_SECOND);
            case "response" -> asked(trial, "decision");
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private static String ofCategory(Trial trial, String condition) {
        int sample = (int) trial.factor("category") - 1;
        return switch (condition) {
            case "ground_truth" -> trial.answer() == 1 ? "match" : "non-match";
            case "sample_category" -> "" + sample;
            case "test_category" -> "" + (trial.answer() == 1 ? sample : 1 - sample);
            case "response" -> asked(trial, "test");
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private static String ofPair(Trial trial, String condition) {
        return switch (condition) {
            case "pair" ->
                GoldenTask.text(trial.factor("stimulus1")) + "," + GoldenTask.text(trial.factor("stimulus2"));
            case "ground_truth" -> "" + trial.answer();
            case "response" -> asked(trial, "decision");
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private String ofDistractors(Trial trial, String condition) {
        if (condition.equals("ground_truth")) {
            return "" + trial.answer();
        }
        String[] parts = condition.split("_", 2);
        return switch (parts[1]) {
            case "quarter" -> "" + (int) (number(trial, parts[0]) / (Math.PI / 2));
            case "equals_sample" -> "" + (number(trial, parts[0]) == number(trial, "sample"));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private static String ofDual(Trial trial, String condition) {
        String item = condition.substring(condition.length() - 1);
        return switch (condition) {
            case "test_order" -> GoldenTask.text(trial.factor("first_item") - 1);
            case "ground_truth1", "ground_truth2" -> GoldenTask.text(2 - trial.factor("match" + item));
            case "sample1", "sample2" -> GoldenTask.text(trial.factor("sample" + item) / 180);
            case "test1", "test2" -> {
                double sample = trial.factor("sample" + item);
                yield GoldenTask.text((trial.factor("match" + item) == 1 ? sample : 90 - sample) / 180);
            }
            case "response1", "response2" -> asked(trial, "test" + item);
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private static String asked(Trial trial, String period) {
        return "" + Examples.target(trial, trial.start(trial.signature().period(period)));
    }

    /** Angles of the distractor task. */
    @Override
    public double number(Trial trial, String quantity) {
        int test = quantity.equals("sample") ? 0 : Integer.parseInt(quantity.substring("test".length()));
        return trial.drawn(DistractorMatch.SAMPLE_ANGLE + test);
    }

    @Override
    public int location(Trial trial, String ring) {
        double angle = number(trial, ring.substring("stimulus at ".length()));
        return GoldenTask.unit(angle, trial.channels() - 1);
    }

    private static int unit(Trial trial, int drawn) {
        return GoldenTask.unit(trial.drawn(drawn), trial.channels() - 1);
    }
}
