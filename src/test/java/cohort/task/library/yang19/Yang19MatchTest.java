package cohort.task.library.yang19;

import static cohort.task.library.LibraryTasks.input;
import static cohort.task.library.LibraryTasks.task;
import static cohort.task.library.yang19.Yang19ReachTest.highest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cohort.config.UserError;
import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Examples;
import cohort.task.Response;
import cohort.task.Split;
import cohort.task.Task;
import cohort.task.Trial;
import cohort.task.TrialSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Yang19MatchTest {
    private static final int SAMPLE = 1;
    private static final int TEST = 3;
    private static final int DECISION = 4;

    /** Where sample and test are shown says it all; in the original's categories, that depends on which of the two is at unit 8. */
    @ParameterizedTest
    @CsvSource({
        "dms, false, true, ''",
        "dnms, false, false, ''",
        "dmc, true, true, task.categories=halves",
        "dnmc, true, false, task.categories=halves",
        "dmc, true, true, task.categories=original",
        "dnmc, true, false, task.categories=original"
    })
    void theAnswerFollowsFromTheInputs(String name, boolean isCategory, boolean isGoMatch, String setting) {
        Task task = setting.isEmpty()
                ? task("yang19-" + name, "task.sigma=0")
                : task("yang19-" + name, "task.sigma=0", setting);
        int firstOfSecondHalf = setting.endsWith("original") ? 9 : 8;
        TrialSource source = task.trials(3, Split.TRAIN);
        int goes = 0;
        int boundary = 0;
        for (int index = 0; index < 600; index++) {
            Trial trial = Examples.read(source, index);
            int modality = 1 + index % 2;
            int sample = highest(trial, trial.start(SAMPLE), modality);
            int test = highest(trial, trial.start(TEST), modality);
            assertThat(input(trial, trial.start(TEST), Yang19Rings.firstChannel(3 - modality, 16) + test))
                    .isZero();
            boolean isMatch = isCategory ? sample >= firstOfSecondHalf == test >= 8 : sample == test;
            int answer = isMatch == isGoMatch ? 1 + test : 0;
            assertThat(trial.factor("match")).isEqualTo(isMatch ? 1 : 0);
            assertThat(trial.answer()).isEqualTo(answer);
            for (int step = 0; step < trial.steps(); step++) {
                boolean isDecision = step >= trial.start(DECISION);
                assertThat(Examples.target(trial, step)).isEqualTo(isDecision ? answer : 0);
                assertThat(input(trial, step, 0)).isEqualTo(isDecision ? 0f : 1f);
            }
            goes += answer > 0 ? 1 : 0;
            boundary += sample == 8 ? 1 : 0;
        }
        assertThat(goes).isBetween(240, 360);
        assertThat(boundary).isBetween(15, 65);
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void noResponseIsRightWhereNoneIsAskedFor(ChoiceRule rule) {
        Task task = task("yang19-dnms");
        Response response = task.response(rule);
        assertThat(response.chance()).isEqualTo(0.5);
        TrialSource source = task.trials(3, Split.TEST);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(source, index);
            int test = 1 + (int) trial.drawn(Yang19Match.TEST_UNIT);
            assertThat(response.read(trial, (step, output) -> output == 0 ? 1 : 0))
                    .isEqualTo(Answer.choice(0, trial.answer() == 0));
            assertThat(response.read(trial, (step, output) -> output == test ? 1 : 0))
                    .isEqualTo(Answer.choice(test, trial.answer() > 0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yang19-dms, task.ring-size=15, task.ring-size = 15: must be even",
        "yang19-dms, task.categories=halves, there is no key task.categories",
        "yang19-dmc, task.categories=thirds, 'must be one of halves, original'",
        "yang19-dmc, task.timing.test=0, the test period can be shorter than one step",
        "yang19-dmc, task.sigma=-1, must be a number of at least 0"
    })
    void aSettingThatIsNoneIsRefused(String kind, String setting, String message) {
        assertThatThrownBy(() -> task(kind, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
