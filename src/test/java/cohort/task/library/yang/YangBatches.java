package cohort.task.library.yang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.storage.Safetensors;
import cohort.task.Examples;
import cohort.task.Split;
import cohort.task.Trial;
import cohort.task.TrialSource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares noise-free batches, trial by trial and step by step, with the trials that our tasks make of the same times and conditions. */
final class YangBatches {
    /** Which period is as long as what they draw says. */
    private static final Map<String, String> PERIODS = Map.of(
            "stim1_on", "fixation",
            "stim1_duration", "stimulus",
            "delay", "delay",
            "stim2_duration", "stimulus2",
            "response_duration", "response");

    private static final String[] AS_VALUES = {"task.sigma=0", "task.mask=plain"};
    private static final String[] AS_SQUARED = {"task.sigma=0", "task.mask=squared"};
    private static final String[] AS_CLASSES = {"task.sigma=0", "task.mask=normalised", "task.targets=classes"};

    private final Safetensors file;
    private final String name;
    private final JsonNode batches;

    YangBatches(Safetensors file) throws IOException {
        this.file = file;
        this.name = file.metadata().get("task");
        this.batches = new ObjectMapper().readTree(file.metadata().get("batches"));
    }

    /** Compares all batches, what is drawn, and the whole grid of the test mode. */
    void compare() {
        YangRule rule = YangRule.valueOf(name.toUpperCase(Locale.ROOT));
        assertThat(rule.title()).isEqualTo(file.metadata().get("name"));
        assertThat(65 + rule.place()).isEqualTo(Integer.parseInt(file.metadata().get("rule_channel")));
        assertThat(batches).isNotEmpty();
        batches.fields().forEachRemaining(entry -> {
            Batch batch = new Batch(entry.getKey(), entry.getValue());
            batch.compareGiven();
            if (batch.node.has("draws")) {
                batch.compareDrawn();
            }
            if (batch.node.has("full_trials")) {
                batch.compareGrid();
            }
        });
    }

    private YangTask task(String[] how, String... settings) {
        List<String> all = new ArrayList<>(List.of(how));
        all.addAll(List.of(settings));
        return YangExamples.task(name, all.toArray(String[]::new));
    }

    /** One of the batches. */
    private final class Batch {
        private final String batch;
        private final JsonNode node;
        private final int lanes;
        private final int end;
        private final String dt;

        Batch(String batch, JsonNode node) {
            this.batch = batch;
            this.node = node;
            this.lanes = node.get("trials").intValue();
            this.end = node.get("T").intValue();
            this.dt = "task.dt=" + node.get("dt");
        }

        /** Trials of the times and conditions that the file has. */
        void compareGiven() {
            YangTask values = task(AS_VALUES, dt);
            YangTask squared = task(AS_SQUARED, dt);
            YangTask classes = task(AS_CLASSES, dt);
            for (int lane = 0; lane < lanes; lane++) {
                Trial trial = given(values, lane);
                compareTimes(values, trial);
                compareAnswer(trial, lane);
                compareTrial(values, trial, lane);
                compareSquared(trial, given(squared, lane));
                compareClasses(given(classes, lane), lane);
            }
        }

        private Trial given(YangTask task, int lane) {
            JsonNode conditions = node.get("conditions");
            return YangExamples.show(
                    task,
                    YangExamples.steps(task, node.get("times"), end),
                    YangExamples.stimulus(conditions, 1, lane),
                    YangExamples.stimulus(conditions, 2, lane));
        }

        private void compareTimes(YangTask task, Trial trial) {
            JsonNode times = node.get("times");
            YangSchedule schedule = task.schedule();
            assertThat(trial.steps()).isEqualTo(end);
            assertThat(trial.start(schedule.response())).isEqualTo(YangExamples.step(times, "response_on", end));
            assertThat(schedule.fixation() == YangSchedule.Fixation.STAYS)
                    .isEqualTo(times.get("fixation_input_off").isNull());
            List<String> epochs = new ArrayList<>();
            node.get("epochs").fieldNames().forEachRemaining(epochs::add);
            assertThat(epochs).hasSize(schedule.periods());
            for (int period = 0; period < epochs.size(); period++) {
                JsonNode epoch = node.get("epochs").get(epochs.get(period));
                assertThat(trial.start(period)).isEqualTo(epoch.get(0).asInt(0));
                assertThat(trial.end(period)).isEqualTo(epoch.get(1).asInt(end));
            }
        }

        private void compareAnswer(Trial trial, int lane) {
            JsonNode conditions = node.get("conditions");
            double asked = YangStimulus.asked(trial);
            assertThat(Double.isNaN(asked) ? -1 : asked)
                    .as("answer of %s %s", batch, lane)
                    .isCloseTo(YangExamples.at(conditions, "response_angle", lane), within(1e-12));
            if (conditions.has("match")) {
                assertThat(trial.factor("match")).isEqualTo(YangExamples.at(conditions, "match", lane));
                assertThat(trial.answer() > 0 ? 1.0 : 0.0).isEqualTo(YangExamples.at(conditions, "respond", lane));
            }
        }

