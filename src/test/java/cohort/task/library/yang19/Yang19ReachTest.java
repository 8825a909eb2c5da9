package cohort.task.library.yang19;

import static cohort.task.library.LibraryTasks.input;
import static cohort.task.library.LibraryTasks.task;
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
import cohort.task.parts.Ring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Yang19ReachTest {
    /** The unit of the highest input of a ring at a step. */
    static int highest(Trial trial, int step, int modality) {
        int ring = (trial.channels() - 1) / 2;
        int first = Yang19Rings.firstChannel(modality, ring);
        int highest = 0;
        for (int unit = 1; unit < ring; unit++) {
            if (input(trial, step, first + unit) > input(trial, step, first + highest)) {
                highest = unit;
            }
        }
        return highest;
    }

    @ParameterizedTest
    @CsvSource({
        "yang19-go, false, 1",
        "yang19-anti, true, 1",
        "yang19-dlygo, false, 1",
        "yang19-dlyanti, true, 1",
        "yang19-rtgo, false, 1",
        "yang19-rtanti, true, 1"
    })
    void theAnswerFollowsFromTheInputs(String kind, boolean isAnti, int period) {
        Task task = task(kind, "task.ring-size=8");
        TrialSource source = task.trials(3, Split.TRAIN);
        for (int index = 0; index < 100; index++) {
            Trial trial = Examples.read(source, index);
            int modality = 1 + index % 2;
            int shown = highest(trial, trial.start(period), modality);
            int answer = 1 + (isAnti ? (shown + 4) % 8 : shown);
            assertThat(trial.answer()).isEqualTo(answer);
            assertThat(trial.factor("direction")).isEqualTo(45 * (answer - 1));
            assertThat(trial.factor("modality")).isEqualTo(modality);
            int decision = trial.signature().period("decision");
            for (int step = 0; step < trial.steps(); step++) {
                boolean isDecision = step >= trial.start(decision);
                boolean isShown = step >= trial.start(period) && step < trial.end(period);
                assertThat(input(trial, step, 0)).isEqualTo(isDecision ? 0f : 1f);
                assertThat(Examples.target(trial, step)).isEqualTo(isDecision ? answer : 0);
                assertThat(input(trial, step, Yang19Rings.firstChannel(modality, 8) + shown))
                        .isEqualTo(isShown ? 0.8f : 0f);
                assertThat(input(trial, step, Yang19Rings.firstChannel(3 - modality, 8) + shown))
                        .isZero();
            }
        }
    }

    @Test
    void modalitiesAlternateOrAreDrawn() {
        TrialSource alternating = task("yang19-go").trials(3, Split.TEST);
        TrialSource random = task("yang19-go", "task.modality=random").trials(3, Split.TEST);
        int first = 0;
        int repeats = 0;
        double before = 0;
        for (int index = 399; index >= 0; index--) { // read in any order
            assertThat(Examples.read(alternating, index).factor("modality")).isEqualTo(1 + index % 2);
            double modality = Examples.read(random, index).factor("modality");
            first += modality == 1 ? 1 : 0;
            repeats += modality == before ? 1 : 0;
            before = modality;
        }
        assertThat(first).isBetween(150, 250);
        assertThat(repeats).isBetween(150, 250);
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void theLargestOutputIsTheAnswer(ChoiceRule rule) {
        Task task = task("yang19-anti");
        Response response = task.response(rule);
        assertThat(response.choices()).isEqualTo(16);
        assertThat(response.chance()).isEqualTo(1.0 / 16);
        TrialSource source = task.trials(3, Split.TEST);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(source, index);
            int answer = trial.answer();
            assertThat(response.read(trial, (step, output) -> output == answer ? 0.6f : 0.4f))
                    .isEqualTo(Answer.choice(answer, true));
            assertThat(response.read(trial, (step, output) -> output == 0 ? 0.6f : 0.4f))
                    .isEqualTo(Answer.choice(0, false));
            int other = answer % 16 + 1;
            assertThat(response.read(trial, (step, output) -> output == other ? 0.6f : 0.4f))
                    .isEqualTo(Answer.choice(other, false));
        }
    }

    /** The opposite side of an odd ring lies between two units. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void aRingOfAnySizeIsABump(int ring) {
        TrialSource source = task("yang19-anti", "task.ring-size=" + ring).trials(3, Split.TRAIN);
        for (int index = 0; index < 20; index++) {
            Trial trial = Examples.read(source, index);
            assertThat(trial.answer()).isBetween(1, ring);
            float[] bump = Ring.bump(ring, Ring.angle(trial.answer() - 1, ring) + Math.PI, 1);
            for (int unit = 0; unit < ring; unit++) {
                assertThat(input(trial, trial.start(1), 1 + (index % 2) * ring + unit))
                        .isEqualTo(bump[unit]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yang19-go, task.ring-size=1, task.ring-size = 1: must be a whole number from 2 to 1024",
        "yang19-go, task.modality=both, must be one of alternating",
        "yang19-go, task.timing.stimulus=90, the stimulus period can be shorter than one step",
        "yang19-rtgo, task.timing.decision=0, the decision period can be shorter than one step",
        "yang19-rtgo, task.timing.stimulus=100, there is no key task.timing.stimulus",
        "yang19-go, task.sigma=1, there is no key task.sigma",
        "yang19-go, task.speed=1, there is no key task.speed"
    })
    void aSettingThatIsNoneIsRefused(String kind, String setting, String message) {
        assertThatThrownBy(() -> task(kind, setting))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
