package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.GoldenComparison;
import cohort.task.Trial;
import cohort.task.parts.Ring;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is shown and asked for in a period of the trials of batches, compared with what a file says of theirs. */
final class YangPeriod {
    /** Their names, and ours. */
    private static final Map<String, String> NAMES = Map.of(
            "fix1", "fixation",
            "stim1", "stimulus",
            "delay1", "delay",
            "stim2", "stimulus2",
            "delay2", "wait",
            "go1", "response");

    private static final double ROUNDING = 1e-7;

    private final YangTask task;
    private final int period;
    private final JsonNode node;
    private final String name;
    private final List<Double> steps = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();
    private final YangSums[] inputs;
    private final YangSums[] targets;
    private final YangSums[] mask = sums(2);
    private final YangSums[] fixate = sums(1);
    private final Map<JsonNode, YangSums[]> rings = new HashMap<>();
    private final YangSums[] answerRing;
    private Trial last;

    YangPeriod(YangTask task, int period, JsonNode node) {
        this.task = task;
        this.period = period;
        this.node = node;
        this.name = node.get("name").textValue();
        assertThat(task.timing().periods().get(period).name()).isEqualTo(NAMES.get(name));
        this.inputs = sums(task.signature().channels());
        this.targets = sums(task.signature().outputCount());
        this.answerRing = sums(task.frame().ringSize());
        node.path("rings").forEach(ring -> rings.put(ring, sums(task.frame().ringSize())));
    }

    private static YangSums[] sums(int size) {
        YangSums[] sums = new YangSums[size];
        Arrays.setAll(sums, i -> new YangSums());
        return sums;
    }

    /** Adds the steps of a trial. */
    void add(Trial trial) {
        int channels = trial.channels();
        int outputs = trial.outputs();
        double asked = YangStimulus.asked(trial);
        int answer = Double.isNaN(asked) ? -1 : Ring.nearest(asked, answerRing.length);
        for (int step = trial.start(period); step < trial.end(period); step++) {
            add(inputs, trial.inputs(), step * channels);
            add(targets, trial.targets(), step * outputs);
            mask[0].add(YangExamples.weight(trial, step, 0));
            mask[1].add(YangExamples.weight(trial, step, 1));
            fixate[0].add(YangExamples.location(task, trial, step) == -1 ? 1 : 0);
            if (answer >= 0) {
                addRing(answerRing, trial.targets(), step * outputs + 1, answer);
            }
        }
        rings.forEach((ring, sums) -> {
            int first = firstChannel(trial, ring);
            int location = location(trial, ring);
            for (int step = trial.start(period); step < trial.end(period); step++) {
                addRing(sums, trial.inputs(), step * channels + first, location);
            }
        });
        for (YangSums[] sums : all()) {
            for (YangSums of : sums) {
                of.endTrial();
            }
        }
        for (YangSums of : answerRing) {
            of.endCluster();
        }
        last = trial;
    }

    private static void add(YangSums[] sums, float[] values, int from) {
        for (int i = 0; i < sums.length; i++) {
            sums[i].add(values[from + i]);
        }
    }

    private static void addRing(YangSums[] sums, float[] values, int from, int location) {
        for (int i = 0; i < sums.length; i++) {
            sums[i].add(values[from + (location + i) % sums.length]);
        }
    }

    private List<YangSums[]> all() {
        List<YangSums[]> all = new ArrayList<>(List.of(inputs, targets, mask, fixate));
        all.addAll(rings.values());
        return all;
    }

    /** Ends a batch, all trials of which have this period at the same time. */
    void endBatch() {
        for (YangSums[] sums : all()) {
            for (YangSums of : sums) {
                of.endCluster();
            }
        }
        steps.add((double) last.steps(period));
        starts.add((double) last.start(period));
    }

    /** "mod1 at stim1": the channel where a ring begins. */
    private int firstChannel(Trial trial, JsonNode ring) {
        List<String> words = words(ring);
        int shown = YangStimulus.of(trial, words.get(1).equals("stim2") ? 2 : 1).modality();
        int modality = switch (words.get(0)) {
            case "mod1" -> 1;
            case "mod2" -> 2;
            case "shown modality" -> shown;
            case "other modality" -> 3 - shown;
            default -> throw new IllegalArgumentException("ring " + ring);
        };
        return 1 + (modality - 1) * task.frame().ringSize();
    }

    private static List<String> words(JsonNode ring) {
        return List.of(ring.get("name").textValue().split(" at ", 2));
    }