        private void compareTrial(YangTask task, Trial trial, int lane) {
            compare("x", trial.channels(), lane, (step, i) -> trial.inputs()[step * trial.channels() + i]);
            compare("y", trial.outputs(), lane, (step, i) -> trial.targets()[step * trial.outputs() + i]);
            compare("mask", trial.outputs(), lane, (step, i) -> YangExamples.weight(trial, step, i));
            compare("y_loc", 1, lane, (step, i) -> YangExamples.location(task, trial, step));
        }

        /** The published networks' loss weighs the squared error by the squared mask. */
        private void compareSquared(Trial plain, Trial squared) {
            for (int step = 0; step < end; step++) {
                for (int output = 0; output < 2; output++) {
                    double weight = YangExamples.weight(plain, step, output);
                    assertThat(YangExamples.weight(squared, step, output)).isEqualTo(weight * weight);
                }
            }
        }

        private void compareClasses(Trial trial, int lane) {
            assertThat(trial.signature().outputs()).hasSize(1);
            compare("y_ce", trial.outputs(), lane, (step, i) -> trial.targets()[step * trial.outputs() + i]);
            compare("mask_ce", 1, lane, (step, i) -> trial.weights()[step]);
        }

        private void compare(String what, int width, int lane, StepValue ours) {
            FloatBuffer theirs = file.tensors().get(batch + "/" + what).values();
            FloatBuffer starts = file.tensors().get(batch + "/seg_start").values();
            assertThat(theirs.capacity()).isEqualTo(starts.capacity() * lanes * width);
            int segment = 0;
            for (int step = 0; step < end; step++) {
                while (segment + 1 < starts.capacity() && starts.get(segment + 1) <= step) {
                    segment++;
                }
                for (int i = 0; i < width; i++) {
                    double their = theirs.get((segment * lanes + lane) * width + i);
                    if (!(Math.abs(ours.at(step, i) - their) <= 1e-6)) {
                        throw new AssertionError(name + " " + batch + ": " + what + " of trial " + lane + " at step "
                                + step + ", " + i + " is " + ours.at(step, i) + ", not " + their);
                    }
                }
            }
        }

        /** Periods that last as long as they draw are as many steps as theirs. */
        void compareDrawn() {
            List<String> settings = new ArrayList<>(List.of(dt));
            node.get("draws").fields().forEachRemaining(draw -> {
                if (!draw.getKey().endsWith("modality")) {
                    settings.add("task.timing." + period(draw.getKey()) + "=" + draw.getValue());
                }
            });
            YangTask task = task(AS_VALUES, settings.toArray(String[]::new));
            Trial trial = Examples.read(task.trials(1, Split.TRAIN), 0);
            int[] steps = YangExamples.steps(task, node.get("times"), end);
            for (int period = 0; period < steps.length; period++) {
                assertThat(trial.steps(period))
                        .as("%s, period %s", batch, period)
                        .isEqualTo(steps[period]);
            }
        }

        private String period(String draw) {
            if (draw.equals("wait")) {
                return name.contains("delay") ? "wait" : "stimulus";
            }
            assertThat(PERIODS).as("what is drawn").containsKey(draw);
            return PERIODS.get(draw);
        }

        /** All trials of the test mode, from nothing. */
        void compareGrid() {
            YangTask task = task(AS_VALUES, dt, "task.mode=test");
            int size = node.get("full_trials").intValue();
            assertThat(task.gridSize()).isEqualTo(size);
            TrialSource trials = task.trials(3, Split.TEST);
            FloatBuffer sums = file.tensors().get(batch + "/full_x_sum").values();
            FloatBuffer answers = file.tensors().get(batch + "/full_y_loc_end").values();
            for (int place = 0; place < size; place++) {
                Trial trial = Examples.read(trials, place);
                double sum = 0;
                for (float input : trial.copyInputs()) {
                    sum += input;
                }
                assertThat(sum).as("sum of inputs of %s", place).isCloseTo(sums.get(place), within(1e-5 * sum));
                assertThat(YangExamples.location(task, trial, trial.steps() - 1))
                        .as("answer of %s", place)
                        .isCloseTo(answers.get(place), within(1e-6));
            }
            for (int lane = 0; lane < lanes; lane++) {
                int place = node.get("indices").get(lane).intValue();
                compareTrial(task, Examples.read(trials, place), lane);
                compareTrial(task, Examples.read(trials, place + 7L * size), lane);
            }
        }
    }

    private interface StepValue {
        double at(int step, int i);
    }
}
