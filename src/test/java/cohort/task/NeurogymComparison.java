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
import java.util.function.ToIntFunction;

/** Compares trials of ours with a file of neurogym's statistics, in everything it records. */
public final class NeurogymComparison {
    private static final int TRIALS = Integer.getInteger("golden.trials", 4_000);
    private static final int SMALLEST_GROUP = 30;

    private final GoldenComparison comparison = new GoldenComparison();
    private final JsonNode golden;
    private final GoldenTask adapter;
    private final Signature signature;
    private final boolean asksForValues;
    private final List<Trial> trials = new ArrayList<>();

    /** Samples trials of the task that a file is about. */
    public NeurogymComparison(JsonNode golden, GoldenTask adapter) {
        this.golden = golden;
        this.adapter = adapter;
        Task task = adapter.task(golden);
        this.signature = task.signature();
        this.asksForValues = golden.get("output_kind").textValue().equals("continuous");
        assertThat(signature.dtMillis()).isEqualTo(golden.at("/config/dt").doubleValue());
        assertThat(signature.channels()).isEqualTo(golden.get("input_size").intValue());
        assertThat(signature.outputCount()).isEqualTo(golden.get("output_size").intValue());
        TrialSource source = task.trials(2026, Split.TEST);
        for (int index = 0; index < TRIALS; index++) {
            trials.add(Examples.read(source, index));
        }
    }

    /** Compares all there is; see {@link GoldenComparison} for what then is asserted. */
    public GoldenComparison compare() {
        compareNumbers("trial steps", golden.get("trial_steps"), trials, Trial::steps);
        List<String> names = adapter.periods(signature);
        assertThat(golden.get("periods")).hasSize(names.size());
        for (int p = 0; p < names.size(); p++) {
            comparePeriod(golden.get("periods").get(p), names.get(p));
        }
        golden.get("conditions")
                .fieldNames()
                .forEachRemaining(key ->
                        compareCounts(List.of(key), golden.get("conditions").get(key)));
        golden.path("continuous").fieldNames().forEachRemaining(this::compareQuantity);
        for (JsonNode joint : golden.path("joint")) {
            compareCounts(strings(joint.get("keys")), joint.get("counts"));
        }
        for (JsonNode conditional : golden.path("conditional")) {
            compareGroups(conditional);
        }
        if (golden.path("extra").isObject()) {
            adapter.compareExtra(golden.get("extra"), trials, comparison);
        }
        return comparison;
    }

    private void comparePeriod(JsonNode node, String ours) {
        String name = node.get("name").textValue();
        assertThat(name).as("period that is called %s here", ours).isEqualTo(ours);
        List<Trial> present =
                trials.stream().filter(trial -> steps(trial, name) != null).toList();
        comparison.counts(
                name + " present",
                present.size(),
                trials.size(),
                node.get("trials_present").intValue(),
                golden.get("trials").intValue());
        compareNumbers(
                name + " steps", node.get("steps"), present, trial -> steps(trial, name)[1] - steps(trial, name)[0]);
        compareNumbers(name + " start", node.get("start"), present, trial -> steps(trial, name)[0]);
        if (!node.has("inputs")) {
            assertThat(present).allMatch(trial -> steps(trial, name)[0] == steps(trial, name)[1]);
            return;
        }
        compareChannels(name + " inputs", node.get("inputs"), inputs(present, name));
        JsonNode asked = node.get("ground_truth");
        compareChannels(name + " ground truth", asked, targets(present, name, asked));
        for (JsonNode ring : node.path("rings")) {
            compareChannels(name + " " + ring.get("name"), ring, ring(present, name, ring));
        }
    }

    private int[] steps(Trial trial, String period) {
        return adapter.steps(trial, period);
    }

    /** The input channels in a period. */
    private StepStatistics[] inputs(List<Trial> of, String period) {
        int channels = signature.channels();
        return StepStatistics.of(
                of,
                trial -> steps(trial, period),
                channels,
                (trial, step, channel) -> trial.inputs()[step * channels + channel]);
    }

