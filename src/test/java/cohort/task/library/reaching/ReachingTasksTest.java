package cohort.task.library.reaching;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReachingTasksTest {
    private static Task task(String kind, String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=" + kind));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    /** Where a ring of channels is most active at a step. */
    private static int peak(Trial trial, int step, int first, int size) {
        int best = 0;
        for (int unit = 1; unit < size; unit++) {
            int at = step * trial.channels() + first;
            best = trial.inputs()[at + unit] > trial.inputs()[at + best] ? unit : best;
        }
        return best;
    }

    @ParameterizedTest
    @CsvSource({"anti, 32, 16", "pro, 32, 0", "anti, 8, 4", "pro, 5, 0", "anti, 2, 1"})
    void whereToPointFollowsFromTheInputs(String rule, int ring, int turn) {
        TrialSource source = task(
                        "anti-reach", "task.rule=" + rule, "task.ring-size=" + ring, "task.timing.delay=[0, 300]")
                .trials(3, Split.TRAIN);
        for (int index = 0; index < 200; index++) {
            Trial trial = Examples.read(source, index);
            int stimulus = peak(trial, trial.start(1), 1, ring);
            assertThat(trial.answer()).isEqualTo(1 + (stimulus + turn) % ring);
            assertThat(trial.factor("direction")).isEqualTo(360.0 * (trial.answer() - 1) / ring);
            for (int step = 0; step < trial.steps(); step++) {
                boolean isDecision = step >= trial.start(3);
                assertThat(Examples.target(trial, step)).isEqualTo(isDecision ? trial.answer() : 0);
                assertThat(trial.inputs()[step * (1 + ring)]).isEqualTo(isDecision ? 0f : 1f);
            }
        }
    }

    @Test
    void whoGuessesADirectionIsRightOnceInARing() {
        assertThat(task("anti-reach").response(ChoiceRule.LAST_STEP).chance()).isEqualTo(1.0 / 32);
        assertThat(task("anti-reach", "task.ring-size=8")
                        .response(ChoiceRule.LAST_STEP)
                        .choices())
                .isEqualTo(8);
    }

    @Test
    void thePositionToReportFollowsFromTheInputs() {
        TrialSource source =
                task("reaching-delay-response", "task.low=-2", "task.high=3").trials(3, Split.TRAIN);
        double lowest = 3;
        double highest = -2;
        for (int index = 0; index < 500; index++) {
            Trial trial = Examples.read(source, index);
            float shown = trial.inputs()[1];
            lowest = Math.min(lowest, shown);
            highest = Math.max(highest, shown);
            for (int step = 0; step < trial.steps(); step++) {
                boolean isDecision = trial.inputs()[2 * step] == 1;
                assertThat(isDecision).isEqualTo(step >= trial.start(2));
                assertThat(trial.targets()[2 * step]).isEqualTo(isDecision ? 1f : -1f);
                assertThat(trial.targets()[2 * step + 1]).isEqualTo(isDecision ? shown : -0.5f);
                assertThat(trial.inputs()[2 * step + 1]).isEqualTo(step < trial.end(0) ? shown : -0.5f);
            }
            assertThat(List.of(0.0, 1000.0, 2000.0)).contains(trial.factor("delay"));
        }
        assertThat(lowest).isBetween(-2.0, -1.9);
        assertThat(highest).isBetween(2.9, 3.0);
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void aReportIsRightWithinTheToleranceAndThereIsNoneWithoutGo(ChoiceRule rule) {
        Task task = task("reaching-delay-response", "task.tolerance=0.1");
        Response response = task.response(rule);
        Trial trial = Examples.read(task.trials(1, Split.TEST), 0);
        float position = trial.inputs()[1];
        for (float off : new float[] {-0.11f, -0.09f, 0, 0.09f, 0.11f}) {
            Answer answer = response.read(trial, (step, output) -> output == 0 ? 0.1f : position + off);
            assertThat(answer.choice()).isEqualTo(1);
            assertThat(answer.value()).isCloseTo(position + off, within(1e-6));
            assertThat(answer.correct()).isEqualTo(Math.abs(off) < 0.1);
        }
        assertThat(response.read(trial, (step, output) -> output == 0 ? 0 : position))
                .isEqualTo(Answer.choice(0, false));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0.05, 0.1", "-1, 1, 0.25, 0.25", "0, 1, 0.5, 1", "0, 1, 7, 1"})
    void chanceIsThatOfWhoReportsTheMiddle(double low, double high, double tolerance, double chance) {
        Task task =
                task("reaching-delay-response", "task.low=" + low, "task.high=" + high, "task.tolerance=" + tolerance);
        Response response = task.response(ChoiceRule.LAST_STEP);
        TrialSource source = task.trials(1, Split.TEST);
        float middle = (float) ((low + high) / 2);
        int right = 0;
        for (int index = 0; index < 10_000; index++) {
            Answer answer = response.read(Examples.read(source, index), (step, output) -> output == 0 ? 1 : middle);
            right += answer.correct() ? 1 : 0;
        }

        assertThat(response.chance()).isEqualTo(chance);
        assertThat(right / 1e4).isCloseTo(chance, within(0.018)); // 4 standard errors
    }

    @Test
    void theShorterWayFollowsFromTheInputs() {
        Task task = task("reaching-1d", "task.ring-size=360");
        TrialSource source = task.trials(3, Split.TRAIN);
        int left = 0;
        for (int index = 0; index < 300; index++) {
            Trial trial = Examples.read(source, index);
            int target = peak(trial, trial.start(1), 0, 360);
            int hand = peak(trial, 0, 360, 360);
            assertThat(peak(trial, trial.start(1), 360, 360)).isEqualTo(hand);
            int way = Math.floorMod(target - hand, 360);
            if (way % 180 != 0) {
                assertThat(trial.answer()).isEqualTo(way < 180 ? 1 : 2);
            }
            for (int step = 0; step < trial.steps(); step++) {
                assertThat(Examples.target(trial, step)).isEqualTo(step < trial.start(1) ? 0 : trial.answer());
                assertThat(trial.weights()[step]).isEqualTo(1);
            }
            left += trial.answer() == 1 ? 1 : 0;
        }
        assertThat(left).isBetween(115, 185);
        assertThat(task.response(ChoiceRule.LAST_STEP).chance()).isEqualTo(0.5);
        assertThat(task.notes()).isEmpty();
        assertThat(task("reaching-1d", "task.ring-size=2").notes())
                .singleElement()
                .asString()
                .contains("task.ring-size = 2");
    }

    /** What is asked for is a truncated angle; the harness of the statistics looks at the rest. */
    @Test
    void theOriginalAsksForOutputsThatThereAreNot() {
        Task task = task("reaching-1d", "task.form=original");
        TrialSource source = task.trials(3, Split.TRAIN);
        for (int index = 0; index < 100; index++) {
            Trial trial = Examples.read(source, index);
            boolean isOutput = trial.answer() < 3;
            assertThat(trial.answer()).isBetween(0, 6);
            assertThat(Examples.target(trial, 0)).isEqualTo(-1);
            assertThat(trial.weights()[0]).isZero();
            assertThat(Examples.target(trial, trial.start(1))).isEqualTo(isOutput ? trial.answer() : -1);
            assertThat(trial.weights()[trial.start(1)]).isEqualTo(isOutput ? 1 : 0);
            assertThat(peak(trial, trial.start(1), 16, 16)).as("of nothing").isZero();
        }
        assertThat(task.notes()).singleElement().asString().contains("task.form = original");
    }

    @ParameterizedTest
    @CsvSource({
        "anti-reach, task.rule=both, 'anti, pro'",
        "anti-reach, task.ring-size=1, task.ring-size = 1: must be a whole number from 2",
        "anti-reach, task.timing.stimulus=0, the stimulus period can be shorter than one step",
        "anti-reach, task.timing.decision=50, the decision period can be shorter than one step",
        "reaching-delay-response, task.high=0, 'task.high = 0: must be a position above task.low, 0.0'",
        "reaching-delay-response, task.low=1e20, task.low = 1.0E20: must be a position within",
        "reaching-delay-response, task.tolerance=0, task.tolerance = 0: must be above 0",
        "reaching-delay-response, task.timing.fixation=0, there is no key task.timing.fixation",
        "reaching-1d, task.form=0, 'repaired, original'",
        "reaching-1d, task.timing.reach=0, the reach period can be shorter than one step"
    })
    void aSettingThatIsNoneIsRefused(String kind, String setting, String message) {
        assertThatThrownBy(() -> task(kind, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("task.")
                .hasMessageContaining(message);
    }
}
