package cohort.task.library;

import static cohort.task.library.LibraryTasks.input;
import static cohort.task.library.LibraryTasks.task;
import static cohort.task.library.LibraryTasks.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cohort.task.Answer;
import cohort.task.ChoiceRule;
import cohort.task.Response;
import cohort.task.Task;
import cohort.task.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpatialSuppressMotionTest {
    private static final String KIND = "spatial-suppress-motion";

    private static float target(Trial trial, int step, int output) {
        return trial.targets()[4 * step + output];
    }

    private static float lowest(Task task) {
        float lowest = 1;
        for (Trial trial : trials(task, 100)) {
            for (int step = 0; step < trial.steps(); step++) {
                float sum = 0;
                for (int output = 0; output < 4; output++) {
                    lowest = Math.min(lowest, target(trial, step, output));
                    sum += target(trial, step, output);
                }
                assertThat(sum).isCloseTo(1, within(1e-6f));
            }
        }
        return lowest;
    }

    @Test
    void probabilitiesAreSomeUnlessInTheOriginal() {
        assertThat(lowest(task(KIND))).isZero();
        assertThat(lowest(task(KIND, "task.form=original"))).isCloseTo(-0.015f, within(1e-6f));
    }

    @Test
    void probabilitiesChangeWithTimeAndInTheOriginalWithSteps() {
        Trial trial = trials(task(KIND), 1).get(0);
        Trial half = trials(task(KIND, "task.dt=16.6"), 1).get(0);
        Trial original =
                trials(task(KIND, "task.dt=16.6", "task.form=original"), 1).get(0);
        assertThat(half.condition()).isEqualTo(trial.condition());
        for (int output = 0; output < 4; output++) {
            for (int step = 0; step < 16; step++) {
                assertThat(target(half, step, output)).isCloseTo(target(trial, 2 * step, output), within(1e-5f));
                assertThat(target(original, step, output)).isCloseTo(target(trial, step, output), within(1e-5f));
            }
        }
    }

    /** The direction is that of the channels that are on as much as the contrast, and the curves follow from both. */
    @Test
    void directionAndContrastFollowFromTheInputs() {
        for (Trial trial : trials(task(KIND), 100)) {
            int direction = 0;
            for (int candidate = 0; candidate < 4; candidate++) {
                direction = input(trial, 0, 8 * candidate) > input(trial, 0, 8 * direction) ? candidate : direction;
            }
            assertThat(trial.answer()).isEqualTo(1 + direction);
            assertThat(trial.factor("contrast")).isCloseTo(input(trial, 0, 8 * direction), within(1e-6));
            assertThat(input(trial, 0, 8 * direction + 7) > 0).isEqualTo(trial.factor("contrast") > 0.5);
            assertThat(input(trial, 0, 8 * (direction ^ 1))).isZero();
            assertThat(target(trial, trial.steps() - 1, direction)).isGreaterThan(0.9f);
        }
    }

    @Test
    void curvesAreRightWithinTheTolerance() {
        Task task = task(KIND);
        Response response = task.response(ChoiceRule.LAST_STEP);
        Trial trial = trials(task, 1).get(0);
        Answer near = response.read(trial, (step, output) -> target(trial, step, output) + 0.04f);
        Answer far = response.read(trial, (step, output) -> target(trial, step, output) - 0.06f);

        assertThat(near.correct()).isTrue();
        assertThat(near.choice()).isEqualTo(trial.answer());
        assertThat(near.value()).isCloseTo(0.04, within(1e-6));
        assertThat(far.correct()).isFalse();
        assertThat(response.chance()).isEqualTo(1 / 8.0);
        // What is shown in another condition is not right by chance.
        for (Trial other : trials(task, 50)) {
            Answer answer = response.read(trial, (step, output) -> target(other, step, output));
            assertThat(answer.correct()).isEqualTo(other.condition().equals(trial.condition()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "task.tolerance=0, above 0",
        "task.timing.stimulus=8, shorter than one step",
        "task.form=x, 'repaired, original'"
    })
    void aBadSettingIsRefused(String setting, String message) {
        LibraryTasks.assertRefused(KIND, setting, message);
    }
}
