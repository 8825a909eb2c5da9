package cohort.task;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.task.library.ReadySetGo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * Trials of ready-set-go have the distribution of neurogym's. neurogym's period measure begins with ready; here it is what ready
 * leaves of it. neurogym asks for the go a set later, and draws the interval from a continuous distribution.
 * Inputs are 0 or 1, so that their means say all.
 */
class ReadySetGoStatisticsTest {
    private static final int TRIALS = 20_000;
    private static final int FIXATION = 0;
    private static final int READY = 1;
    private static final int SET = 3;
    private static final int PRODUCTION = 4;

    private final GoldenComparison comparison = new GoldenComparison();
    private final JsonNode golden = GoldenComparison.read("tasks/ready_set_go.json");
    private final ReadySetGo task = new ReadySetGo(
            80,
            1,
            0.2,
            25,
            ReadySetGo.Edge.SET_OFFSET,
            new Duration.Constant(100),
            new Duration.Constant(83),
            new Duration.Uniform(800, 1500),
            new Duration.Constant(83));
    private final List<Trial> trials = new ArrayList<>();

    /** Steps from one to another, within a trial. */
    private record Span(ToIntFunction<Trial> first, ToIntFunction<Trial> end) {
        int steps(Trial trial) {
            return end.applyAsInt(trial) - first.applyAsInt(trial);
        }
    }

    @Test
    void trialsAreDistributedAsNeurogyms() {
        TrialSource source = task.trials(2026, Split.TEST);
        for (int index = 0; index < TRIALS; index++) {
            trials.add(Examples.read(source, index));
        }
        Map<String, Span> spans = new TreeMap<>();
        for (int place : new int[] {FIXATION, READY, SET, PRODUCTION}) {
            spans.put(
                    source.signature().periodNames().get(place),
                    new Span(trial -> trial.start(place), trial -> trial.end(place)));
        }
        spans.put("measure", new Span(trial -> trial.start(READY), trial -> trial.start(SET)));

        compareNumbers("trial steps", golden.get("trial_steps"), Trial::steps);
        assertThat(golden.get("periods")).hasSize(spans.size());
        for (JsonNode period : golden.get("periods")) {
            String name = period.get("name").textValue();
            Span span = spans.get(name);
            compareNumbers(name + " steps", period.get("steps"), span::steps);
            compareNumbers(name + " start", period.get("start"), span.first());
            JsonNode inputs = period.get("inputs");
            for (int channel = 0; channel < 3; channel++) {
                int of = channel;
                compareStepMeans(
                        name + " input " + channel,
                        span,
                        (trial, step) -> trial.inputs()[3 * step + of],
                        inputs.get("mean").get(channel).doubleValue(),
                        inputs.get("se").get(channel).doubleValue());
            }
            JsonNode truth = period.get("ground_truth");
            for (int output = 0; output < 2; output++) {
                int of = output;
                compareStepMeans(
                        name + " ground truth " + output,
                        span,
                        (trial, step) -> Examples.target(trial, step) == of ? 1 : 0,
                        truth.get("proportion").get(output).doubleValue(),
                        truth.get("se").get(output).doubleValue());
            }
        }
        JsonNode conditions = golden.get("conditions");
        compareCounts("measure", conditions.get("measure"), trial -> 80 * interval(trial));
        compareCounts("production", conditions.get("production"), trial -> 80 * trial.steps(PRODUCTION) / 2);
        compareCounts("go_step", conditions.get("go_step"), ReadySetGoStatisticsTest::go);
        compareCounts("go_count", conditions.get("go_count"), ReadySetGoStatisticsTest::gos);
        compareCounts("production_steps", conditions.get("production_steps"), trial -> trial.steps(PRODUCTION));
        for (Trial trial : trials) {
            assertThat(golden.get("joint")
                            .get(0)
                            .get("counts")
                            .has(80 * interval(trial) + "|" + go(trial) + "|" + trial.steps(PRODUCTION)))
                    .isTrue();
        }

        comparison.assertAgreement(41, 94);
    }

    /** The interval in steps. */
    private static int interval(Trial trial) {
        return trial.start(SET) - trial.start(READY);
    }

    /** Step within production that asks for the go. */
    private static int go(Trial trial) {
        int step = trial.start(PRODUCTION);
        while (Examples.target(trial, step) == 0) {
            step++;
        }
        return step - trial.start(PRODUCTION);
    }

    private static int gos(Trial trial) {
        int gos = 0;
        for (int step = 0; step < trial.steps(); step++) {
            gos += Examples.target(trial, step);
        }
        return gos;
    }

    private void compareNumbers(String what, JsonNode node, ToIntFunction<Trial> number) {
        StepStatistics ours = new StepStatistics();
        trials.forEach(trial -> ours.add(number.applyAsInt(trial)));
        double goldenSd = node.get("sd").doubleValue();
        comparison.estimates(
                what,
                ours.mean(),
                ours.meanError(),
                node.get("mean").doubleValue(),
                goldenSd / Math.sqrt(golden.get("trials").intValue()));
        comparison.estimates(
                what + " sd",
                ours.sd(),
                ours.sdError(),
                goldenSd,
                node.get("sd_se").doubleValue());
        compareCounts(what, node.get("values"), number);
    }

    private void compareCounts(String what, JsonNode counts, ToIntFunction<Trial> number) {
        Map<String, Integer> ours = new TreeMap<>();
        trials.forEach(trial -> ours.merge("" + number.applyAsInt(trial), 1, Integer::sum));
        TreeSet<String> values = new TreeSet<>(ours.keySet());
        counts.fieldNames().forEachRemaining(values::add);
        for (String value : values) {
            comparison.counts(
                    what + " = " + value,
                    ours.getOrDefault(value, 0),
                    TRIALS,
                    counts.path(value).asInt(0),
                    golden.get("trials").intValue());
        }
    }

    private interface StepValue {
        double at(Trial trial, int step);
    }

    /** The mean over all steps of all trials, which are not equally many: a ratio of two means, with the error of a ratio. */
    private void compareStepMeans(String what, Span span, StepValue value, double goldenMean, double goldenError) {
        ToDoubleFunction<Trial> sum = trial -> {
            double total = 0;
            for (int step = span.first().applyAsInt(trial); step < span.end().applyAsInt(trial); step++) {
                total += value.at(trial, step);
            }
            return total;
        };
        double steps = trials.stream().mapToDouble(span::steps).sum();
        double mean = trials.stream().mapToDouble(sum).sum() / steps;
        double squares = trials.stream()
                .mapToDouble(trial -> Math.pow(sum.applyAsDouble(trial) - mean * span.steps(trial), 2))
                .sum();
        comparison.estimates(what, mean, Math.sqrt(squares) / steps, goldenMean, goldenError);
    }
}
