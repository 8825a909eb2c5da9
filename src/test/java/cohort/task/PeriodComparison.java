package cohort.task;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Compares trials of ours with a file of statistics of trials that all have one length: by period, of conditions and of what is
 * continuous, of the noise; see the README beside the files.
 */
public final class PeriodComparison {
    private static final int TRIALS = Integer.getInteger("golden.trials", 5_000);

    private final JsonNode golden;
    private final GoldenTask adapter;
    private final GoldenComparison comparison;
    private final List<Trial> trials;
    private final TrialSource quiet;

    /** Trials in which a period has a step, and their number in the file. */
    private record Present(List<Trial> ours, int golden) {}

    /**
     * Samples trials.
     *
     * @param adapter says how the file's words are meant
     * @param task the task the file is about
     * @param quiet the same without noise
     */
    public PeriodComparison(JsonNode golden, GoldenTask adapter, Task task, Task quiet, GoldenComparison comparison) {
        this.golden = golden;
        this.adapter = adapter;
        this.comparison = comparison;
        this.quiet = trials(quiet);
        this.trials = new ArrayList<>();
        TrialSource source = trials(task);
        for (int index = 0; index < TRIALS; index++) {
            trials.add(Examples.read(source, index));
        }
        Signature signature = task.signature();
        comparison.values("dt", signature.dtMillis(), golden.at("/config/dt").doubleValue(), 0);
        comparison.values(
                "inputs", signature.channels(), golden.get("input_size").intValue(), 0);
        comparison.values(
                "outputs", signature.outputCount(), golden.get("output_size").intValue(), 0);
    }

    private static TrialSource trials(Task task) {
        return task.trials(2026, Split.TEST);
    }

    public void compare() {
        trials.forEach(trial ->
                comparison.values("steps", trial.steps(), golden.get("steps").intValue(), 0));
        golden.get("periods").forEach(this::comparePeriod);
        golden.get("conditions")
                .fieldNames()
                .forEachRemaining(key ->
                        compareCounts(List.of(key), golden.get("conditions").get(key)));
        for (JsonNode joint : golden.get("joint")) {
            compareCounts(strings(joint.get("keys")), joint.get("counts"));
        }
        golden.get("continuous").fieldNames().forEachRemaining(this::compareQuantity);
        golden.get("correlations").forEach(this::compareCorrelation);
        compareNoise(golden.get("noise"));
    }

    private int[] steps(Trial trial, String period) {
        return adapter.steps(trial, period);
    }

    private void comparePeriod(JsonNode node) {
        String name = node.get("name").textValue();
        ToDoubleFunction<Trial> length = trial -> steps(trial, name)[1] - steps(trial, name)[0];
        Present all = new Present(trials, golden.get("trials").intValue());
        Present present = new Present(
                trials.stream().filter(trial -> length.applyAsDouble(trial) > 0).toList(),
                node.at("/mask/trials_present").intValue());
        comparison.counts(name + " present", present.ours.size(), all.ours.size(), present.golden, all.golden);
        compareSteps(name + " steps", node.get("steps"), all, length);
        compareSteps(name + " start", node.get("start"), present, trial -> steps(trial, name)[0]);
        Iterator<String> fields = node.fieldNames();
        while (fields.hasNext()) {
            String field = fields.next();
            if (!Set.of("name", "steps", "start").contains(field)) {
                compareChannels(
                        name + " " + field, node.get(field), channels(present.ours, name, field, node.get(field)));
            }
        }
    }

    /** Inputs, targets or mask in a period; "at" a location, which then comes first. */
    private StepStatistics[] channels(List<Trial> of, String period, String field, JsonNode node) {
        int size = node.get("mean").size();
        boolean isInput = field.startsWith("inputs");
        boolean isRolled = field.contains("_at_");
        return StepStatistics.of(of, trial -> steps(trial, period), size, (trial, step, channel) -> {
            if (field.equals("mask")) {
                return trial.weights()[step];
            }
            int unit = isRolled ? (channel + adapter.location(trial, field)) % size : channel;
            return isInput
                    ? trial.inputs()[step * trial.channels() + unit]
                    : trial.targets()[step * trial.outputs() + unit];
        });
    }

    private void compareSteps(String what, JsonNode node, Present present, ToDoubleFunction<Trial> number) {
        compareMoments(what, node, StepStatistics.of(present.ours, number));
        if (node.has("values")) {
            Map<String, List<Trial>> groups =
                    present.ours.stream().collect(groupingBy(trial -> "" + (int) number.applyAsDouble(trial)));
            compareCounts(what, groups, present, node.get("values"));
        } else {
            compareHistogram(what, node.get("histogram"), present, number);
        }
    }

    /** Bins from an edge on and before the next one; the first and the last have no end. */
    private void compareHistogram(String what, JsonNode node, Present present, ToDoubleFunction<Trial> number) {
        JsonNode counts = node.get("counts");
        for (int bin = 0; bin < counts.size(); bin++) {
            double from = bin == 0
                    ? Double.NEGATIVE_INFINITY
                    : node.get("edges").get(bin).doubleValue();
            double to = bin + 1 == counts.size()
                    ? Double.POSITIVE_INFINITY
                    : node.get("edges").get(bin + 1).doubleValue();
            compareCount(what + " bin " + bin, counts.get(bin).intValue(), present, from, to, number);
        }
    }

