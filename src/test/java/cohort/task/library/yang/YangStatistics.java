package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.BlockPlans;
import cohort.task.GoldenComparison;
import cohort.task.GoldenTask;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares random trials, in batches of 2, with a file of statistics of theirs, in everything it records. What trials of a batch share,
 * and whatever is averaged over steps, has the batch as its unit; what is drawn for each of them, the trial.
 */
final class YangStatistics {
    private static final int BATCHES = Integer.getInteger("golden.batches", 2000);
    private static final int PER_BATCH = 2;
    private static final long SEED = 2027;

    private final GoldenComparison comparison = new GoldenComparison();
    private final JsonNode golden;
    private final YangTask task;
    private final List<Map<String, Double>> trials = new ArrayList<>();
    private final List<Map<String, Double>> batches = new ArrayList<>();
    private final List<YangPeriod> periods = new ArrayList<>();
    private final YangNoise noise;

    YangStatistics(JsonNode golden) {
        this.golden = golden;
        assertThat(golden.get("mode").textValue()).isEqualTo("random");
        assertThat(golden.get("trials_per_batch").intValue()).isEqualTo(PER_BATCH);
        this.task = task(golden);
        this.noise = new YangNoise(golden.get("noise"), task.frame().ringSize());
        assertThat(task.signature().channels())
                .isEqualTo(golden.get("input_size").intValue());
        assertThat(task.signature().outputCount())
                .isEqualTo(golden.get("output_size").intValue());
        assertThat(golden.get("periods")).hasSize(task.schedule().periods());
        for (int period = 0; period < task.schedule().periods(); period++) {
            periods.add(new YangPeriod(task, period, golden.get("periods").get(period)));
        }
        read();
    }

    private static YangTask task(JsonNode golden, String... settings) {
        JsonNode config = golden.get("config");
        double dt = config.get("dt").doubleValue();
        double tau = config.get("tau").doubleValue();
        assertThat(config.get("alpha").doubleValue()).isEqualTo(dt / tau);
        assertThat(config.get("num_ring").intValue()).isEqualTo(2);
        assertThat(config.get("loss_type").textValue()).isEqualTo("lsq");
        List<String> all = new ArrayList<>(List.of(
                "task.dt=" + dt,
                "task.sigma=" + config.get("sigma_x").doubleValue() * Math.sqrt(2 * tau),
                "task.ring-size=" + config.get("n_eachring"),
                "task.mask=plain",
                "task.block-size=" + PER_BATCH));
        all.addAll(List.of(settings));
        String name = golden.get("task").textValue();
        assertThat(name).startsWith("yang.");
        YangTask task = YangExamples.task(name.substring("yang.".length()), all.toArray(String[]::new));
        assertThat(1 + 2 * task.frame().ringSize() + task.frame().rule().place())
                .isEqualTo(config.get("rule_channel").intValue());
        return task;
    }

    private void read() {
        TrialSource shown = task.trials(SEED, Split.TEST);
        TrialSource silent = task(golden, "task.sigma=0").trials(SEED, Split.TEST);
        YangTask fine = task(golden, "task.dt=0.001");
        Trial[] batch = {new Trial(task.signature()), new Trial(task.signature())};
        Trial[] mean = {new Trial(task.signature()), new Trial(task.signature())};
        for (int number = 0; number < BATCHES; number++) {
            for (int lane = 0; lane < PER_BATCH; lane++) {
                long index = (long) number * PER_BATCH + lane;
                shown.read(index, batch[lane]);
                silent.read(index, mean[lane]);
                trials.add(YangFacts.ofTrial(task, batch[lane]));
                for (YangPeriod period : periods) {
                    period.add(batch[lane]);
                }
            }
            periods.forEach(YangPeriod::endBatch);
            noise.add(batch, mean);
            Map<String, Double> facts = YangFacts.times(task, batch[0]);
            assertThat(YangFacts.times(task, batch[1])).as("times of a batch").isEqualTo(facts);
            Trial drawn = BlockPlans.plan(fine, SEED, Split.TEST, (long) number * PER_BATCH);
            facts.putAll(YangFacts.draws(fine, drawn));
            for (Trial trial : batch) {
                Map<String, Double> modalities = YangFacts.draws(task, trial);
                modalities.keySet().removeIf(fact -> !fact.endsWith("modality"));
                assertThat(facts).as("modalities of a batch").containsAllEntriesOf(modalities);
            }
            batches.add(facts);
        }
    }

    /** Compares all there is; see {@link GoldenComparison} for what then is asserted. */
    GoldenComparison compare() {
        compareSteps("trial steps", golden.get("trial_steps"), batches, "T");
        periods.forEach(
                period -> period.compare(comparison, golden.get("batches").intValue()));
        compareFacts("", golden, trials, golden.get("trials").intValue());
        JsonNode ofBatches = golden.get("batch");
        assertThat(ofBatches.get("unit").textValue()).isEqualTo("batch");
        ofBatches
                .get("times")
                .fields()
                .forEachRemaining(time -> compareSteps(time.getKey(), time.getValue(), batches, time.getKey()));
        compareFacts("batch: ", ofBatches, batches, golden.get("batches").intValue());
        noise.compare(comparison);
        return comparison;
    }

