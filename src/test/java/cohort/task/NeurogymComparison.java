package cohort.task;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/** Compares trials of ours with a file of neurogym's statistics, in everything it records. */
public final class NeurogymComparison {
    private static final int TRIALS = 20_000;
    private static final int SMALLEST_GROUP = 30;

    private final GoldenComparison comparison = new GoldenComparison();
    private final JsonNode golden;
    private final List<Trial> trials = new ArrayList<>();
    private final BiFunction<Trial, String, String> value;

    /**
     * Samples trials of a task.
     *
     * @param golden the file of the same task
     * @param value what a trial has of a condition, by the name and in the spelling of the file
     */
    public NeurogymComparison(JsonNode golden, Task task, BiFunction<Trial, String, String> value) {
        this.golden = golden;
        this.value = value;
        assertThat(task.signature().dtMillis())
                .isEqualTo(golden.at("/config/dt").doubleValue());
        assertThat(task.signature().channels())
                .isEqualTo(golden.get("input_size").intValue());
        assertThat(task.signature().outputCount())
                .isEqualTo(golden.get("output_size").intValue());
        TrialSource source = task.trials(2026, Split.TEST);
        for (int index = 0; index < TRIALS; index++) {
            trials.add(Examples.read(source, index));
        }
    }

    /** Compares all there is; see {@link GoldenComparison} for what then is asserted. */
    public GoldenComparison compare() {
        compareNumbers("trial steps", golden.get("trial_steps"), Trial::steps);
        comparePeriods();
        golden.get("conditions")
                .fieldNames()
                .forEachRemaining(key ->
                        compareCounts(List.of(key), golden.get("conditions").get(key)));
        for (JsonNode joint : golden.get("joint")) {
            compareCounts(strings(joint.get("keys")), joint.get("counts"));
        }
        for (JsonNode conditional : golden.get("conditional")) {
            compareGroups(conditional);
        }
        return comparison;
    }

    /** A duration as the file writes it. */
    public static Duration duration(JsonNode timing) {
        String[] words = timing.textValue().split(" ");
        assertThat(words).hasSize(2).startsWith("constant");
        return new Duration.Constant(Double.parseDouble(words[1]));
    }

    private void comparePeriods() {
        List<String> names = trials.get(0).signature().periodNames();
        assertThat(golden.get("periods")).hasSize(names.size());
        for (int p = 0; p < names.size(); p++) {
            int period = p;
            JsonNode node = golden.get("periods").get(period);
            String what = names.get(period);
            assertThat(node.get("name").textValue()).isEqualTo(what);
            compareNumbers(what + " steps", node.get("steps"), trial -> trial.steps(period));
            compareNumbers(what + " start", node.get("start"), trial -> trial.start(period));
            if (!node.has("inputs")) {
                assertThat(trials).allMatch(trial -> trial.steps(period) == 0);
                continue;
            }
            compareChannels(what + " inputs", node.get("inputs"), StepStatistics.inputs(trials, period));
            compareChannels(what + " ground truth", node.get("ground_truth"), StepStatistics.targets(trials, period));
            for (JsonNode ring : node.path("rings")) {
                assertThat(ring.get("name").textValue()).isEqualTo("stimulus at ground_truth");
                compareChannels(what + " ring", ring, StepStatistics.ring(trials, period));
            }
        }
    }

    private void compareNumbers(String what, JsonNode node, ToIntFunction<Trial> number) {
        StepStatistics ours = new StepStatistics();
        trials.forEach(trial -> ours.add(number.applyAsInt(trial)));
        int goldenTrials = golden.get("trials").intValue();
        double goldenError = node.get("sd").doubleValue() / Math.sqrt(goldenTrials);
        comparison.estimates(
                what, ours.mean(), ours.meanError(), node.get("mean").doubleValue(), goldenError);
        comparison.estimates(
                what + " sd",
                ours.sd(),
                ours.sdError(),
                node.get("sd").doubleValue(),
                node.get("sd_se").doubleValue());
        Map<String, List<Trial>> groups = trials.stream().collect(groupingBy(trial -> "" + number.applyAsInt(trial)));
        compareCounts(what, groups, node.get("values"));
    }

    private void compareCounts(List<String> keys, JsonNode counts) {
        compareCounts(String.join(", ", keys), groups(keys), counts);
    }

    private void compareCounts(String what, Map<String, List<Trial>> ours, JsonNode counts) {
        Set<String> values = new TreeSet<>(ours.keySet());
        counts.fieldNames().forEachRemaining(values::add);
        for (String value : values) {
            comparison.counts(
                    what + " = " + value,
                    ours.getOrDefault(value, List.of()).size(),
                    trials.size(),
                    counts.path(value).asInt(0),
                    golden.get("trials").intValue());
        }
    }

    private void compareGroups(JsonNode conditional) {
        int period = trials.get(0).signature().period(conditional.get("period").textValue());
        Map<String, List<Trial>> ours = groups(strings(conditional.get("by")));
        Iterator<Map.Entry<String, JsonNode>> theirs = conditional.get("groups").fields();
        while (theirs.hasNext()) {
            Map.Entry<String, JsonNode> group = theirs.next();
            if (group.getValue().get("trials").intValue() < SMALLEST_GROUP) {
                continue;
            }
            String what = conditional.get("what").textValue();
            List<Trial> members = ours.get(group.getKey());
            StepStatistics[] statistics = switch (what) {
                case "inputs" -> StepStatistics.inputs(members, period);
                case "ring" -> StepStatistics.ring(members, period);
                case "ground_truth" -> StepStatistics.targets(members, period);
                default -> throw new IllegalArgumentException("statistics of " + what);
            };
            compareChannels(what + " where " + group.getKey(), group.getValue(), statistics);
        }
    }

    private void compareChannels(String what, JsonNode node, StepStatistics[] ours) {
        String mean = node.has("proportion") ? "proportion" : "mean";
        assertThat(node.get(mean)).as(what).hasSize(ours.length);
        for (int c = 0; c < ours.length; c++) {
            StepStatistics s = ours[c];
            String channel = what + " " + c;
            comparison.estimates(channel + " mean", s.mean(), s.meanError(), at(node, mean, c), at(node, "se", c));
            if (node.has("sd")) {
                comparison.estimates(channel + " sd", s.sd(), s.sdError(), at(node, "sd", c), at(node, "sd_se", c));
            }
            if (node.has("within_sd")) {
                comparison.estimates(
                        channel + " within_sd",
                        s.withinSd(),
                        s.withinSdError(),
                        at(node, "within_sd", c),
                        at(node, "within_sd_se", c));
            }
        }
    }

    private static double at(JsonNode node, String field, int channel) {
        return node.get(field).get(channel).doubleValue();
    }

    private Map<String, List<Trial>> groups(List<String> keys) {
        return trials.stream().collect(groupingBy(trial -> {
            StringJoiner values = new StringJoiner("|");
            keys.forEach(key -> values.add(value.apply(trial, key)));
            return values.toString();
        }));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.textValue()));
        return strings;
    }
}
