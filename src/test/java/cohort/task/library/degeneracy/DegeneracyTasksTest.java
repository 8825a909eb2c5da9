package cohort.task.library.degeneracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cohort.config.Settings;
import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.Response;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.TaskFactory;
import cohort.task.Trial;
import cohort.task.TrialSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DegeneracyTasksTest {
    private static Task task(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=" + name));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "pulse"})
    void aBitKeepsTheSignOfItsLastPulse(String start) {
        Task task = task("flip-flop", "task.bits=4", "task.pulse-probability=0.1", "task.start=" + start);
        TrialSource source = task.trials(3, Split.TRAIN);
        int zeros = 0;
        for (int index = 0; index < 50; index++) {
            Trial trial = Examples.read(source, index);
            assertThat(trial.steps()).isEqualTo(64);
            float[] last = new float[4];
            for (int at = 0; at < 64 * 4; at++) {
                float pulse = trial.inputs()[at];
                last[at % 4] = pulse == 0 ? last[at % 4] : pulse;
                assertThat(trial.targets()[at]).isEqualTo(last[at % 4]);
                zeros += last[at % 4] == 0 ? 1 : 0;
            }
        }
        assertThat(zeros).isBetween(start.equals("pulse") ? 0 : 500, start.equals("pulse") ? 0 : 5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flip-flop", "sine-generation", "path-integration", "song-lee", "song-sinewave"})
    void aTrialIsRightIfItsErrorIsBelowTheTolerance(String name) {
        Task task = task(name, "task.tolerance=0.1");
        Trial trial = Examples.read(task.trials(3, Split.TEST), 0);
        Response response = task.response(ChoiceRule.LAST_STEP);
        int outputs = trial.outputs();
        for (float off : new float[] {0, 0.09f, -0.11f}) {
            Answer answer = response.read(
                    trial,
                    (step, output) ->
                            trial.targets()[step * outputs + output] + (trial.weights()[step] == 0 ? 100 : off));
            assertThat(answer.choice()).isEqualTo(trial.answer()).isEqualTo(1);
            assertThat(answer.value()).isCloseTo(Math.abs(off), within(1e-6));
            assertThat(answer.correct()).isEqualTo(off > -0.1f);
        }
        assertThat(response.chance()).isLessThan(0.01);
        assertThat(response.choices()).isEqualTo(1);
    }

    @Test
    void whoHasSeenNothingIsRightWhereTheBoundIsWide() {
        Response response = task("path-integration", "task.tolerance=0.8").response(ChoiceRule.LAST_STEP);
        assertThat(response.chance()).isBetween(0.1, 0.9).isEqualTo(response.chance());
        assertThat(task("flip-flop", "task.tolerance=1.1")
                        .response(ChoiceRule.LAST_STEP)
                        .chance())
                .isEqualTo(1);
    }

    @Test
    void theLargerPulseIsTheAnswer() {
        Task task = task("delayed-discrimination", "task.timing.delay=[100, 200]");
        TrialSource source = task.trials(3, Split.TRAIN);
        Response response = task.response(ChoiceRule.LAST_STEP);
        Map<Double, Integer> differences = new TreeMap<>();
        for (int index = 0; index < 2000; index++) {
            Trial trial = Examples.read(source, index);
            float first = trial.inputs()[trial.start(1)];
            float second = trial.inputs()[trial.start(3)];
            float target = Math.signum(first - second);
            assertThat(trial.answer()).isEqualTo(first > second ? 1 : 2);
            assertThat(trial.targets()[trial.steps() - 1]).isEqualTo(target);
            assertThat(trial.targets()[trial.start(4) - 1]).isZero();
            assertThat((double) Math.abs(first - second)).isEqualTo(trial.factor("difference"));
            assertThat(trial.factor("delay")).isIn(100.0, 200.0);
            assertThat(response.read(trial, (step, output) -> target)).isEqualTo(Answer.choice(trial.answer(), true));
            assertThat(response.read(trial, (step, output) -> -target).correct())
                    .isFalse();
            differences.merge(trial.factor("difference"), 1, Integer::sum);
        }
        assertThat(differences).hasSize(8);
        assertThat(differences.get(1.0)).isBetween(370, 520); // 16 of 72 ordered pairs
    }

    @Test
    void theInputNamesTheFrequency() {
        Task task = task("sine-generation", "task.frequencies=5", "task.slowest=1", "task.fastest=2");
        TrialSource source = task.trials(3, Split.TRAIN);
        for (int index = 0; index < 50; index++) {
            Trial trial = Examples.read(source, index);
            double number = (trial.inputs()[0] - 0.25) * 5;
            assertThat(number).isCloseTo(trial.factor("frequency"), within(1e-5));
            double frequency = 1 + 0.25 * (number - 1);
            for (int step = 0; step < trial.steps(); step++) {
                assertThat((double) trial.targets()[step]).isCloseTo(Math.sin(frequency * 0.2 * step), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PathIntegration.Convention.class)
    void aWalkIsWhereItsVelocityLeads(PathIntegration.Convention convention) {
        String name = convention.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        Task task = task("path-integration", "task.convention=" + name, "task.hold-steps=3");
        TrialSource source = task.trials(3, Split.TRAIN);
        double farthest = 0;
        for (int index = 0; index < 50; index++) {
            Trial trial = Examples.read(source, index);
            int outputs = trial.outputs();
            for (int step = 1; step < trial.steps(); step++) {
                double way = 0;
                double sum = 0;
                for (int output = 0; output < outputs; output++) {
                    float now = trial.targets()[step * outputs + output];
                    float before = trial.targets()[(step - 1) * outputs + output];
                    way += (now - before) * (now - before);
                    sum += now;
                    farthest = Math.max(farthest, Math.abs(now));
                }
                // At most 0.1 in each direction; on the ring, of which a step is an eighth of a circle, so much more of
                // a unit.
                double most = convention == PathIntegration.Convention.ANGLE_ON_A_RING_OF_OUTPUTS ? 0.2 : 0.18;
                assertThat(Math.sqrt(way)).isLessThan(most);
                if (convention == PathIntegration.Convention.ANGLE_ON_A_RING_OF_OUTPUTS) {
                    assertThat(sum).isCloseTo(1, within(1e-5));
                }
            }
        }
        assertThat(farthest).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flip-flop | task.bits=0 | task.bits = 0: must be a whole number from 1",
                "flip-flop | task.pulse-probability=0 | must be above 0, to 1",
                "flip-flop | task.start=high | must be one of pulse, silent",
                "flip-flop | task.timing.run=10 | the run period can be shorter than one step",
                "delayed-discrimination | task.amplitudes=[1] | task.amplitudes = [1]: must be two or more",
                "delayed-discrimination | task.timing.second=0 | the second period can be shorter than one step",
                "sine-generation | task.fastest=0.1 | must be radians, at least task.slowest",
                "sine-generation | task.frequencies=0 | must be a whole number from 1",
                "path-integration | task.convention=walk | must be one of angle, plane-speed-and-heading",
                "path-integration | task.hold-steps=0 | must be a whole number from 1",
                "path-integration | task.speed=0 | must be above 0"
            })
    void aSettingThatIsNoneIsRefused(String name, String setting, String message) {
        assertThatThrownBy(() -> task(name, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
