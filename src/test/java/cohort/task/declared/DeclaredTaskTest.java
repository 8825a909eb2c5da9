package cohort.task.declared;

import static org.assertj.core.api.Assertions.assertThat;

import cohort.config.Settings;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.Factor;
import cohort.task.GoldenComparison;
import cohort.task.GoldenTask;
import cohort.task.Group;
import cohort.task.NeurogymComparison;
import cohort.task.Psychometry;
import cohort.task.Signature;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of the library, written in a configuration, are the same tasks. */
class DeclaredTaskTest {
    private static Task library(String kind, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=" + kind));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    /** The same draws in the same order: to the last bit. */
    @ParameterizedTest
    @ValueSource(strings = {"500", "[100, 300]", "{ uniform = [0, 400] }"})
    void goNogoHasTheTrialsOfTheLibrary(String delay) {
        String[] settings = {"task.timing.fixation=100", "task.timing.delay=" + delay};
        List<Trial> ours = DeclaredTasks.trials(DeclaredTasks.task(DeclaredTasks.GO_NOGO, settings), 100);
        List<Trial> theirs = DeclaredTasks.trials(library("go-nogo", settings), 100);
        for (int i = 0; i < ours.size(); i++) {
            Trial our = ours.get(i);
            Trial their = theirs.get(i);
            assertThat(our.steps()).isEqualTo(their.steps());
            assertThat(our.answer()).isEqualTo(their.answer());
            assertThat(our.condition().asMap()).isEqualTo(their.condition().asMap());
            assertThat(our.copyInputs()).isEqualTo(their.copyInputs());
            for (int output = 0; output < 2; output++) {
                assertThat(DeclaredTasks.target(our, output)).isEqualTo(DeclaredTasks.target(their, output));
            }
            assertThat(DeclaredTasks.weights(our)).isEqualTo(DeclaredTasks.weights(their));
        }
        Task declared = DeclaredTasks.task(DeclaredTasks.GO_NOGO, settings);
        assertThat(declared.response(ChoiceRule.LAST_STEP).chance()).isEqualTo(0.5);
        assertThat(declared.response(ChoiceRule.LAST_STEP).choices()).isEqualTo(1);
        assertThat(declared.notes()).isEmpty();
    }

    @Test
    void namesAndSizesAreThoseOfTheConfiguration() {
        Signature signature =
                DeclaredTasks.task(DeclaredTasks.PERCEPTUAL_DECISION).signature();
        assertThat(signature.name()).isEqualTo("my-decision");
        assertThat(signature.inputs()).containsExactly(new Group("fixation", 0, 1), new Group("stimulus", 1, 2));
        assertThat(signature.outputs()).containsExactly(new Group("choice", 0, 3));
        assertThat(signature.periodNames()).containsExactly("fixation", "stimulus", "delay", "decision");
        assertThat(signature.factors()).containsExactly(new Factor("coherence", "%", "strength of the evidence"));
        assertThat(signature.minSteps()).isEqualTo(110);
        assertThat(DeclaredTasks.task(DeclaredTasks.SMALL).signature().outputs())
                .containsExactly(new Group("choice", 0, 3), new Group("ring", 3, 4, 2));
        assertThat(DeclaredTasks.task(DeclaredTasks.PERCEPTUAL_DECISION).psychometry())
                .contains(new Psychometry("coherence", "stimulus", 2));
    }

    /** Both as neurogym makes them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "go_nogo",
                "perceptual_decision_making",
                "perceptual_decision_making__dim_ring4",
                "perceptual_decision_making__dt20_stimulus1000"
            })
    void trialsAreDistributedAsTheOriginals(String file) {
        JsonNode golden = GoldenComparison.read("tasks/" + file + ".json");
        GoldenTask adapter = file.equals("go_nogo") ? new GoNogo() : new PerceptualDecision();

        new NeurogymComparison(golden, adapter).compare().assertAgreement();
    }

    private abstract static class Declared implements GoldenTask {
        @Override
        public List<String> names() {
            return List.of();
        }

        static String[] settings(JsonNode golden, String... more) {
            List<String> all = new ArrayList<>(List.of(more));
            all.add("task.dt=" + golden.at("/config/dt").asText());
            golden.at("/config/timing")
                    .fields()
                    .forEachRemaining(timing -> all.add("task.timing." + timing.getKey() + "="
                            + GoldenTask.duration(timing.getValue().textValue())));
            return all.toArray(String[]::new);
        }
    }

    private static final class GoNogo extends Declared {
        @Override
        public Task task(JsonNode golden) {
            return DeclaredTasks.task(DeclaredTasks.GO_NOGO, settings(golden));
        }

        @Override
        public String value(Trial trial, String condition) {
            return condition.equals("ground_truth") ? "" + trial.answer() : "" + Examples.target(trial, trial.start(3));
        }
    }

    private static final class PerceptualDecision extends Declared {
        @Override
        public Task task(JsonNode golden) {
            int size = golden.at("/config/dim_ring").intValue();
            return DeclaredTasks.task(
                    DeclaredTasks.PERCEPTUAL_DECISION.replace(
                            "in = [fixation, stimulus, delay]", "in = fixation"), // as in neurogym from 2.1 on
                    settings(
                            golden,
                            "task.inputs=[fixation, { stimulus = " + size + " }]",
                            "task.outputs=[{ choice = " + (size + 1) + " }]",
                            "task.draw.direction={ directions = " + size + ", condition = false }",
                            "task.draw.coherence=" + golden.at("/config/cohs"),
                            "task.draw.sigma=" + golden.at("/config/sigma_argument")));
        }

        @Override
        public String value(Trial trial, String condition) {
            return switch (condition) {
                case "ground_truth" -> "" + (trial.answer() - 1);
                case "coh" -> GoldenTask.text(trial.factor("coherence"));
                case "response" -> "" + Examples.target(trial, trial.start(3));
                default -> throw new IllegalArgumentException("condition " + condition);
            };
        }

        @Override
        public int location(Trial trial, String ring) {
            return trial.answer() - 1;
        }
    }

    /** Delayed match: the answer can be derived from what is shown. */
    @Test
    void whetherDirectionsMatchIsSeen() {
        Task task = TaskFactory.chosen(Settings.load(new File("conf/own/delayed-match.conf"), List.of("task.dt=50")));
        int[] answers = new int[3];
        for (Trial trial : DeclaredTasks.trials(task, 400)) {
            int sample = peak(trial, 1);
            int test = peak(trial, 3);
            assertThat(trial.answer()).isEqualTo(sample == test ? 1 : 2);
            assertThat(Examples.target(trial, trial.steps() - 1)).isEqualTo(trial.answer());
            assertThat(Examples.target(trial, 0)).isZero();
            assertThat(45.0 * sample).isEqualTo(trial.factor("sample"));
            answers[trial.answer()]++;
        }
        assertThat(answers[1]).isBetween(150, 250);
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isEqualTo(0.5);
        assertThat(task.signature().factors()).extracting(Factor::name).containsExactly("match", "sample");
    }

    private static int peak(Trial trial, int period) {
        double[] sums = new double[8];
        for (int step = trial.start(period); step < trial.end(period); step++) {
            for (int unit = 0; unit < 8; unit++) {
                sums[unit] += DeclaredTasks.input(trial, step, 1 + unit);
            }
        }
        int peak = 0;
        for (int unit = 1; unit < 8; unit++) {
            peak = sums[unit] > sums[peak] ? unit : peak;
        }
        return peak;
    }

    @Test
    void tasksAreEqualIfTheirTrialsAre() {
        Task task = DeclaredTasks.task(DeclaredTasks.SMALL);
        Task otherSpelling = DeclaredTasks.task(DeclaredTasks.SMALL
                .replace("in = [wait, look]", "in = [look, \"wait\"]")
                .replace("angle = { directions = 4 }\n", "")
                .replace("side = [1, 2]", "angle { directions = 4 }, side = { one-of = [1, 2.0] }")
                .replace("in = look }", "in = [look], where {} }"));

        assertThat(otherSpelling).isEqualTo(task).hasSameHashCodeAs(task);
        for (String change : List.of(
                "task.draw.strength=[0.5, 2]",
                "task.timing.look=50",
                "task.ask=[{ class = answer, of = choice, in = decide }]",
                "task.response={ first = choice }",
                "task.name=other")) {
            assertThat(DeclaredTasks.task(DeclaredTasks.SMALL, change)).isNotEqualTo(task);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DeclaredTasks.GO_NOGO, DeclaredTasks.PERCEPTUAL_DECISION, DeclaredTasks.SMALL})
    void aTaskTravels(String text) throws IOException, ClassNotFoundException {
        Task task = DeclaredTasks.task(text);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(task);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Task there = (Task) in.readObject();
            assertThat(there).isEqualTo(task);
            assertThat(DeclaredTasks.trials(there, 3).get(2).copyInputs())
                    .isEqualTo(DeclaredTasks.trials(task, 3).get(2).copyInputs());
        }
    }

    @Test
    void trialsOfABlockAreEquallyLong() {
        Task task = DeclaredTasks.task(
                DeclaredTasks.GO_NOGO, "task.block-size=4", "task.timing.delay={ uniform = [0, 2000] }");
        List<Trial> trials = DeclaredTasks.trials(task, 40);
        for (int i = 0; i < 40; i++) {
            assertThat(trials.get(i).steps()).isEqualTo(trials.get(i / 4 * 4).steps());
        }
        assertThat(trials.stream().map(Trial::steps).distinct()).hasSizeGreaterThan(5);
        assertThat(trials.subList(0, 8).stream().map(Trial::answer).distinct()).hasSize(2);
    }

    @Test
    void whatIsOfNoUseIsNoted() {
        Task task = DeclaredTasks.task(
                DeclaredTasks.GO_NOGO, "task.draw.colour=[1, 2]", "task.inputs=[fixation, { symbol = 2 }, tone]");
        assertThat(task.notes())
                .containsExactly(
                        "task.draw.colour is drawn, and nothing depends on it", "input group tone shows nothing");
    }
}
