package cohort.task.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class GoNogoTest {
    private static final int STIMULUS = 1;
    private static final int DECISION = 3;

    private static Task task(String... settings) {
        List<String> all = new ArrayList<>(List.of("task.kind=go-nogo"));
        all.addAll(List.of(settings));
        return TaskFactory.chosen(Settings.defaults(all));
    }

    /** What was shown says which answer is right, and nothing else does; and that is what is asked for. */
    @Test
    void theAnswerFollowsFromTheInputs() {
        TrialSource source = task("task.timing.fixation=100").trials(3, Split.TRAIN);
        int asked = 0;
        for (int index = 0; index < 200; index++) {
            Trial trial = Examples.read(source, index);
            int answer = -1;
            for (int step = 0; step < trial.steps(); step++) {
                boolean isStimulus = step >= trial.start(STIMULUS) && step < trial.end(STIMULUS);
                int symbols = 0;
                for (int symbol = 0; symbol <= 1; symbol++) {
                    if (trial.inputs()[step * 3 + 1 + symbol] == 1) {
                        answer = symbol;
                        symbols++;
                    }
                }
                assertThat(symbols).isEqualTo(isStimulus ? 1 : 0);
                boolean isDecision = step >= trial.start(DECISION);
                assertThat(trial.inputs()[step * 3]).isEqualTo(isDecision ? 0f : 1f);
                assertThat(Examples.target(trial, step)).isEqualTo(isDecision ? answer : 0);
            }
            assertThat(answer).isEqualTo(trial.answer()).isEqualTo((int) trial.factor("go"));
            asked += answer;
        }
        assertThat(asked).isBetween(65, 135);
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void noResponseIsRightIfNoneIsAskedFor(ChoiceRule rule) {
        Task task = task();
        Response response = task.response(rule);
        assertThat(response.choices()).isEqualTo(1);
        assertThat(response.chance()).isEqualTo(0.5);
        TrialSource source = task.trials(3, Split.TEST);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(source, index);
            Answer fixating = response.read(trial, (step, output) -> output == 0 ? 0.6f : 0.4f);
            Answer going = response.read(trial, (step, output) -> output == 0 ? 0.4f : 0.6f);

            assertThat(fixating).isEqualTo(Answer.choice(0, trial.answer() == 0));
            assertThat(going).isEqualTo(Answer.choice(1, trial.answer() == 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "task.dt=0, task.dt = 0: must be milliseconds above 0",
        "task.timing.stimulus=19, can be shorter than one step",
        "task.timing.decision=0, can be shorter than one step",
        "task.timing.delay=-1, task.timing.delay = -1: duration is not between 0 and",
        "task.timing.go=10, there is no key task.timing.go; task.timing has",
        "task.coherences=[1], there is no key task.coherences"
    })
    void aSettingThatIsNoneIsRefused(String setting, String message) {
        assertThatThrownBy(() -> task(setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("task.")
                .hasMessageContaining(message);
    }
}
