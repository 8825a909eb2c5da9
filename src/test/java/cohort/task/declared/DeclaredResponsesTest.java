package cohort.task.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Outputs;
import cohort.task.Response;
import cohort.task.Task;
import cohort.task.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How answers are read; outputs 0 to 2 are choice, 3 to 6 a ring; steps 0 and 1 wait, 2 to 5 look, 6 and 7 decide. */
class DeclaredResponsesTest {
    private static Task task(String... settings) {
        return DeclaredTasks.task(DeclaredTasks.SMALL, settings);
    }

    private static Trial trial(Task task, double answer) {
        return DeclaredTasks.trials(task, 100).stream()
                .filter(trial -> trial.answer() == answer)
                .findFirst()
                .orElseThrow();
    }

    /** As if the outputs were what is asked for. */
    private static Outputs asAsked(Trial trial) {
        return (step, output) -> DeclaredTasks.target(trial, step, output);
    }

    private static Outputs largest(int largest) {
        return (step, output) -> output == largest ? 1 : 0;
    }

    @ParameterizedTest
    @EnumSource(ChoiceRule.class)
    void theLargestOutputOfAGroupIsTheChoice(ChoiceRule rule) {
        Task task = task();
        Response response = task.response(rule);
        assertThat(response.choices()).isEqualTo(2);
        assertThat(response.chance()).isEqualTo(0.5);
        for (int answer = 1; answer <= 2; answer++) {
            Trial trial = trial(task, answer);
            assertThat(response.read(trial, asAsked(trial))).isEqualTo(Answer.choice(answer, true));
            for (int choice = 0; choice <= 2; choice++) {
                assertThat(response.read(trial, largest(choice))).isEqualTo(Answer.choice(choice, choice == answer));
            }
        }
    }

    @Test
    void theRuleSaysWhichStepsAreRead() {
        Task task = task("task.response.in=look");
        Outputs late = (step, output) -> step == 5 && output == 2 ? 1 : step < 5 && output == 1 ? 0.9f : 0;
        Trial trial = trial(task, 1);
        assertThat(task.response(ChoiceRule.LAST_STEP).read(trial, late).choice())
                .isEqualTo(2);
        assertThat(task.response(ChoiceRule.DECISION_MEAN).read(trial, late).choice())
                .isEqualTo(1);
    }

    @Test
    void allOutputsCanBeChoices() {
        Task task = task(
                "task.response={ largest = ring, no-answer = false }",
                "task.answer=angle",
                "task.ask=[{ class = answer, of = ring, in = decide }]");
        Response response = task.response(ChoiceRule.LAST_STEP);
        assertThat(response.choices()).isEqualTo(4);
        assertThat(response.chance()).isEqualTo(0.25);
        for (int answer = 1; answer <= 4; answer++) {
            Trial trial = trial(task, answer);
            assertThat(trial.factor("angle")).isEqualTo(90.0 * (answer - 1));
            assertThat(DeclaredTasks.target(trial, 7, 2 + answer)).isEqualTo(1);
            assertThat(DeclaredTasks.target(trial, 3, 3)).isZero(); // nothing is no answer
            assertThat(response.read(trial, asAsked(trial))).isEqualTo(Answer.choice(answer, true));
        }
    }

    @Test
    void theFirstAnswerCountsAndNotBeforeItsTime() {
        Task task = task("task.response={ first = choice, in = decide }");
        Response response = task.response(ChoiceRule.LAST_STEP);
        Trial trial = trial(task, 2);

        assertThat(response.read(trial, (step, output) -> (step == 7 ? output == 2 : output == 0) ? 1 : 0))
                .isEqualTo(new Answer(2, Double.NaN, 70, true));
        assertThat(response.read(trial, (step, output) -> (step == 6 ? output == 1 : output == 2) ? 1 : 0))
                .as("in the first step")
                .isEqualTo(new Answer(2, Double.NaN, 0, false));
        assertThat(response.read(trial, (step, output) -> (step < 6 ? output == 0 : output == 1) ? 1 : 0))
                .isEqualTo(new Answer(1, Double.NaN, 60, false));
        assertThat(response.read(trial, largest(0))).isEqualTo(Answer.choice(0, false));
    }