    private void compareCount(
            String what, int golden, Present present, double from, double to, ToDoubleFunction<Trial> number) {
        long ours = present.ours.stream()
                .mapToDouble(number)
                .filter(value -> value >= from && value < to)
                .count();
        comparison.counts(what, ours, present.ours.size(), golden, present.golden);
    }

    private void compareQuantity(String key) {
        JsonNode node = golden.get("continuous").get(key);
        ToDoubleFunction<Trial> number = trial -> adapter.number(trial, key);
        StepStatistics ours = StepStatistics.of(trials, number);
        compareMoments(key, node, ours);
        if (node.has("exact")) {
            JsonNode exact = node.get("exact");
            comparison.estimates(
                    key + " exact",
                    ours.mean(),
                    ours.meanError(),
                    exact.get("mean").doubleValue(),
                    0);
            comparison.estimates(
                    key + " exact sd",
                    ours.sd(),
                    ours.sdError(),
                    exact.get("sd").doubleValue(),
                    0);
        }
        double first = node.get("support").get(0).doubleValue();
        double last = node.get("support").get(1).doubleValue();
        int bins = node.get("histogram").size();
        Present all = new Present(trials, golden.get("trials").intValue());
        for (int bin = 0; bin < bins; bin++) {
            double from = first + (last - first) * bin / bins;
            double to = bin + 1 == bins ? Double.POSITIVE_INFINITY : first + (last - first) * (bin + 1) / bins;
            compareCount(key + " bin " + bin, node.get("histogram").get(bin).intValue(), all, from, to, number);
        }
    }

    private void compareCorrelation(JsonNode node) {
        StepStatistics[] both = {new StepStatistics(), new StepStatistics()};
        String[] names = {node.get("a").textValue(), node.get("b").textValue()};
        for (int i = 0; i < 2; i++) {
            String name = names[i];
            both[i] = StepStatistics.of(trials, trial -> adapter.number(trial, name));
        }
        double sum = 0;
        for (Trial trial : trials) {
            sum += (adapter.number(trial, names[0]) - both[0].mean())
                    * (adapter.number(trial, names[1]) - both[1].mean());
        }
        double r = sum / trials.size() / (both[0].sd() * both[1].sd());
        comparison.estimates(
                "correlation of " + names[0] + " and " + names[1],
                r,
                1 / Math.sqrt(trials.size()),
                node.get("exact").doubleValue(),
                0);
    }

    /** What is left of the inputs without those that have no noise. */
    private void compareNoise(JsonNode node) {
        double sum = 0;
        double squares = 0;
        double lagged = 0;
        double across = 0;
        double count = 0;
        double pairs = 0;
        for (Trial trial : trials) {
            Trial silent = Examples.read(quiet, trial.index());
            int channels = trial.channels();
            double[] noise = new double[trial.steps() * channels];
            for (int at = 0; at < noise.length; at++) {
                noise[at] = trial.inputs()[at] - silent.inputs()[at];
                sum += noise[at];
                squares += noise[at] * noise[at];
                lagged += at >= channels ? noise[at] * noise[at - channels] : 0;
                across += at % channels > 0 ? noise[at] * noise[at - 1] : 0;
                pairs += at % channels > 0 ? 1 : 0;
            }
            count += noise.length;
        }
        double sd = Math.sqrt(squares / count);
        comparison.estimates("noise mean", sum / count, sd / Math.sqrt(count), 0, 0);
        comparison.estimates(
                "noise sd", sd, sd / Math.sqrt(2 * count), node.get("sd_exact").doubleValue(), 1e-6 * sd);
        comparison.estimates("noise lag", lagged / squares, 1 / Math.sqrt(count), 0, 0);
        comparison.estimates("noise of neighbours", across / pairs * count / squares, 1 / Math.sqrt(pairs), 0, 0);
    }

    private void compareMoments(String what, JsonNode node, StepStatistics ours) {
        comparison.moments(what, node, ours.mean(), ours.meanError(), ours.sd(), ours.sdError());
    }

    private void compareChannels(String what, JsonNode node, StepStatistics[] ours) {
        for (int c = 0; c < ours.length; c++) {
            String channel = what + " " + c;
            comparison.estimates(channel, ours[c].mean(), ours[c].meanError(), at(node, "mean", c), at(node, "se", c));
            comparison.estimates(
                    channel + " sd", ours[c].sd(), ours[c].sdError(), at(node, "sd", c), at(node, "sd_se", c));
        }
    }

    private static double at(JsonNode node, String field, int channel) {
        return node.get(field).get(channel).doubleValue();
    }

    private void compareCounts(List<String> keys, JsonNode counts) {
        Map<String, List<Trial>> groups = trials.stream().collect(groupingBy(trial -> {
            StringJoiner values = new StringJoiner("|");
            keys.forEach(key -> values.add(adapter.value(trial, key)));
            return values.toString();
        }));
        Present all = new Present(trials, golden.get("trials").intValue());
        compareCounts(String.join(", ", keys), groups, all, counts);
    }

    private void compareCounts(String what, Map<String, List<Trial>> ours, Present present, JsonNode counts) {
        Set<String> values = new TreeSet<>(ours.keySet());
        counts.fieldNames().forEachRemaining(values::add);
        for (String value : values) {
            comparison.counts(
                    what + " = " + value,
                    ours.getOrDefault(value, List.of()).size(),
                    present.ours.size(),
                    counts.path(value).asInt(0),
                    present.golden);
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.textValue()));
        return strings;
    }
}