    /** The unit that comes first. */
    private int location(Trial trial, JsonNode ring) {
        List<String> words = words(ring);
        double asked = YangStimulus.asked(trial);
        double angle1 = YangStimulus.of(trial, 1).angle();
        double angle2 = YangStimulus.of(trial, 2).angle();
        double angle = switch (words.get(1)) {
            case "stimulus", "stim1" -> angle1;
            case "stim2" -> angle2;
            case "answer" -> asked;
            case "other" -> asked == angle1 ? angle2 : angle1;
            default -> throw new IllegalArgumentException("ring " + ring);
        };
        return Ring.nearest(angle, task.frame().ringSize());
    }

    void compare(GoldenComparison comparison, int theirs) {
        compareSteps(comparison, name + " steps", node.get("steps"), array(steps), theirs);
        compareSteps(comparison, name + " start", node.get("start"), array(starts), theirs);
        compare(comparison, name + " input", node.get("inputs"), inputs);
        compare(comparison, name + " target", node.get("target"), targets);
        compare(comparison, name + " mask", node.get("mask"), mask);
        JsonNode share = node.get("fixate");
        comparison.estimates(
                name + " fixate",
                fixate[0].mean(),
                fixate[0].meanError(),
                share.get("proportion").doubleValue(),
                share.get("se").doubleValue());
        rings.forEach((ring, sums) -> compare(comparison, name + " " + ring.get("name"), ring, sums));
        if (node.has("target_ring")) {
            assertThat(node.at("/target_ring/name").textValue())
                    .isEqualTo("ring output at answer, trials that respond");
            compare(comparison, name + " target ring", node.get("target_ring"), answerRing);
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(value -> value).toArray();
    }

    private static void compare(GoldenComparison comparison, String what, JsonNode node, YangSums[] ours) {
        assertThat(node.get("mean")).as(what).hasSize(ours.length);
        for (int i = 0; i < ours.length; i++) {
            String channel = what + " " + i;
            estimates(comparison, channel + " mean", ours[i].mean(), ours[i].meanError(), node, "mean", "se", i);
            estimates(comparison, channel + " sd", ours[i].sd(), ours[i].sdError(), node, "sd", "sd_se", i);
            if (node.has("within_sd")) {
                estimates(
                        comparison,
                        channel + " within sd",
                        ours[i].withinSd(),
                        ours[i].withinSdError(),
                        node,
                        "within_sd",
                        "within_sd_se",
                        i);
            }
        }
    }

    /** Compares two estimates; what only differs by the rounding of single precision is constant. */
    private static void estimates(
            GoldenComparison comparison,
            String what,
            double ours,
            double ourError,
            JsonNode node,
            String field,
            String errorField,
            int i) {
        double theirError = at(node, errorField, i);
        boolean isConstant = theirError == 0 && ourError < ROUNDING;
        comparison.estimates(what, ours, isConstant ? 0 : ourError, at(node, field, i), theirError);
    }

    private static double at(JsonNode node, String field, int i) {
        return node.get(field).get(i).doubleValue();
    }

    /** Mean and standard deviation of one number. */
    static void compare(GoldenComparison comparison, String what, JsonNode node, YangSums ours) {
        comparison.moments(what, node, ours.mean(), ours.meanError(), ours.sd(), ours.sdError());
    }

    /** A number of steps, one a batch: its moments, and how often it is what. */
    static void compareSteps(GoldenComparison comparison, String what, JsonNode node, double[] values, int theirs) {
        YangSums ours = new YangSums();
        for (double value : values) {
            ours.addAlone(value);
        }
        compare(comparison, what, node, ours);
        if (node.has("values")) {
            TreeSet<String> all = new TreeSet<>();
            node.get("values").fieldNames().forEachRemaining(all::add);
            Arrays.stream(values).forEach(value -> all.add("" + (long) value));
            for (String value : all) {
                long count = Arrays.stream(values)
                        .filter(of -> value.equals("" + (long) of))
                        .count();
                int their = node.get("values").path(value).asInt(0);
                comparison.counts(what + " = " + value, count, values.length, their, theirs);
            }
        } else {
            compareHistogram(comparison, what, node.get("histogram"), values, theirs);
        }
    }

    /** Bins [a, b), of which the first and the last are open-ended. */
    private static void compareHistogram(
            GoldenComparison comparison, String what, JsonNode histogram, double[] values, int theirs) {
        JsonNode edges = histogram.get("edges");
        JsonNode counts = histogram.get("counts");
        for (int bin = 0; bin < counts.size(); bin++) {
            double from = bin == 0 ? Double.NEGATIVE_INFINITY : edges.get(bin).doubleValue();
            double to = bin == counts.size() - 1
                    ? Double.POSITIVE_INFINITY
                    : edges.get(bin + 1).doubleValue();
            long count = Arrays.stream(values)
                    .filter(value -> value >= from && value < to)
                    .count();
            comparison.counts(
                    what + " from " + from,
                    count,
                    values.length,
                    counts.get(bin).intValue(),
                    theirs);
        }
    }
}