    private void compareFacts(String what, JsonNode node, List<Map<String, Double>> ours, int theirs) {
        node.get("conditions")
                .fields()
                .forEachRemaining(condition ->
                        compareCounts(what, List.of(condition.getKey()), condition.getValue(), ours, theirs));
        node.get("continuous")
                .fields()
                .forEachRemaining(quantity -> compareQuantity(
                        what + quantity.getKey(), quantity.getValue(), values(ours, quantity.getKey())));
        for (JsonNode joint : node.get("joint")) {
            List<String> keys = new ArrayList<>();
            joint.get("keys").forEach(key -> keys.add(key.textValue()));
            compareCounts(what, keys, joint.get("counts"), ours, theirs);
        }
        for (JsonNode correlation : node.path("correlations")) {
            compareCorrelation(what, correlation, ours);
        }
    }

    private static double[] values(List<Map<String, Double>> facts, String key) {
        double[] values = facts.stream()
                .filter(of -> of.containsKey(key))
                .mapToDouble(of -> of.get(key))
                .toArray();
        assertThat(values).as(key).isNotEmpty();
        return values;
    }

    private void compareCounts(
            String what, List<String> keys, JsonNode counts, List<Map<String, Double>> facts, int total) {
        Map<String, Long> ours =
                facts.stream().collect(Collectors.groupingBy(of -> texts(of, keys), Collectors.counting()));
        TreeSet<String> all = new TreeSet<>(ours.keySet());
        counts.fieldNames().forEachRemaining(all::add);
        for (String value : all) {
            comparison.counts(
                    what + keys + " = " + value,
                    ours.getOrDefault(value, 0L),
                    facts.size(),
                    counts.path(value).asInt(0),
                    total);
        }
    }

    private static String texts(Map<String, Double> facts, List<String> keys) {
        StringJoiner texts = new StringJoiner("|");
        for (String key : keys) {
            assertThat(facts).containsKey(key);
            double value = facts.get(key);
            texts.add(key.equals(YangFacts.RESPONSE) ? value == 1 ? "respond" : "fixate" : GoldenTask.text(value));
        }
        return texts.toString();
    }

    private void compareQuantity(String what, JsonNode node, double[] values) {
        YangSums ours = new YangSums();
        for (double value : values) {
            ours.addAlone(value);
        }
        compareMoments(what, node, ours);
        if (node.has("exact")) {
            comparison.estimates(
                    what + " exact mean",
                    ours.mean(),
                    ours.meanError(),
                    node.at("/exact/mean").doubleValue(),
                    0);
            comparison.estimates(
                    what + " exact sd",
                    ours.sd(),
                    ours.sdError(),
                    node.at("/exact/sd").doubleValue(),
                    0);
        }
        double from = node.get("support").get(0).doubleValue();
        double to = node.get("support").get(1).doubleValue();
        JsonNode histogram = node.get("histogram");
        int[] counts = new int[histogram.size()];
        for (double value : values) {
            assertThat(value).as(what).isBetween(from - 1e-3, to + 1e-3);
            int bin = (int) Math.floor((value - from) / (to - from) * counts.length);
            counts[Math.max(0, Math.min(counts.length - 1, bin))]++;
        }
        for (int bin = 0; bin < counts.length; bin++) {
            comparison.counts(
                    what + " bin " + bin,
                    counts[bin],
                    values.length,
                    histogram.get(bin).intValue(),
                    node.get("n").intValue());
        }
    }

    private void compareMoments(String what, JsonNode node, YangSums ours) {
        YangPeriod.compare(comparison, what, node, ours);
    }

    /** A number of steps: its moments, and how often it is what. */
    private void compareSteps(String what, JsonNode node, List<Map<String, Double>> facts, String key) {
        YangPeriod.compareSteps(
                comparison,
                what,
                node,
                values(facts, key),
                golden.get("batches").intValue());
    }

    private void compareCorrelation(String what, JsonNode node, List<Map<String, Double>> facts) {
        String a = node.get("a").textValue();
        String b = node.get("b").textValue();
        int theirs = node.get("n").intValue();
        YangSums ours = new YangSums();
        double r;
        double error;
        if (b.startsWith(a + " of the other trial of the batch")) {
            for (int first = 0; first < facts.size(); first += PER_BATCH) {
                ours.addAlone(
                        Math.cos(facts.get(first).get(a) - facts.get(first + 1).get(a)));
            }
            r = ours.mean();
            error = ours.meanError();
        } else {
            r = correlation(values(facts, a), values(facts, b));
            error = 1 / Math.sqrt(facts.size());
        }
        double theirError = node.has("se") ? node.get("se").doubleValue() : 1 / Math.sqrt(theirs);
        String pair = what + "correlation of " + a + " and " + b;
        comparison.estimates(pair, r, error, node.get("r").doubleValue(), theirError);
        comparison.estimates(pair + ", exactly", r, error, node.get("exact").doubleValue(), 0);
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