    /** What outputs are asked for in a period: how often each is, or by which value. */
    private StepStatistics[] targets(List<Trial> of, String period, JsonNode node) {
        int outputs = signature.outputCount();
        return StepStatistics.of(
                of,
                trial -> steps(trial, period),
                asksForValues ? outputs : node.get("proportion").size(),
                (trial, step, output) -> asksForValues
                        ? trial.targets()[step * outputs + output]
                        : adapter.asked(trial, step) == output ? 1 : 0);
    }

    /** Channels of a ring, or outputs if it is one of the targets, rolled so that the unit of a location comes first. */
    private StepStatistics[] ring(List<Trial> of, String period, JsonNode ring) {
        String name = ring.get("name").textValue();
        int size = ring.get("size").intValue();
        boolean isTarget = adapter.isTarget(name);
        int width = isTarget ? signature.outputCount() : signature.channels();
        return StepStatistics.of(of, trial -> steps(trial, period), size, (trial, step, unit) -> {
            int first = ring.get("start_channel").isNull()
                    ? adapter.firstChannel(trial, name)
                    : ring.get("start_channel").intValue();
            int at = step * width + first + (adapter.location(trial, name) + unit) % size;
            return isTarget ? trial.targets()[at] : trial.inputs()[at];
        });
    }

    private void compareNumbers(String what, JsonNode node, List<Trial> of, ToIntFunction<Trial> number) {
        compareMoments(what, node, StepStatistics.of(of, number::applyAsInt));
        Map<String, List<Trial>> groups = of.stream().collect(groupingBy(trial -> "" + number.applyAsInt(trial)));
        if (node.has("values")) {
            compareCounts(what, groups, node.get("values"));
        } else {
            of.forEach(trial -> assertThat(number.applyAsInt(trial))
                    .as(what)
                    .isBetween(node.get("min").intValue(), node.get("max").intValue()));
        }
    }

    private void compareQuantity(String key) {
        JsonNode node = golden.get("continuous").get(key);
        compareMoments(key, node, StepStatistics.of(trials, trial -> adapter.number(trial, key)));
    }

    private void compareMoments(String what, JsonNode node, StepStatistics ours) {
        double sd = node.get("sd").doubleValue();
        comparison.estimates(
                what,
                ours.mean(),
                ours.meanError(),
                node.get("mean").doubleValue(),
                sd / Math.sqrt(golden.get("trials").intValue()));
        comparison.estimates(
                what + " sd", ours.sd(), ours.sdError(), sd, node.get("sd_se").doubleValue());
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
        String period = conditional.get("period").textValue();
        Map<String, List<Trial>> ours = groups(strings(conditional.get("by")));
        Iterator<Map.Entry<String, JsonNode>> theirs = conditional.get("groups").fields();
        while (theirs.hasNext()) {
            Map.Entry<String, JsonNode> group = theirs.next();
            List<Trial> members = ours.getOrDefault(group.getKey(), List.of());
            if (group.getValue().get("trials").intValue() < SMALLEST_GROUP || members.size() < SMALLEST_GROUP) {
                continue;
            }
            String what = conditional.get("what").textValue();
            StepStatistics[] statistics = switch (what) {
                case "inputs" -> inputs(members, period);
                case "ground_truth" -> targets(members, period, group.getValue());
                case "ring" -> ring(members, period, ringOf(period, conditional.get("ring")));
                default -> throw new IllegalArgumentException("statistics of " + what);
            };
            compareChannels(period + " " + what + " where " + group.getKey(), group.getValue(), statistics);
        }
    }

    /** The ring of a period that a name stands for, or the only one. */
    private JsonNode ringOf(String period, JsonNode name) {
        for (JsonNode node : golden.get("periods")) {
            if (node.get("name").textValue().equals(period)) {
                for (JsonNode ring : node.get("rings")) {
                    if (name == null || ring.get("name").equals(name)) {
                        return ring;
                    }
                }
            }
        }
        throw new IllegalArgumentException("ring " + name + " of " + period);
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
            keys.forEach(key -> values.add(adapter.value(trial, key)));
            return values.toString();
        }));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.textValue()));
        return strings;
    }
}
