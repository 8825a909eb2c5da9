package cohort.task.library.reasoning;

import cohort.task.Examples;
import cohort.task.GoldenComparison;
import cohort.task.GoldenTask;
import cohort.task.GoldenWords;
import cohort.task.Task;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** neurogym's {@code HierarchicalReasoning} and {@code ProbabilisticReasoning}. */
public final class ReasoningTasksGolden implements GoldenTask {
    private static final double[] EDGES = {-5, -1.1, -0.5, -0.1, 0.1, 0.5, 1.1, 5};

    private GoldenWords words;
    private Task task;

    @Override
    public List<String> names() {
        return List.of("HierarchicalReasoning", "ProbabilisticReasoning");
    }

    @Override
    public Task task(JsonNode golden) {
        words = new GoldenWords(golden);
        task = golden.get("task").textValue().equals("HierarchicalReasoning")
                ? GoldenTask.chosen(
                        golden,
                        HierarchicalReasoning.NAME,
                        List.of("fixation", "rule_target", "fixation2", "flash1", "delay", "flash2", "decision"),
                        "task.form=original",
                        "task.threshold=" + words.argument("mid_delay", 610))
                : GoldenTask.chosen(
                        golden,
                        ProbabilisticReasoning.NAME,
                        List.of("fixation", "delay", "decision"),
                        "task.timing.stimulus=" + stimulus(golden),
                        "task.shape-weights=" + words.argument("shape_weight", "[]"),
                        "task.locations=" + words.argument("n_loc", 4));
        return task;
    }

    /** Shapes are shown for equally long here. */
    private static String stimulus(JsonNode golden) {
        List<String> all = IntStream.range(0, golden.get("periods").size() - 3)
                .mapToObj(i -> golden.at("/config/timing/stimulus" + i).textValue())
                .distinct()
                .toList();
        if (all.size() > 1) {
            throw new IllegalArgumentException("durations of shapes " + all);
        }
        return GoldenTask.duration(all.get(0));
    }

    @Override
    public double number(Trial trial, String quantity) {
        return Double.parseDouble(value(trial, quantity));
    }

    @Override
    public String value(Trial trial, String condition) {
        return task instanceof ProbabilisticReasoning probabilistic
                ? ofProbabilistic(probabilistic, trial, condition)
                : ofHierarchical(trial, condition);
    }

    private String ofHierarchical(Trial trial, String condition) {
        int decision = Examples.target(trial, trial.start(HierarchicalReasoning.DECISION));
        boolean isLong = trial.drawn(HierarchicalReasoning.LONG) == 1;
        boolean isPro = trial.drawn(HierarchicalReasoning.FLASHED) == trial.answer() - 1;
        return switch (condition) {
            case "interval" -> words.value(condition, trial.drawn(HierarchicalReasoning.JUDGED));
            case "shown_delay" ->
                words.value(
                        condition,
                        trial.steps(HierarchicalReasoning.DELAY)
                                * trial.signature().dtMillis());
            case "rule" -> "" + (int) trial.factor("rule");
            case "stimulus" -> "" + (int) trial.drawn(HierarchicalReasoning.FLASHED);
            case "long_interval" -> "" + isLong;
            case "pro_choice" -> "" + isPro;
            case "rule_action" -> "" + Examples.target(trial, trial.start(HierarchicalReasoning.RULE_TARGET));
            case "response" -> "" + decision;
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    private static String ofProbabilistic(ProbabilisticReasoning task, Trial trial, String condition) {
        if (condition.matches("(loc|shape)_\\d")) {
            int i = condition.charAt(condition.length() - 1) - '0';
            return "" + (int) trial.drawn(condition.startsWith("loc") ? task.locationAt(i) : task.shapeAt(i));
        }
        return switch (condition) {
            case "ground_truth" -> "" + (trial.answer() - 1);
            case "log_odd_bin" -> "" + bin(task.sum(trial));
            case "response" -> "" + Examples.target(trial, trial.start(task.decision()));
            default -> throw new IllegalArgumentException("condition " + condition);
        };
    }

    /** Number of edges below a sum; one that is an edge but for rounding lies below it. */
    private static int bin(double sum) {
        int bin = 0;
        while (bin < EDGES.length && EDGES[bin] < sum) {
            bin++;
        }
        return bin;
    }

    /** Numbers of trials with one rule in a row, but for the first and last row. */
    @Override
    public void compareExtra(JsonNode extra, List<Trial> trials, GoldenComparison comparison) {
        Map<String, Integer> ours = new TreeMap<>();
        int start = 0;
        for (int index = 1; index < trials.size(); index++) {
            if (trials.get(index).factor("rule") != trials.get(index - 1).factor("rule")) {
                if (start > 0) {
                    ours.merge("" + (index - start), 1, Integer::sum);
                }
                start = index;
            }
        }
        JsonNode theirs = extra.get("block_lengths");
        theirs.fieldNames().forEachRemaining(length -> ours.putIfAbsent(length, 0));
        int ourTotal = ours.values().stream().mapToInt(Integer::intValue).sum();
        int theirTotal = 0;
        for (JsonNode count : theirs) {
            theirTotal += count.intValue();
        }
        for (Map.Entry<String, Integer> length : ours.entrySet()) {
            comparison.counts(
                    "trials of a rule in a row = " + length.getKey(),
                    length.getValue(),
                    ourTotal,
                    theirs.path(length.getKey()).asInt(0),
                    theirTotal);
        }
    }
}