    @Test
    void theRingPointsWhereItsVectorDoes() {
        Task task = task(
                "task.draw.angle={ directions = 8 }",
                "task.answer=angle",
                "task.outputs=[fixate, { ring = 32 }]",
                "task.ask=[{ value = 0.8, of = fixate, in = [wait, look] }, { ring = ring, at = angle, in = decide }]",
                "task.response={ direction = ring, fixation = fixate, tolerance = 20, in = decide }");
        Response response = task.response(ChoiceRule.DECISION_MEAN);
        assertThat(response.choices()).isEqualTo(8);
        assertThat(response.chance()).isEqualTo(20 / 180.0);
        for (int answer = 1; answer <= 8; answer++) {
            Trial trial = trial(task, answer);
            Answer right = response.read(trial, asAsked(trial));
            assertThat(right.correct()).isTrue();
            assertThat(right.choice()).isEqualTo(answer);
            assertThat(Math.abs(Math.IEEEremainder(right.value() - 45.0 * (answer - 1), 360)))
                    .isLessThan(1e-4);
            Outputs off = pointing(45.0 * (answer - 1) + 21);
            assertThat(response.read(trial, off).correct()).isFalse();
            assertThat(response.read(trial, off).choice()).isEqualTo(answer);
            assertThat(response.read(trial, pointing(45.0 * (answer - 1) - 19)).correct())
                    .isTrue();
            Outputs fixating = (step, output) -> output == 0 ? 0.6f : off.at(step, output);
            assertThat(response.read(trial, fixating)).isEqualTo(Answer.choice(0, false));
            assertThat(response.read(trial, (step, output) -> output == 0 ? 0 : 0.3f))
                    .isEqualTo(Answer.choice(0, false));
        }
    }

    private static Outputs pointing(double degrees) {
        return (step, output) ->
                output == 0 ? 0 : (float) Math.cos(Math.toRadians(360.0 * (output - 1) / 32 - degrees));
    }

    @Test
    void itCanBeRightNotToPoint() {
        Task task = task(
                "task.draw.angle={ uniform = [0, 360] }",
                "task.answer=angle",
                "task.ask=[{ ring = ring, at = angle, in = decide }]",
                "task.response={ direction = ring, in = decide, withhold = { side = 2 }, chance = 0.5 }");
        Response response = task.response(ChoiceRule.LAST_STEP);
        assertThat(response.choices()).isEqualTo(4);
        for (Trial trial : DeclaredTasks.trials(task, 50)) {
            assertThat(trial.answer() == 0).isEqualTo(trial.factor("side") == 2);
            Answer pointing = response.read(trial, asAsked(trial));
            assertThat(pointing.correct()).isEqualTo(trial.factor("side") == 1);
            if (trial.answer() > 0) {
                assertThat(pointing.choice()).isEqualTo(trial.answer());
            }
            assertThat(response.read(trial, (step, output) -> 0))
                    .isEqualTo(Answer.choice(0, trial.factor("side") == 2));
        }
    }

    @Test
    void valuesAreRightIfTheyAreNear() {
        Task task = task(
                "task.answer=\"\"",
                "task.ask=[{ value = strength, of = ring, in = decide }]",
                "task.response={ error = ring, in = [look, decide], below = 0.25 }");
        Response response = task.response(ChoiceRule.LAST_STEP);
        assertThat(response.choices()).isEqualTo(1);
        assertThat(response.chance()).isZero();
        Trial trial = DeclaredTasks.trials(task, 1).get(0);
        assertThat(trial.answer()).isEqualTo(1);
        assertThat(response.read(trial, asAsked(trial))).isEqualTo(new Answer(1, 0, Double.NaN, true));
        Answer near = response.read(trial, (step, output) -> DeclaredTasks.target(trial, step, output) + 0.2f);
        assertThat(near.correct()).isTrue();
        assertThat(near.value()).isCloseTo(0.2, within(1e-6));
        assertThat(response.read(trial, (step, output) -> DeclaredTasks.target(trial, step, output) + 0.3f)
                        .correct())
                .isFalse();
        Outputs wrongBefore = (step, output) -> step < 2 ? 9 : DeclaredTasks.target(trial, step, output);
        assertThat(response.read(trial, wrongBefore).correct()).isTrue();
    }

    @Test
    void withOneGroupOfOutputsNothingNeedsToBeSaid() {
        String text = DeclaredTasks.GO_NOGO.replace("response { largest = choice, in = decision }", "");
        assertThat(DeclaredTasks.task(text)).isEqualTo(DeclaredTasks.task(DeclaredTasks.GO_NOGO));
    }
}
